// SPDX-License-Identifier: GPL-3.0-or-later
// custos drafts: what somebody has typed that is no record yet.
#include "vault/drafts/drafts.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/form/entry.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kNameShown = 8;

constexpr std::array kOptions = {
    Option{"editor", '\0', Takes::value, "NAME", "for long texts: nano or vim"},
};

std::string subject_of(const vault::Vault& vault, const vault::DraftContent& content) {
    const std::string kind(name_of(content.kind));
    if (content.revision == 0) return "new " + kind;
    try {
        return "change of " + vault::code_of(vault, content.record);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) throw;
        return "change of a " + kind + " that is gone";
    }
}

json draft_json(const vault::Vault& vault, const vault::StoredDraft& draft) {
    json item = {{"draft", draft.name}, {"in_use", draft.in_use}, {"damaged", !draft.content}};
    if (draft.content) {
        item["kind"] = name_of(draft.content->kind);
        item["subject"] = subject_of(vault, *draft.content);
        item["changed"] = vault::utc_text(draft.content->changed);
        item["title"] = vault::title_of(vault.schema(), draft.content->kind, draft.content->fields);
    }
    return item;
}

int list_drafts(Context& context) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const std::vector<vault::StoredDraft> drafts = vault::Drafts(vault).all();
    if (context.globals.machine()) {
        json items = json::array();
        for (const vault::StoredDraft& draft : drafts) items.push_back(draft_json(vault, draft));
        context.out.document({{"schema", "custos.drafts/1"}, {"drafts", items}});
        return 0;
    }
    Table table{{"no.", "draft", "changed", "what", "begins with"}, {}};
    for (const vault::StoredDraft& draft : drafts) {
        const std::string number = std::to_string(table.rows.size() + 1);
        const std::string name = draft.name.substr(0, kNameShown);
        if (!draft.content) {
            table.rows.push_back({number, name, "", "damaged", ""});
            continue;
        }
        const vault::DraftContent& content = *draft.content;
        table.rows.push_back({number, name, time_text(content.changed),
                              subject_of(vault, content) + (draft.in_use ? ", open now" : ""),
                              vault::title_of(vault.schema(), content.kind, content.fields)});
    }
    if (drafts.empty()) {
        context.talk.note("there are no drafts");
    } else {
        context.out.table(table);
    }
    return 0;
}

int discard_draft(Context& context, const std::string& text) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::Drafts drafts(vault);
    const vault::StoredDraft found = drafts.find(text);
    drafts.take(found.name).remove();
    context.talk.note("the draft " + found.name.substr(0, kNameShown) + " is gone");
    return 0;
}

int drafts(Context& context, const Arguments& arguments) {
    if (arguments.words().empty()) return list_drafts(context);
    const std::string& verb = arguments.word(0);
    if (verb != "resume" && verb != "discard") {
        throw Error{ErrorCode::usage, "cannot do " + verb + " with drafts",
                    "custos drafts, custos drafts resume DRAFT, custos drafts discard DRAFT"};
    }
    if (arguments.words().size() < 2) {
        throw Error{ErrorCode::usage, "cannot " + verb + " a draft without knowing which",
                    "its number or its name, as custos drafts lists them"};
    }
    const std::string& draft = arguments.word(1);
    if (verb == "discard") return discard_draft(context, draft);
    if (!can_ask(context)) {
        throw Error{ErrorCode::usage, "a draft is gone on with on a terminal",
                    "run custos drafts resume where you can be asked"};
    }
    return enter_draft(context, draft, arguments.text("editor"));
}

}  // namespace

const Body kDrafts = {
    drafts,
    kOptions,
    0,
    2,
    "While custos add or custos edit asks on a terminal, what was answered is kept as a\n"
    "draft: encrypted in the vault's folder, written after every answer, so that Ctrl-C,\n"
    "a lost connection or an empty battery lose nothing. A saved draft becomes a record.\n"
    "\n"
    "    custos drafts                  what there is, newest first\n"
    "    custos drafts resume 1         by its number, or the beginning of its name\n"
    "    custos drafts discard 4f1c\n"
    "\n"
    "A draft is no record: search does not find it, the log does not know it, and no\n"
    "backup holds it.",
};

}  // namespace custos::cli
