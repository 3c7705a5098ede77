// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/value_index.h"

#include <algorithm>

#include "vault/records/value_key.h"

namespace custos::vault {

const char* const kValueTables = R"sql(
CREATE TABLE field_path (
    id   INTEGER PRIMARY KEY,        -- from 16 on, in order of first use
    kind INTEGER NOT NULL,
    path TEXT NOT NULL,
    UNIQUE (kind, path)
) STRICT;
CREATE TABLE value_rows (            -- which rows hold a value
    path  INTEGER NOT NULL,
    value ANY NOT NULL,              -- number, text, or an empty blob: there is something
    chunk INTEGER NOT NULL,
    rows  BLOB NOT NULL,             -- row_set.h
    PRIMARY KEY (path, value, chunk)
) STRICT, WITHOUT ROWID;
CREATE TABLE row_values (            -- the same by row, to take it back and to sort
    row  INTEGER PRIMARY KEY,
    keys BLOB NOT NULL               -- each: length (2 bytes), path (4), type (1), value
) STRICT;
)sql";

namespace {

constexpr std::size_t kWaitingValuesMax = 1 << 16;
constexpr std::size_t kWaitingChangesMax = 1 << 20;  // 16 MiB of them

template <class... Numbers>
void bind_key(Query& query, const ReadKey& key, const Numbers&... rest) {
    switch (key.is) {
        case FieldValue::Is::number: query.bind(key.path, key.number, rest...); break;
        case FieldValue::Is::text: query.bind(key.path, key.text, rest...); break;
        case FieldValue::Is::set: query.bind(key.path, ByteView{}, rest...); break;
    }
}

}  // namespace

ValueWriter::ValueWriter(Database& database) : database_(database) {}

void ValueWriter::forget_unsaved() {
    waiting_.clear();
    waiting_changes_ = 0;
    paths_.clear();
    known_ = false;
}

void ValueWriter::know_newest() {
    known_ = true;
    Query rows(database_, "SELECT coalesce(max(row), 0) FROM record");
    rows.bind().step();
    newest_chunk_ = rows.integer(0) / RowSet::kChunkRows;
    fresh_chunk_ = newest_chunk_ + 1;
}

std::int64_t ValueWriter::number_of(Kind kind, std::string_view path) {
    if (path == kAnyCountry) return kCountryPath;
    if (path == kAnyLanguage) return kLanguagePath;
    if (path == kAnyTerm) return kTermPath;
    std::string name(1, prefix_of(kind));
    name.append(path);
    if (const auto found = paths_.find(name); found != paths_.end()) return found->second;
    std::optional<std::int64_t> number = find_path(database_, kind, path);
    if (!number) {
        Query last(database_, "SELECT coalesce(max(id) + 1, ?) FROM field_path");
        last.bind(kNamedPaths).step();
        number = last.integer(0);
        database_.run("INSERT INTO field_path (id, kind, path) VALUES (?, ?, ?)", *number,
                      static_cast<int>(kind), path);
    }
    paths_.emplace(std::move(name), *number);
    return *number;
}

void ValueWriter::change(std::string_view key, std::int64_t row, bool add) {
    if (!known_) know_newest();
    newest_chunk_ = std::max(newest_chunk_, row / RowSet::kChunkRows);
    auto found = waiting_.find(key);
    if (found == waiting_.end()) found = waiting_.emplace(key, std::vector<RowChange>()).first;
    found->second.push_back({row, add});
    if (++waiting_changes_ >= kWaitingChangesMax || waiting_.size() >= kWaitingValuesMax) flush();
}

