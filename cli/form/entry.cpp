// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/entry.h"

#include <optional>

#include <unistd.h>

#include "cli/form/choices.h"
#include "cli/form/editor.h"
#include "cli/form/form.h"
#include "cli/form/merge.h"
#include "cli/form/terminal_console.h"
#include "cli/harmless.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/drafts/drafts.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::DraftContent;

constexpr std::size_t kDraftsOffered = 5;
constexpr std::size_t kNameShown = 8;  // digits of a draft's name that people type
constexpr int kThrownAway = 1;

// What is kept of an open vault while it is closed.
struct Closed {
    explicit Closed(const vault::Vault& vault)
        : reopener(vault), drafts(vault), schema(vault::OwnRows(vault.schema().own())) {}
    vault::Reopener reopener;
    vault::Drafts drafts;
    vault::Schema schema;
};

class Entry {
public:
    Entry(Context& context, Closed& closed, const std::string& editor)
        : context_(context),
          closed_(closed),
          editor_(editor),
          console_(context.talk, context.can_draw ? TerminalConsole::Keys::one_by_one
                                                  : TerminalConsole::Keys::by_line),
          records_(closed.reopener) {}

    int run(DraftContent content, vault::OpenDraft draft, Form::Begin begin);
    std::optional<std::string> choose_draft(vault::Kind kind);

private:
    Form make_form(DraftContent& content, vault::OpenDraft& draft);
    int run_form(Form& form, DraftContent& content, vault::OpenDraft& draft, Form::Begin begin);
    bool save(Form& form, const DraftContent& content);
    std::optional<vault::RecordId> create(const DraftContent& content);
    std::optional<vault::RecordId> revise(const DraftContent& content);
    bool already_saved(const DraftContent& content);

    Context& context_;
    Closed& closed_;
    const std::string& editor_;
    TerminalConsole console_;
    VaultRecords records_;
};

std::string short_name(const std::string& name) { return name.substr(0, kNameShown); }

std::string resume_hint(const vault::OpenDraft& draft) {
    return "what was answered is kept, encrypted: custos drafts resume " + short_name(draft.name());
}

// ---- before the form ---------------------------------------------------------------------------

// The drafts of new records of this kind, to go on with one instead of beginning anew.
std::optional<std::string> Entry::choose_draft(vault::Kind kind) {
    std::vector<std::string> names;
    std::vector<std::string> texts;
    for (const vault::StoredDraft& draft : closed_.drafts.all()) {
        if (!draft.content || draft.in_use || draft.content->kind != kind ||
            draft.content->revision != 0 || names.size() == kDraftsOffered) {
            continue;
        }
        names.push_back(draft.name);
        texts.push_back(time_text(draft.content->changed) + "  " +
                        harmless(vault::title_of(closed_.schema, kind, draft.content->fields)));
    }
    if (names.empty()) return std::nullopt;
    console_.say(names.size() == 1 ? "There is a draft:\n" : "There are drafts:\n");
    console_.say(numbered_down(texts, console_.columns(), kDraftsOffered));
    for (;;) {
        const std::string line =
            console_.ask({"number: go on with it; Enter: begin a new one> ", {}, false, false})
                .front();
        if (line.empty()) return std::nullopt;
        if (const std::size_t number = number_of(line, names.size()); number != 0)
            return names[number - 1];
    }
}

// Killed between saving the record and removing its draft.
bool Entry::already_saved(const DraftContent& content) {
    const vault::Vault vault = closed_.reopener.open(vault::Access::read);
    try {
        const vault::Record record = vault::get_record(vault, content.record);
        return content.revision == 0 || record.fields == content.fields;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) throw;
        if (content.revision == 0) return false;
        throw Error{ErrorCode::not_found, "the record that this draft changes is not there",
                    "custos drafts discard removes the draft"};
    }
}

// ---- the form ----------------------------------------------------------------------------------

Form Entry::make_form(DraftContent& content, vault::OpenDraft& draft) {
    FormWatch watch;
    watch.clock = context_.setup.clock;
    watch.changed = [&](const FormProgress& progress) {
        content.fields = progress.fields;
        content.at = progress.at;
        content.open_path = progress.open_path;
        content.open_text = progress.open_text;
        draft.save(content);
    };
    if (const auto editor = find_editor(context_, editor_)) {
        watch.edit = [this, editor = *editor](const std::string& text) {
            return edit_text(console_, editor, text);
        };
    }
    return Form(console_, records_, closed_.schema, content.kind,
                {content.fields, content.at, content.open_path, content.open_text},
                std::move(watch));
}

int Entry::run(DraftContent content, vault::OpenDraft draft, Form::Begin begin) {
    if (draft.is_stored() && already_saved(content)) {
        draft.remove();
        context_.talk.note("this draft was saved already: " + records_.known(content.record).text);
        return 0;
    }
    try {
        Form form = make_form(content, draft);
        return run_form(form, content, draft, begin);
    } catch (const Error& error) {
        if (!draft.is_stored()) throw;
        throw Error{error.code(), error.what(), resume_hint(draft)};
    }
}

