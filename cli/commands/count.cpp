// SPDX-License-Identifier: GPL-3.0-or-later
// custos count: how many acts, victims, incidents, by one field or two.
#include "vault/analysis/count.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::analysis::CountAxis;
using vault::analysis::CountQuery;
using vault::analysis::Counts;

constexpr std::array kOptions = {
    Option{"by", 'b', Takes::value, "FIELD", "by a field, or by two: FIELD,FIELD"},
    Option{"of", '\0', Takes::value, "WHAT", "acts, victims, perpetrators, incidents, ... (acts)"},
    Option{"where", 'w', Takes::values, "EXPR", "only those where EXPR holds; all of several"},
    Option{"suppress-below", '\0', Takes::value, "K", "do not show counts from 1 to K-1"},
    Option{"levels", '\0', Takes::value, "N", "count terms below level N as their broader term"},
};

constexpr std::uint64_t kSuppressMax = 1'000'000;
constexpr std::uint64_t kLevelsMax = 100;
constexpr const char* kHidden = "*";

std::vector<std::string> fields_in(const std::string& list) {
    std::vector<std::string> fields;
    std::size_t at = 0;
    while (!list.empty() && at <= list.size()) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        fields.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

CountQuery parse(const Arguments& arguments) {
    CountQuery query;
    query.of = arguments.text("of", "acts");
    query.by = fields_in(arguments.text("by"));
    query.where = arguments.texts("where");
    query.suppress_below = arguments.number("suppress-below", 0, kSuppressMax);
    query.levels = static_cast<int>(arguments.number("levels", 0, kLevelsMax));
    return query;
}

std::string shown(const Counts& counts, std::size_t index) {
    return counts.hidden[index] ? kHidden : std::to_string(counts.table.counts[index]);
}

json json_of_count(const Counts& counts, std::size_t index) {
    const bool hidden = counts.hidden[index];
    return {{"count", hidden ? json() : json(counts.table.counts[index])}, {"suppressed", hidden}};
}

json key_of(const CountAxis::Value& value) { return value.key ? json(*value.key) : json(); }

json totals_of(const Counts& counts, std::size_t axis) {
    json totals = json::array();
    const auto& values = counts.axes[axis].values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t width = counts.table.width();
        const std::size_t index =
            axis == 0 ? i * width + counts.table.columns : counts.table.rows * width + i;
        json total = json_of_count(counts, index);
        total["value"] = key_of(values[i]);
        total["label"] = values[i].label;
        totals.push_back(std::move(total));
    }
    return totals;
}

json json_of(const CountQuery& query, const Counts& counts) {
    json document = {{"schema", "custos.count/1"},
                     {"of", counts.of},
                     {"by", query.by},
                     {"where", query.where},
                     {"suppress_below", query.suppress_below},
                     {"overlapping", counts.overlapping},
                     {"duplicates", counts.duplicates},
                     {"without", counts.without_unit},
                     {"groups", counts.groups},
                     {"groups_of_unknown_size", counts.groups_unknown},
                     {"total", json_of_count(counts, counts.hidden.size() - 1)}};
    json cells = json::array();
    const std::size_t columns = counts.axes.size() > 1 ? counts.table.columns : 1;
    for (std::size_t r = 0; r < counts.table.rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            json cell = json_of_count(counts, r * counts.table.width() + c);
            cell["values"] = {key_of(counts.axes[0].values[r])};
            cell["labels"] = {counts.axes[0].values[r].label};
            if (counts.axes.size() > 1) {
                cell["values"].push_back(key_of(counts.axes[1].values[c]));
                cell["labels"].push_back(counts.axes[1].values[c].label);
            }
            cells.push_back(std::move(cell));
        }
    }
    document["cells"] = std::move(cells);
    if (counts.axes.size() > 1) {
        document["row_totals"] = totals_of(counts, 0);
        document["column_totals"] = totals_of(counts, 1);
    }
    return document;
}

std::string label_in_table(const CountAxis::Value& value) {
    if (!value.key || value.label == *value.key) return value.label;
    return value.label + " (" + *value.key + ")";
}

// Numbers first: the words behind them may be of any script and width.
void print(Context& context, const Counts& counts) {
    Table table;
    table.numbers = counts.table.width();
    if (counts.axes.size() > 1) {
        for (const auto& value : counts.axes[1].values) table.columns.push_back(value.label);
        table.columns.emplace_back("total");
        table.columns.push_back(counts.axes[0].field + " / " + counts.axes[1].field);
        table.headings = Headings::always;
    } else {
        table.columns = {"COUNT", counts.axes.empty() ? std::string() : counts.axes[0].field};
    }
    for (std::size_t r = 0; r <= counts.table.rows; ++r) {
        std::vector<std::string> row;
        for (std::size_t c = 0; c < counts.table.width(); ++c)
            row.push_back(shown(counts, r * counts.table.width() + c));
        const bool last = r == counts.table.rows;
        row.push_back(last ? "total " + counts.of : label_in_table(counts.axes[0].values[r]));
        table.rows.push_back(std::move(row));
    }
    context.out.table(table);
}

void remark(Context& context, const CountQuery& query, const Counts& counts) {
    const auto note = [&](std::uint64_t count, const std::string& text) {
        if (count > 0) context.talk.note(std::to_string(count) + " " + text);
    };
    note(counts.without_unit, query.of == "victims" ? "acts that name no victim are not counted"
                                                    : "records that name none are not counted");
    note(counts.duplicates, "that are the same as another one are not counted again");
    note(counts.groups, "groups count as their size");
    note(counts.groups_unknown, "groups of unknown size count as one each");
    if (counts.overlapping)
        context.talk.note("some stand at several values: rows add up to more than the total");
    for (const bool hidden : counts.hidden) {
        if (!hidden) continue;
        context.talk.note("* is not shown: it is small, or a small one would follow from it");
        break;
    }
}

int count(Context& context, const Arguments& arguments) {
    const CountQuery query = parse(arguments);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const Counts counts = vault::analysis::count_units(vault, query);
    if (context.globals.machine()) {
        context.out.document(json_of(query, counts));
    } else {
        print(context, counts);
        remark(context, query, counts);
    }
    return 0;
}

}  // namespace

const Body kCount = {
    count,
    kOptions,
    0,
    0,
    "FIELD may go through references (incident.place.country), and end a date with\n"
    ".year or .month. Victims and perpetrators are counted once, however many acts name\n"
    "them; so is what is linked as same_as. Fields of victims are those of the act:\n"
    "victim.gender, date.year.\n"
    "\n"
    "Counts below K are hidden with --suppress-below, and others with them, so that no\n"
    "hidden one follows from the totals. Two tables can still give away together what\n"
    "each hides: publish few.\n"
    "\n"
    "    custos count --by type\n"
    "    custos count --of victims --by victim.gender,date.year --suppress-below 5\n"
    "    custos count --of incidents --by place.country --where 'date>=2019' --json\n"
    "    custos count --by type --levels 1",
};

}  // namespace custos::cli
