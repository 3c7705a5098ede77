// SPDX-License-Identifier: GPL-3.0-or-later
// custos timeline: what happened, in the order of its dates.
#include "vault/records/timeline.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kOptions = {
    Option{"kind", 'k', Takes::values, "KIND", "only this kind of record; several may be given"},
    Option{"case", 'c', Takes::value, "ID", "only what belongs to this case"},
    Option{"from", '\0', Takes::value, "DATE", "not what was over before this date"},
    Option{"to", '\0', Takes::value, "DATE", "not what began after this date"},
    Option{"limit", 'n', Takes::value, "N", "at most N"},
    Option{"offset", '\0', Takes::value, "N", "leave out the first N"},
};

constexpr std::uint64_t kRowsMax = 1'000'000'000;

vault::TimelineQuery parse(const Arguments& arguments) {
    vault::TimelineQuery query;
    for (const std::string& name : arguments.texts("kind"))
        query.kinds.push_back(vault::require_kind(name));
    query.from = arguments.text("from");
    query.to = arguments.text("to");
    query.limit = arguments.number("limit", 0, kRowsMax);
    query.offset = arguments.number("offset", 0, kRowsMax);
    return query;
}

// "2019-11-01 to 2019-11-30" where the date as written does not show what it may mean.
std::string when(const vault::TimelineItem& item) {
    return item.certain ? item.date : item.date + " (not exact)";
}

json json_of(const vault::TimelineItem& item) {
    const auto day = [](std::int64_t number) {
        const std::string text = vault::day_text(number);
        return text.empty() ? json() : json(text);
    };
    return {{"id", item.code},
            {"kind", name_of(item.id.kind)},
            {"date", item.date},
            {"date_min", day(item.bounds.min)},
            {"date_max", day(item.bounds.max)},
            {"certain", item.certain},
            {"title", item.title}};
}

void print(Context& context, const vault::Timeline& timeline) {
    Table table{{"DATE", "KIND", "ID", "TITLE"}, {}};
    for (const vault::TimelineItem& item : timeline.items)
        table.rows.push_back(
            {when(item), std::string(name_of(item.id.kind)), item.code, item.title});
    if (!table.rows.empty()) context.out.table(table);
    if (timeline.total == 0) context.talk.note("nothing with a date was found");
    if (timeline.items.size() < timeline.total) {
        context.talk.note(std::to_string(timeline.items.size()) + " of " +
                          std::to_string(timeline.total) + " are shown");
    }
}

int timeline(Context& context, const Arguments& arguments) {
    vault::TimelineQuery query = parse(arguments);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    if (const auto about = arguments.maybe("case"))
        query.about_case = vault::resolve(vault, *about);
    const vault::Timeline found = vault::timeline_of(vault, query);

    if (context.globals.jsonl) {
        for (const vault::TimelineItem& item : found.items) context.out.json_line(json_of(item));
    } else if (context.globals.json) {
        json items = json::array();
        for (const vault::TimelineItem& item : found.items) items.push_back(json_of(item));
        context.out.document(
            {{"schema", "custos.timeline/1"}, {"total", found.total}, {"items", items}});
    } else {
        print(context, found);
    }
    return 0;
}

}  // namespace

const Body kTimeline = {
    timeline,
    kOptions,
    0,
    0,
    "Records that have a date, by its first and its last possible day. A date that is\n"
    "not one certain day is marked; --from and --to take whatever may fall between them.\n"
    "\n"
    "    custos timeline --case C-4D2KM\n"
    "    custos timeline --kind incident --kind act --from 2019-11 --to 2019-12\n"
    "    custos timeline --limit 50 --json",
};

}  // namespace custos::cli
