// SPDX-License-Identifier: GPL-3.0-or-later
// custos history: what happened to a record, by whom and when.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/encoding.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

json fields_of(const vault::HistoryItem& item) {
    return item.body.is_object() ? item.body.value("fields", json()) : json();
}

// Names of the fields in which two revisions differ.
std::vector<std::string> changed_fields(const json& before, const json& after) {
    std::vector<std::string> names;
    if (!before.is_object() || !after.is_object()) return names;
    for (const auto& [name, value] : before.items()) {
        if (!after.contains(name) || after[name] != value) names.push_back(name);
    }
    for (const auto& [name, value] : after.items()) {
        if (!before.contains(name)) names.push_back(name);
    }
    return names;
}

// What a line says beside the verb. Bodies may hold secrets: only what is named here is shown.
std::string remark_of(const vault::HistoryItem& item, const std::vector<std::string>& changed) {
    std::string text;
    for (const std::string& name : changed) text += (text.empty() ? "" : ", ") + name;
    if (!item.body.is_object()) return text;
    if (item.verb == vault::Verb::purge) return item.body.value("reason", std::string());
    if (item.verb == vault::Verb::link || item.verb == vault::Verb::unlink) {
        return item.body.value("role", std::string());
    }
    return text;
}

int history(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    Table table{{"REVISION", "TIME", "WHAT", "BY", ""}, {}};
    json entries = json::array();
    json before;
    for (const vault::HistoryItem& item : vault::history_of(vault, id)) {
        const json after = fields_of(item);
        const std::vector<std::string> changed = changed_fields(before, after);
        if (!after.is_null()) before = after;
        const std::string remark = remark_of(item, changed);
        const std::string revision =
            item.revision > 0 ? std::to_string(item.revision) : std::string();
        table.rows.push_back({revision, time_text(item.time), std::string(name_of(item.verb)),
                              item.author_name, remark});
        entries.push_back(
            {{"index", item.index},
             {"verb", name_of(item.verb)},
             {"time", vault::utc_text(item.time)},
             {"author", {{"id", crypto::hex(item.author)}, {"name", item.author_name}}},
             {"revision", item.revision},
             {"changed", changed},
             {"remark", remark}});
    }
    const std::string code = vault::code_of(vault, id);
    if (context.globals.jsonl) {
        for (const json& entry : entries) context.out.json_line(entry);
    } else if (context.globals.json) {
        context.out.document({{"schema", "custos.history/1"}, {"id", code}, {"entries", entries}});
    } else {
        context.out.table(table);
    }
    return 0;
}

}  // namespace

const Body kHistory = {
    history,
    {},
    1,
    1,
    "    custos history I-2M9XA\n"
    "    custos history I-2M9XA --json\n"
    "    custos show I-2M9XA --revision 1",
};

}  // namespace custos::cli
