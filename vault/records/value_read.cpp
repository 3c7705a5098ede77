// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the index of values.
#include <tuple>

#include "vault/records/value_index.h"
#include "vault/records/value_key.h"

namespace custos::vault {
namespace {

// Chunks and rows in the first two columns.
RowSet rows_from(Query& query) {
    RowSet rows;
    while (query.step()) {
        if (!rows.add_chunk(query.integer(0), query.blob(1))) throw damaged_values();
    }
    return rows;
}

constexpr const char* kEqual = "SELECT chunk, rows FROM value_rows WHERE path = ? AND value = ?";

}  // namespace

std::optional<std::int64_t> find_path(Database& database, Kind kind, std::string_view path) {
    Query query(database, "SELECT id FROM field_path WHERE kind = ? AND path = ?");
    if (!query.bind(static_cast<int>(kind), path).step()) return std::nullopt;
    return query.integer(0);
}

RowSet rows_in_state(Database& database, std::optional<Kind> kind, State state) {
    if (kind) return rows_with(database, kStatePath, state_value(*kind, state));
    RowSet rows;
    for (const KindRow& each : kKinds)
        rows |= rows_with(database, kStatePath, state_value(each.kind, state));
    return rows;
}

RowSet rows_set(Database& database, std::int64_t path) {
    Query query(database, kEqual);
    query.bind(path, ByteView{});
    return rows_from(query);
}

RowSet rows_with(Database& database, std::int64_t path, std::int64_t number) {
    Query query(database, kEqual);
    query.bind(path, number);
    return rows_from(query);
}

RowSet rows_with(Database& database, std::int64_t path, std::string_view text) {
    Query query(database, kEqual);
    query.bind(path, text);
    return rows_from(query);
}

RowSet rows_between(Database& database, std::int64_t path, std::int64_t low, std::int64_t high) {
    Query query(database,
                "SELECT chunk, rows FROM value_rows WHERE path = ? AND value >= ? AND value <= ?");
    query.bind(path, low, high);
    return rows_from(query);
}

RowSet rows_between(Database& database, std::int64_t path, std::string_view low,
                    std::string_view high) {
    Query query(database,
                "SELECT chunk, rows FROM value_rows WHERE path = ? AND value >= ? AND value < ?");
    if (high.empty()) {
        query.bind(path, low, ByteView{});
    } else {
        query.bind(path, low, high);
    }
    return rows_from(query);
}

DayPaths record_day_paths() { return {kFirstPath, kFirstBlockPath, kLastPath, kLastBlockPath}; }

DayPaths field_day_paths(Database& database, Kind kind, std::string_view path) {
    const DatePaths names(path);
    return {find_path(database, kind, names.first), find_path(database, kind, names.first_block),
            find_path(database, kind, names.last), find_path(database, kind, names.last_block)};
}

RowSet rows_begun_by(Database& database, const DayPaths& paths, std::int64_t day) {
    if (!paths.first || !paths.first_block) return {};
    const std::int64_t block = block_of_day(day);
    RowSet rows =
        rows_between(database, *paths.first_block, block_of_day(kDayBeforeAll), block - 1);
    rows |= rows_between(database, *paths.first, first_day_of(block), day);
    return rows;
}

RowSet rows_not_over_by(Database& database, const DayPaths& paths, std::int64_t day) {
    RowSet rows;
    const std::int64_t block = block_of_day(day);
    const auto add = [&](const std::optional<std::int64_t>& days,
                         const std::optional<std::int64_t>& blocks) {
        if (!days || !blocks) return;
        rows |= rows_between(database, *blocks, block + 1, block_of_day(kDayAfterAll));
        rows |= rows_between(database, *days, day, first_day_of(block + 1) - 1);
    };
    add(paths.first, paths.first_block);  // what begins later is not over
    add(paths.last, paths.last_block);
    return rows;
}

namespace {

void visit_values(Query& query, const std::function<bool(const ValueRows&)>& visit) {
    while (query.step()) {
        ValueRows value;
        value.is = query.text(0) == "text" ? FieldValue::Is::text : FieldValue::Is::number;
        if (value.is == FieldValue::Is::text) {
            value.text = query.text(1);
        } else {
            value.number = query.integer(1);
        }
        value.chunk = query.integer(2);
        value.rows = query.blob(3);
        if (!visit(value)) return;
    }
}

}  // namespace

void each_value(Database& database, std::int64_t path, Order order,
                const std::function<bool(const ValueRows&)>& visit) {
    Query query(database,
                order == Order::ascending
                    ? "SELECT typeof(value), value, chunk, rows FROM value_rows WHERE path = ? "
                      "AND value < x'' ORDER BY value, chunk"
                    : "SELECT typeof(value), value, chunk, rows FROM value_rows WHERE path = ? "
                      "AND value < x'' ORDER BY value DESC, chunk DESC");
    query.bind(path);
    visit_values(query, visit);
}

void each_number(Database& database, std::int64_t path, Order order, std::int64_t low,
                 std::int64_t high, const std::function<bool(const ValueRows&)>& visit) {
    Query query(database,
                order == Order::ascending
                    ? "SELECT typeof(value), value, chunk, rows FROM value_rows WHERE path = ? "
                      "AND value >= ? AND value <= ? ORDER BY value, chunk"
                    : "SELECT typeof(value), value, chunk, rows FROM value_rows WHERE path = ? "
                      "AND value >= ? AND value <= ? ORDER BY value DESC, chunk DESC");
    query.bind(path, low, high);
    visit_values(query, visit);
}

SortKey sort_key_of(Database& database, std::int64_t row, std::int64_t path, Order order) {
    SortKey best;
    FieldValue::Is& best_is = best.is;
    Query query(database, "SELECT keys FROM row_values WHERE row = ?");
    if (!query.bind(row).step()) return best;
    each_key(text_of(query.blob(0)), [&](std::string_view key) {
        const ReadKey read = read_key(key);
        if (read.path != path || read.is == FieldValue::Is::set) return;
        const auto left = std::make_tuple(read.is, read.number, read.text);
        const auto right = std::make_tuple(best_is, best.number, std::string_view(best.text));
        if (best.missing || (order == Order::ascending ? left < right : right < left)) {
            best.missing = false;
            best_is = read.is;
            best.number = read.number;
            best.text = read.text;
        }
    });
    return best;
}

}  // namespace custos::vault