void ValueWriter::put(std::int64_t row, Kind kind, const std::vector<FieldValue>& values,
                      const std::optional<DateBounds>& dates) {
    std::string keys;
    const auto put_key = [&](std::int64_t path, FieldValue::Is is, std::int64_t number,
                             std::string_view text) {
        const std::size_t size_at = keys.size();
        keys.append(2, '\0');
        put_value(keys, path, is, number, text);
        const std::size_t begin = size_at + 2;
        if (keys.size() - begin > kKeyMax) keys.resize(begin + kKeyMax);
        const std::size_t size = keys.size() - begin;
        keys[size_at] = static_cast<char>(size >> 8U);
        keys[size_at + 1] = static_cast<char>(size & 0xffU);
        change(std::string_view(keys).substr(begin), row, true);
    };
    for (const FieldValue& value : values)
        put_key(number_of(kind, value.path), value.is, value.number, value.text);
    const auto put_day = [&](std::int64_t path, std::int64_t number) {
        put_key(path, FieldValue::Is::number, number, {});
    };
    if (dates) {
        put_day(kFirstPath, dates->min);
        put_day(kFirstBlockPath, block_of_day(dates->min));
        if (dates->max != dates->min) {
            put_day(kLastPath, dates->max);
            put_day(kLastBlockPath, block_of_day(dates->max));
        }
    }
    if (!keys.empty())
        database_.run("INSERT INTO row_values (row, keys) VALUES (?, ?)", row, bytes_of(keys));
}

void ValueWriter::forget(std::int64_t row) {
    std::string keys;
    {
        Query query(database_, "SELECT keys FROM row_values WHERE row = ?");
        if (!query.bind(row).step()) return;
        keys = text_of(query.blob(0));
    }
    each_key(keys, [&](std::string_view key) { change(key, row, false); });
    database_.run("DELETE FROM row_values WHERE row = ?", row);
}

void ValueWriter::set_state(std::int64_t row, Kind kind, std::optional<State> before, State now) {
    const auto change_of = [&](State state, bool add) {
        std::string key;
        put_value(key, kStatePath, FieldValue::Is::number, state_value(kind, state), {});
        change(key, row, add);
    };
    if (before) change_of(*before, false);
    change_of(now, true);
}

void ValueWriter::write(std::string_view key, std::int64_t chunk,
                        std::span<const RowChange> changes) {
    const ReadKey read = read_key(key);
    ChunkBits bits{};
    bool there = false;
    if (chunk < fresh_chunk_) {
        Query query(database_,
                    "SELECT rows FROM value_rows WHERE path = ? AND value = ? AND chunk = ?");
        bind_key(query, read, chunk);
        there = query.step();
        if (there && !unpack(query.blob(0), bits)) throw damaged_values();
    }
    for (const RowChange& change : changes) {
        const auto place = static_cast<std::size_t>(change.row % RowSet::kChunkRows);
        const std::uint64_t bit = std::uint64_t{1} << (place % 64);
        std::uint64_t& word = bits[place / 64];
        word = change.add ? word | bit : word & ~bit;
    }
    const Bytes packed = pack(bits);
    const auto store = [&](const auto& value) {
        if (packed.empty()) {
            if (there)
                database_.run("DELETE FROM value_rows WHERE path = ? AND value = ? AND chunk = ?",
                              read.path, value, chunk);
        } else if (there) {
            database_.run(
                "UPDATE value_rows SET rows = ?4 WHERE path = ?1 AND value = ?2 AND chunk = ?3",
                read.path, value, chunk, packed);
        } else {
            database_.run("INSERT INTO value_rows (path, value, chunk, rows) VALUES (?, ?, ?, ?)",
                          read.path, value, chunk, packed);
        }
    };
    switch (read.is) {
        case FieldValue::Is::number: store(read.number); break;
        case FieldValue::Is::text: store(read.text); break;
        case FieldValue::Is::set: store(ByteView{}); break;
    }
}

void ValueWriter::flush() {
    std::vector<decltype(waiting_)::value_type*> sorted;
    sorted.reserve(waiting_.size());
    for (auto& each : waiting_) sorted.push_back(&each);
    std::sort(sorted.begin(), sorted.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    const auto chunk_of = [](const RowChange& change) { return change.row / RowSet::kChunkRows; };
    for (auto* each : sorted) {
        std::vector<RowChange>& changes = each->second;
        std::stable_sort(
            changes.begin(), changes.end(),
            [&](const RowChange& a, const RowChange& b) { return chunk_of(a) < chunk_of(b); });
        for (auto begin = changes.begin(); begin != changes.end();) {
            const std::int64_t chunk = chunk_of(*begin);
            const auto end = std::find_if(begin, changes.end(), [&](const RowChange& change) {
                return chunk_of(change) != chunk;
            });
            write(each->first, chunk, {begin, end});
            begin = end;
        }
    }
    waiting_.clear();
    waiting_changes_ = 0;
    fresh_chunk_ = newest_chunk_ + 1;
}

}  // namespace custos::vault
