// SPDX-License-Identifier: GPL-3.0-or-later
// custos import jsonl: many records at once, all of them or none.
#include "vault/records/import.h"

#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/input.h"
#include "cli/open_vault.h"
#include "cli/progress.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kOptions = {
    Option{"dry-run", 'n', Takes::nothing, "", "check everything, store nothing"},
};

json json_of(const vault::Vault& vault, const vault::Imported& record, bool stored) {
    return {{"line", record.line},
            {"ref", record.ref},
            {"kind", name_of(record.id.kind)},
            {"id", stored ? json(vault::code_of(vault, record.id)) : json()}};
}

void print(Context& context, const vault::Vault& vault, const std::vector<vault::Imported>& records,
           bool stored) {
    Table table{{"NAME", "ID"}, {}};
    std::map<vault::Kind, std::size_t> counts;
    for (const vault::Imported& record : records) {
        ++counts[record.id.kind];
        if (stored && !record.ref.empty())
            table.rows.push_back({record.ref, vault::code_of(vault, record.id)});
    }
    if (!table.rows.empty()) context.out.table(table);
    std::string text = stored ? "imported" : "would import";
    for (const auto& [kind, count] : counts) {
        text += (text.ends_with("ed") || text.ends_with("import") ? " " : ", ") +
                amount_text(count, Unit::items) + " " +
                std::string(count == 1 ? name_of(kind) : vault::row_of(kind).plural);
    }
    context.talk.note(records.empty() ? text + " nothing: there are no records in it" : text);
}

int import_lines(Context& context, const Arguments& arguments) {
    const bool stored = !arguments.has("dry-run");
    const std::string text = read_input(context, arguments.word(0), vault::kImportSizeMax);
    vault::Vault vault = open_vault(context, vault::Access::write);
    Progress progress(context);
    progress.stage(stored ? "importing" : "checking", text.size(), Unit::bytes);
    std::vector<vault::Imported> records;
    {
        vault::Change change(vault);
        records = vault::import_jsonl(change, text, [&](std::size_t bytes) { progress.at(bytes); });
        if (stored && !records.empty()) change.commit();
    }
    progress.end();

    if (context.globals.jsonl) {
        for (const vault::Imported& record : records)
            context.out.json_line(json_of(vault, record, stored));
    } else if (context.globals.json) {
        json items = json::array();
        for (const vault::Imported& record : records)
            items.push_back(json_of(vault, record, stored));
        context.out.document({{"schema", "custos.import/1"},
                              {"total", records.size()},
                              {"stored", stored},
                              {"records", std::move(items)}});
    } else {
        print(context, vault, records, stored);
    }
    return 0;
}

}  // namespace

const Body kImportJsonl = {
    import_lines,
    kOptions,
    1,
    1,
    "One JSON object a line, in one change: if anything is wrong, the lines with problems\n"
    "are named and nothing is stored. FILE - is stdin.\n"
    "\n"
    "    {\"kind\":\"person\",\"ref\":\"w1\",\"fields\":{\"role\":\"witness\"}}\n"
    "    {\"kind\":\"testimony\",\"fields\":{\"witness\":\"w1\"},\n"
    "     \"links\":[{\"role\":\"about\",\"to\":\"I-2M9XA\"}]}       (on one line)\n"
    "\n"
    "A \"ref\" is a name inside the file, used in place of an id on any other line; in the\n"
    "body of a statement it is a handle: {w1}.\n"
    "\n"
    "    custos import jsonl records.jsonl --dry-run\n"
    "    custos import jsonl records.jsonl --json",
};

}  // namespace custos::cli
