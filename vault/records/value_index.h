// SPDX-License-Identifier: GPL-3.0-or-later
// Which records hold which value: for each path and value the set of rows, in chunks
// (vault/records/row_set.h). So a list counts a million matches by reading some hundred rows of the
// table, whatever the filter, and joins filters by bits.
//
// Writes are collected and go to the table together: at flush(), or when many are waiting. Whoever
// reads in the same transaction calls flush() first.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vault/db/database.h"
#include "vault/records/row_set.h"
#include "vault/records/store.h"
#include "vault/records/values.h"

namespace custos::vault {

extern const char* const kValueTables;

// Paths that are the same for every kind; others get a number when they are first seen.
inline constexpr std::int64_t kStatePath = 1;  // number: state_value()
inline constexpr std::int64_t kFirstPath = 2;  // dates of records (sort_dates): first day
inline constexpr std::int64_t kFirstBlockPath = 3;
inline constexpr std::int64_t kLastPath = 4;
inline constexpr std::int64_t kLastBlockPath = 5;
inline constexpr std::int64_t kCountryPath = 6;  // anywhere in a record
inline constexpr std::int64_t kLanguagePath = 7;
inline constexpr std::int64_t kTermPath = 8;
inline constexpr std::int64_t kNamedPaths = 16;  // the first of the others

[[nodiscard]] constexpr std::int64_t state_value(Kind kind, State state) {
    return static_cast<std::int64_t>(kind) * 4 + static_cast<std::int64_t>(state);
}

class ValueWriter {
public:
    explicit ValueWriter(Database& database);

    // The content of a row that has none; of a kind's first day to last day, if it is dated.
    void put(std::int64_t row, Kind kind, const std::vector<FieldValue>& values,
             const std::optional<DateBounds>& dates);
    // What put() put.
    void forget(std::int64_t row);
    void set_state(std::int64_t row, Kind kind, std::optional<State> before, State now);

    void flush();
    // After a rollback.
    void forget_unsaved();

private:
    struct Hash {  // so that a part of a larger text can be looked up
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>()(text);
        }
    };
    template <class Value>
    using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
    struct RowChange {
        std::int64_t row;
        bool add;
    };

    std::int64_t number_of(Kind kind, std::string_view path);
    void change(std::string_view key, std::int64_t row, bool add);
    void write(std::string_view key, std::int64_t chunk, std::span<const RowChange> changes);
    void know_newest();

    Database& database_;
    ByText<std::int64_t> paths_;              // of the kind, a letter, and the path
    ByText<std::vector<RowChange>> waiting_;  // by key, in the order of the changes
    std::size_t waiting_changes_ = 0;
    bool known_ = false;
    std::int64_t newest_chunk_ = 0;
    std::int64_t fresh_chunk_ = 0;  // no row of the table is about this chunk or a later one
};

// ---- reading -----------------------------------------------------------------------------------

// The number of a path, or nothing if no record ever had it.
[[nodiscard]] std::optional<std::int64_t> find_path(Database& database, Kind kind,
                                                    std::string_view path);
[[nodiscard]] RowSet rows_in_state(Database& database, std::optional<Kind> kind, State state);
[[nodiscard]] RowSet rows_set(Database& database, std::int64_t path);
[[nodiscard]] RowSet rows_with(Database& database, std::int64_t path, std::int64_t number);
[[nodiscard]] RowSet rows_with(Database& database, std::int64_t path, std::string_view text);
// Numbers from `low` to `high`, both included.
[[nodiscard]] RowSet rows_between(Database& database, std::int64_t path, std::int64_t low,
                                  std::int64_t high);
// Texts from `low` on up to `high`, which is left out; empty: to the last.
[[nodiscard]] RowSet rows_between(Database& database, std::int64_t path, std::string_view low,
                                  std::string_view high);

// Spans of days: those that begin not after `day`, and those that end not before it.
struct DayPaths {
    std::optional<std::int64_t> first, first_block, last, last_block;
};
[[nodiscard]] DayPaths record_day_paths();
[[nodiscard]] DayPaths field_day_paths(Database& database, Kind kind, std::string_view path);
[[nodiscard]] RowSet rows_begun_by(Database& database, const DayPaths& paths, std::int64_t day);
[[nodiscard]] RowSet rows_not_over_by(Database& database, const DayPaths& paths, std::int64_t day);

// Every value of a path in its order, numbers before texts, with a part of its rows; a value comes
// once for each chunk, in order. Until visit() returns false.
struct ValueRows {
    FieldValue::Is is = FieldValue::Is::set;
    std::int64_t number = 0;
    std::string_view text;
    std::int64_t chunk = 0;
    ByteView rows;
};
enum class Order { ascending, descending };
void each_value(Database& database, std::int64_t path, Order order,
                const std::function<bool(const ValueRows&)>& visit);
// The same for numbers from `low` to `high`, both included.
void each_number(Database& database, std::int64_t path, Order order, std::int64_t low,
                 std::int64_t high, const std::function<bool(const ValueRows&)>& visit);

// What a row holds at a path: the least value in that order, for sorting a few rows.
struct SortKey {
    bool missing = true;
    FieldValue::Is is = FieldValue::Is::set;
    std::int64_t number = 0;
    std::string text;
};
[[nodiscard]] SortKey sort_key_of(Database& database, std::int64_t row, std::int64_t path,
                                  Order order);

}  // namespace custos::vault