int Entry::run_form(Form& form, DraftContent& content, vault::OpenDraft& draft, Form::Begin begin) {
    for (;; begin = Form::Begin::summary) {
        switch (form.run(begin)) {
            case Form::Outcome::save:
                content.fields = form.fields();
                if (!save(form, content)) continue;
                draft.remove();
                return 0;
            case Form::Outcome::discard:
                draft.remove();
                context_.talk.note("nothing was stored");
                return kThrownAway;
            case Form::Outcome::keep:
                content.fields = form.fields();
                draft.save(content);
                context_.talk.note("kept as a draft: custos drafts resume " +
                                   short_name(draft.name()));
                return static_cast<int>(ErrorCode::partly_done);
        }
    }
}

// ---- into the vault ----------------------------------------------------------------------------

// False when the person has to decide something first.
bool Entry::save(Form& form, const DraftContent& content) {
    try {
        const auto id = content.revision == 0 ? create(content) : revise(content);
        return id.has_value();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::interrupted || error.code() == ErrorCode::integrity) throw;
        form.complain(error.what());
        if (!error.hint().empty()) console_.say("  " + harmless(error.hint()) + "\n");
        return false;
    }
}

std::optional<vault::RecordId> Entry::create(const DraftContent& content) {
    vault::Vault vault = closed_.reopener.open(vault::Access::write);
    vault::Change change(vault);
    const vault::RecordId id =
        vault::create_record(change, content.kind, content.fields, content.record);
    change.commit();
    context_.out.line(vault::code_of(vault, id));
    return id;
}

std::optional<vault::RecordId> Entry::revise(const DraftContent& content) {
    json fields = content.fields;
    {
        const vault::Vault vault = closed_.reopener.open(vault::Access::read);
        const vault::Record now = vault::get_record(vault, content.record);
        if (now.revision != content.revision) {
            const json base = vault::get_record(vault, content.record, content.revision).fields;
            Merged merged = merge_fields(base, content.fields, now.fields);
            if (!merged.contested.empty()) {
                console_.say("  Somebody else has changed " + harmless(now.code) +
                             " meanwhile, and differently: " + merged.contested + "\n");
                const std::string line =
                    console_
                        .ask({"m: keep mine there; Enter: back to the summary> ", {}, false, false})
                        .front();
                if (line != "m") return std::nullopt;
            }
            fields = std::move(merged.fields);
        }
    }
    vault::Vault vault = closed_.reopener.open(vault::Access::write);
    const vault::Record before = vault::get_record(vault, content.record);
    if (before.fields == fields) {
        context_.talk.note(before.code + " is as it was: nothing to change");
        return content.record;
    }
    vault::Change change(vault);
    const int revision = vault::revise_record(change, content.record, fields);
    change.commit();
    context_.talk.note(before.code + " is now at revision " + std::to_string(revision));
    return content.record;
}

}  // namespace

bool can_ask(const Context& context) {
    return !context.globals.no_input && !context.globals.machine() && ::isatty(STDIN_FILENO) == 1 &&
           context.talk.is_terminal();
}

int enter_new_record(Context& context, vault::Kind kind, const std::string& editor) {
    check_editor(context, editor);
    Closed closed(open_vault(context, vault::Access::read));
    Entry entry(context, closed, editor);
    if (const auto name = entry.choose_draft(kind)) {
        vault::OpenDraft draft = closed.drafts.take(*name);
        return entry.run(*closed.drafts.find(*name).content, std::move(draft), Form::Begin::here);
    }
    DraftContent content;
    content.kind = kind;
    content.record = vault::random_id(kind);
    content.begun = context.setup.clock();
    return entry.run(std::move(content), closed.drafts.begin(), Form::Begin::first_question);
}

int enter_changes(Context& context, const std::string& record, const std::string& editor) {
    check_editor(context, editor);
    std::optional<vault::Vault> vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(*vault, record);
    const vault::Record now = vault::get_record(*vault, id);
    if (now.state != vault::State::live) {
        throw Error{ErrorCode::refused,
                    "cannot edit " + now.code + ": it is " + std::string(name_of(now.state)),
                    now.state == vault::State::trashed ? "custos restore " + now.code : ""};
    }
    Closed closed(*vault);
    vault.reset();
    Entry entry(context, closed, editor);
    DraftContent content;
    content.kind = id.kind;
    content.record = id;
    content.revision = now.revision;
    content.begun = context.setup.clock();
    content.fields = now.fields;
    return entry.run(std::move(content), closed.drafts.begin(), Form::Begin::summary);
}

int enter_draft(Context& context, const std::string& draft, const std::string& editor) {
    check_editor(context, editor);
    Closed closed(open_vault(context, vault::Access::read));
    vault::StoredDraft found = closed.drafts.find(draft);
    vault::OpenDraft open = closed.drafts.take(found.name);
    found = closed.drafts.find(found.name);  // as it is, now that it is ours
    if (!found.content) {
        throw Error{ErrorCode::integrity, "cannot open the draft: it is damaged",
                    "custos drafts discard " + short_name(found.name) + " removes it"};
    }
    const bool is_new = found.content->revision == 0;
    Entry entry(context, closed, editor);
    return entry.run(std::move(*found.content), std::move(open),
                     is_new ? Form::Begin::here : Form::Begin::summary);
}

}  // namespace custos::cli
