// SPDX-License-Identifier: GPL-3.0-or-later
// custos history: what happened to a record, by whom and when, and what changed.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/difference_text.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/encoding.h"
#include "vault/analysis/field_difference.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::analysis::FieldDifference;

constexpr std::array kOptions = {
    Option{"diff", 'd', Takes::nothing, "", "show what changed, word by word"},
};

// One entry about the record, with what it changed in the fields.
struct Step {
    vault::HistoryItem item;
    std::vector<std::string> changed;  // names of fields
    std::vector<FieldDifference> differences;
};

json fields_of(const vault::HistoryItem& item) {
    return item.body.is_object() ? item.body.value("fields", json()) : json();
}

// "paragraphs.2.text" is a part of the field "paragraphs".
std::vector<std::string> changed_fields(const std::vector<FieldDifference>& differences) {
    std::vector<std::string> names;
    for (const FieldDifference& difference : differences) {
        std::string name = difference.path.substr(0, difference.path.find('.'));
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

std::vector<Step> steps_of(const vault::Vault& vault, const vault::RecordId& id) {
    std::vector<Step> steps;
    json before;
    for (vault::HistoryItem& item : vault::history_of(vault, id)) {
        Step step;
        json after = vault::shown_fields(vault, id.kind, fields_of(item));
        if (!after.is_null()) {
            if (!before.is_null())
                step.differences =
                    vault::analysis::field_differences(vault.schema(), id.kind, before, after);
            step.changed = changed_fields(step.differences);
            before = std::move(after);
        }
        step.item = std::move(item);
        steps.push_back(std::move(step));
    }
    return steps;
}

bool is_about_link(const vault::HistoryItem& item) {
    return (item.verb == vault::Verb::link || item.verb == vault::Verb::unlink) &&
           item.body.is_object();
}

// The other end of a link, as people know it.
std::string target_of(const vault::Vault& vault, const vault::HistoryItem& item) {
    const auto to = vault::parse_id(item.body.value("to", std::string()));
    return to ? vault::code_of(vault, *to) : std::string();
}

// What a line says beside the verb. Bodies may hold secrets: only what is named here is shown.
std::string remark_of(const Step& step) {
    const vault::HistoryItem& item = step.item;
    std::string text;
    for (const std::string& name : step.changed) text += (text.empty() ? "" : ", ") + name;
    if (!item.body.is_object()) return text;
    if (item.verb == vault::Verb::purge) return item.body.value("reason", std::string());
    if (is_about_link(item)) return item.body.value("role", std::string());
    return text;
}

json json_of(const vault::Vault& vault, const Step& step) {
    const vault::HistoryItem& item = step.item;
    json differences = json::array();
    for (const FieldDifference& difference : step.differences)
        differences.push_back(difference_json(difference));
    json entry = {{"index", item.index},
                  {"verb", name_of(item.verb)},
                  {"time", vault::utc_text(item.time)},
                  {"author", {{"id", crypto::hex(item.author)}, {"name", item.author_name}}},
                  {"revision", item.revision},
                  {"changed", step.changed},
                  {"remark", remark_of(step)},
                  {"differences", std::move(differences)}};
    if (is_about_link(item)) {
        entry["role"] = item.body.value("role", std::string());
        entry["to"] = target_of(vault, item);
    }
    return entry;
}

void print_table(Context& context, const vault::Vault& vault, const std::vector<Step>& steps) {
    Table table{{"REVISION", "TIME", "WHAT", "BY", ""}, {}};
    for (const Step& step : steps) {
        const vault::HistoryItem& item = step.item;
        std::string remark = remark_of(step);
        if (is_about_link(item)) remark += " " + target_of(vault, item);
        table.rows.push_back({item.revision > 0 ? std::to_string(item.revision) : std::string(),
                              time_text(item.time), std::string(name_of(item.verb)),
                              item.author_name, remark});
    }
    context.out.table(table);
}

void print_differences(Context& context, const vault::Vault& vault,
                       const std::vector<Step>& steps) {
    for (const Step& step : steps) {
        const vault::HistoryItem& item = step.item;
        std::string title = time_text(item.time) + "  " + std::string(name_of(item.verb));
        if (item.revision > 0) title += "  revision " + std::to_string(item.revision);
        context.out.line(title + "  by " + item.author_name, Style::strong);
        if (is_about_link(item))
            context.out.line("    " + remark_of(step) + " " + target_of(vault, item));
        for (const FieldDifference& difference : step.differences) {
            std::size_t indent = 4;
            for (const auto& line : difference_lines(vault.schema(), difference)) {
                context.out.line_of(line, indent);
                indent = 8;
            }
        }
    }
}

int history(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const std::vector<Step> steps = steps_of(vault, id);
    if (context.globals.machine()) {
        json entries = json::array();
        for (const Step& step : steps) entries.push_back(json_of(vault, step));
        if (context.globals.jsonl) {
            for (const json& entry : entries) context.out.json_line(entry);
        } else {
            context.out.document({{"schema", "custos.history/1"},
                                  {"id", vault::code_of(vault, id)},
                                  {"entries", entries}});
        }
    } else if (arguments.has("diff")) {
        print_differences(context, vault, steps);
    } else {
        print_table(context, vault, steps);
    }
    return 0;
}

}  // namespace

const Body kHistory = {
    history,
    kOptions,
    1,
    1,
    "With --diff, what was left out stands in [-...-], what was put in in {+...+}.\n"
    "\n"
    "    custos history I-2M9XA\n"
    "    custos history I-2M9XA --diff\n"
    "    custos history I-2M9XA --json\n"
    "    custos show I-2M9XA --revision 1",
};

}  // namespace custos::cli
