// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of the store: lists and timelines. Which rows, by sets of the index; in which
// order; and only the page that is shown is read from the log.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/db/reading.h"
#include "vault/records/describe.h"
#include "vault/records/filter.h"
#include "vault/records/index.h"
#include "vault/records/order.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/records/text.h"
#include "vault/records/timeline.h"
#include "vault/records/value_index.h"

namespace custos::vault {

namespace {

constexpr int kCaseStepsMax = 4;

// The rows that fulfil all conditions. Bodies are read only of those that the index leaves open.
RowSet filtered(const Vault& vault, Kind kind, const std::vector<std::string>& where, RowSet rows) {
    std::vector<Condition> open;
    for (const std::string& expression : where) {
        Condition condition = read_condition(vault, kind, expression);
        bool exact = true;
        rows = candidates(vault.database(), condition, rows, exact);
        if (!exact) open.push_back(std::move(condition));
    }
    if (open.empty()) return rows;
    TextFolder folder;
    RowSet matching;
    rows.each(0, [&](std::int64_t row) {
        const Record record = get_record(vault, id_at(vault.database(), row));
        const bool all = std::all_of(open.begin(), open.end(), [&](const Condition& condition) {
            return matches(condition, record.fields, folder);
        });
        if (all) matching.add(row);
        return true;
    });
    return matching;
}

Record record_at(const Vault& vault, std::int64_t row) {
    const Reading reading(vault.database());
    return get_record(vault, id_at(vault.database(), row));
}

std::optional<DateBounds> bounds_typed(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const ParsedDate parsed = parse_date(text);
    if (parsed.date) return parsed.date->bounds;
    throw Error{ErrorCode::usage,
                "cannot read the date \"" + harmless_excerpt(text) + "\": " + parsed.refusal.why,
                parsed.refusal.instead.empty() ? "write 2019, 2019-11 or 2019-11-29"
                                               : "did you mean " + parsed.refusal.instead + "?"};
}

TimelineItem item_of(const Vault& vault, std::int64_t row) {
    const Record record = get_record(vault, id_at(vault.database(), row));
    TimelineItem item;
    item.id = record.id;
    item.code = record.code;
    item.title = title_of(vault.schema(), record.id.kind, record.fields);
    for (const std::string_view name : vault.schema().kind(record.id.kind).dated_by) {
        const auto found = record.fields.find(name);
        if (found == record.fields.end() || !found->is_string()) continue;
        const ParsedDate parsed = parse_date(found->get_ref<const std::string&>());
        if (!parsed.date) continue;
        item.date = parsed.date->text;
        item.bounds = parsed.date->bounds;
        item.certain = item.bounds.min == item.bounds.max && !parsed.date->uncertain &&
                       !parsed.date->approximate;
        break;
    }
    return item;
}

}  // namespace

RowSet rows_dated(Database& database, RowSet among, const std::string& from,
                  const std::string& to) {
    const DayPaths paths = record_day_paths();
    if (const auto bounds = bounds_typed(from))
        among &= rows_not_over_by(database, paths, bounds->min);
    if (const auto bounds = bounds_typed(to)) among &= rows_begun_by(database, paths, bounds->max);
    return among;
}

RowSet rows_of_case(const Vault& vault, const RecordId& id) {
    Database& database = vault.database();
    RowSet rows;
    std::vector<IdKey> newest;
    if (const auto record = find_row(database, id)) {
        rows.add(record->row);
        newest.push_back(key_of(id));
    }
    Query edges(
        database,
        "SELECT record.row, record.id FROM (SELECT from_row FROM reference WHERE to_id = ?1 "
        "UNION SELECT from_row FROM link WHERE to_id = ?1) AS edge "
        "JOIN record ON record.row = edge.from_row");
    for (int step = 0; step < kCaseStepsMax && !newest.empty(); ++step) {
        std::vector<IdKey> next;
        for (const IdKey& key : newest) {
            edges.bind(key);
            while (edges.step()) {
                if (rows.contains(edges.integer(0))) continue;
                rows.add(edges.integer(0));
                next.push_back(key_of(id_of_key(edges.blob(1))));
            }
        }
        newest = std::move(next);
    }
    return rows;
}

ListResult list_records(const Vault& vault, const ListQuery& query) {
    ListResult result;
    vault.index().flush();
    const Reading reading(vault.database());
    result.total =
        each_listed(vault, query, [&](const Record& record) { result.items.push_back(record); });
    return result;
}

std::size_t each_listed(const Vault& vault, const ListQuery& query,
                        const std::function<void(const Record&)>& visit) {
    if (!query.kind && !query.where.empty()) {
        throw Error{ErrorCode::usage, "a filter needs a kind of record",
                    "custos list KIND --where FIELD=VALUE"};
    }
    Database& database = vault.database();
    vault.index().flush();
    const Sorting sorting = Sorting::from(vault.schema(), query.kind, query.sort);
    std::vector<std::int64_t> page;
    std::size_t total = 0;
    {
        const Reading reading(database);
        RowSet rows = rows_in_state(database, query.kind, query.state);
        if (!query.where.empty()) rows = filtered(vault, *query.kind, query.where, std::move(rows));
        page = ordered_page(database, rows, sorting, query.offset, query.limit);
        total = rows.count();
    }
    // `visit` may change the vault: no transaction is open when it is called.
    for (const std::int64_t row : page) visit(record_at(vault, row));
    return total;
}

Timeline timeline_of(const Vault& vault, const TimelineQuery& query) {
    Database& database = vault.database();
    vault.index().flush();
    const Reading reading(database);
    RowSet rows;
    if (query.kinds.empty()) rows = rows_in_state(database, std::nullopt, State::live);
    for (const Kind kind : query.kinds) rows |= rows_in_state(database, kind, State::live);
    if (query.about_case) rows &= rows_of_case(vault, *query.about_case);
    rows &= rows_begun_by(database, record_day_paths(), kDayAfterAll);  // those with a date
    rows = rows_dated(database, std::move(rows), query.from, query.to);

    Timeline timeline;
    timeline.total = rows.count();
    Sorting by_date;
    by_date.by = Sorting::By::date;
    for (const std::int64_t row :
         ordered_page(database, rows, by_date, query.offset, query.limit)) {
        timeline.items.push_back(item_of(vault, row));
    }
    return timeline;
}

std::uint64_t count_records(const Vault& vault, Kind kind, State state) {
    vault.index().flush();
    return rows_in_state(vault.database(), kind, state).count();
}

}  // namespace custos::vault
