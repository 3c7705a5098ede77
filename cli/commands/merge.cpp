// SPDX-License-Identifier: GPL-3.0-or-later
// custos merge, custos unmerge: two records that turned out to be one.
#include "vault/records/merge.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/records/filter.h"
#include "vault/records/store.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kMergeOptions = {
    Option{"take", '\0', Takes::values, "FIELD", "where both say something, take the other's"},
    Option{"dry-run", '\0', Takes::nothing, "", "say what would change, and change nothing"},
};
constexpr std::array kUnmergeOptions = {
    Option{"dry-run", '\0', Takes::nothing, "", "say what would change, and change nothing"},
};

json codes_of(const vault::Vault& vault, const std::vector<vault::RecordId>& ids) {
    json codes = json::array();
    for (const vault::RecordId& id : ids) codes.push_back(vault::code_of(vault, id));
    return codes;
}

// "persons" or "incidents" may stand before the ids, to be read aloud.
std::vector<std::string> ids_in(const Arguments& arguments, const vault::Vault& vault) {
    std::vector<std::string> words = arguments.words();
    if (words.size() < 3) return words;
    const std::string kind(name_of(vault::resolve(vault, words[1]).kind));
    if (words[0] != kind && words[0] != kind + "s") {
        throw Error{ErrorCode::usage,
                    "\"" + vault::harmless_excerpt(words[0]) + "\" is not the kind of " + words[1],
                    "custos merge KEEP OTHER"};
    }
    words.erase(words.begin());
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string moved_text(std::size_t records, std::size_t links) {
    return std::to_string(records) + (records == 1 ? " record" : " records") + ", " +
           std::to_string(links) + (links == 1 ? " link" : " links");
}

void print(Context& context, const vault::Vault& vault, const vault::Merged& merged, bool dry_run) {
    Printer& out = context.out;
    out.fields({{"kept", code_and_title(vault, merged.kept)},
                {dry_run ? "would be merged" : "merged", code_and_title(vault, merged.other)},
                {"taken over", joined(merged.grown)},
                {"moved", moved_text(merged.changed.size(), merged.links)}});
    for (const vault::FieldConflict& conflict : merged.conflicts) {
        const vault::Field* field =
            vault::field_at(vault.schema().fields(merged.kept.kind), conflict.field);
        out.line("both have " + conflict.field + ":", Style::warning);
        out.fields({{"kept", value_text(vault.schema(), field, conflict.kept)},
                    {"other", value_text(vault.schema(), field, conflict.other)}},
                   4);
    }
    if (!merged.conflicts.empty())
        context.talk.note("what is kept stays; --take FIELD takes the other's instead");
}

json json_of(const vault::Vault& vault, const vault::Merged& merged, bool dry_run) {
    json conflicts = json::array();
    for (const vault::FieldConflict& conflict : merged.conflicts)
        conflicts.push_back(
            {{"field", conflict.field}, {"kept", conflict.kept}, {"other", conflict.other}});
    return {{"schema", "custos.merge/1"},
            {"kept", vault::code_of(vault, merged.kept)},
            {"merged", vault::code_of(vault, merged.other)},
            {"dry_run", dry_run},
            {"taken_over", merged.grown},
            {"conflicts", std::move(conflicts)},
            {"changed", codes_of(vault, merged.changed)},
            {"links", merged.links}};
}

int merge(Context& context, const Arguments& arguments) {
    const bool dry_run = arguments.has("dry-run");
    vault::Vault vault = open_vault(context, vault::Access::write);
    const std::vector<std::string> words = ids_in(arguments, vault);
    const vault::RecordId kept = vault::resolve(vault, words.at(0));
    const vault::RecordId other = vault::resolve(vault, words.at(1));
    const auto take = arguments.texts("take");
    for (const std::string& field : take) vault::require_path(vault.schema(), kept.kind, field);

    vault::Change change(vault);
    const vault::Merged merged =
        vault::merge_records(change, kept, other, {take.begin(), take.end()});
    if (!dry_run) change.commit();
    if (context.globals.machine()) {
        context.out.document(json_of(vault, merged, dry_run));
    } else {
        print(context, vault, merged, dry_run);
        if (!dry_run)
            context.talk.note("to take it back: custos unmerge " + vault::code_of(vault, other));
    }
    return 0;
}

int unmerge(Context& context, const Arguments& arguments) {
    const bool dry_run = arguments.has("dry-run");
    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    const vault::Unmerged result =
        vault::unmerge_record(change, vault::resolve(vault, arguments.word(0)));
    if (!dry_run) change.commit();
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.unmerge/1"},
                              {"id", vault::code_of(vault, result.other)},
                              {"from", vault::code_of(vault, result.kept)},
                              {"dry_run", dry_run},
                              {"changed", codes_of(vault, result.changed)},
                              {"links", result.links},
                              {"left", result.left}});
        return 0;
    }
    context.out.fields({{dry_run ? "would be back" : "back", code_and_title(vault, result.other)},
                        {"from", code_and_title(vault, result.kept)},
                        {"moved", moved_text(result.changed.size(), result.links)}});
    for (const std::string& left : result.left)
        context.talk.note("changed since, and left as it is: " + left);
    return 0;
}

}  // namespace

const Body kMerge = {
    merge,
    kMergeOptions,
    2,
    3,
    "The first one is kept. It takes the names, identifiers and contacts of the other\n"
    "one, and the stricter protection; every record that named the other names the kept\n"
    "one. Where both say something else, what is kept stays, unless --take names the\n"
    "field. The other record stays readable, says where it went, and its names stay\n"
    "protected. custos unmerge takes it all back.\n"
    "\n"
    "    custos merge P-7K3QD P-4D2KM --dry-run\n"
    "    custos merge persons P-7K3QD P-4D2KM --take born\n"
    "    custos unmerge P-4D2KM",
};

const Body kUnmerge = {
    unmerge,
    kUnmergeOptions,
    1,
    1,
    "Both records are as they were, and each record that was moved names the other one\n"
    "again. What was changed since stays changed, and is told.\n"
    "\n"
    "    custos unmerge P-4D2KM",
};

}  // namespace custos::cli
