// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/same_schema.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "vault/log/log.h"
#include "vault/records/content.h"
#include "vault/records/index.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/records/value_index.h"

namespace custos::vault {

namespace {

constexpr std::int64_t kRecordsAtOnce = 1000;

// As the vault's, but for its tokenizer: words that are cut already are split at their spaces.
constexpr const char* kWordsTable =
    "CREATE VIRTUAL TABLE record_text USING fts5(title, text, content='', contentless_delete=1, "
    "tokenize='ascii')";

struct Table {
    const char* name;
    std::vector<const char*> columns;
    const char* which;  // which rows belong to a span of records; takes its ends
};

const Table kEntries = {"log_entry",
                        {"idx", "entry", "salt", "body"},
                        "idx IN (SELECT idx FROM event WHERE row BETWEEN ? AND ?) ORDER BY idx"};
// What is written with each record, in that order; the first column is its row.
const std::vector<Table> kWithRecord = {
    {"record",
     {"row", "id", "code", "kind", "state", "revision", "head", "created", "updated", "date_min",
      "date_max"},
     "row BETWEEN ? AND ? ORDER BY row"},
    {"event", {"row", "idx", "revision"}, "row BETWEEN ? AND ? ORDER BY row, idx"},
    {"reference", {"from_row", "path", "to_id"}, "from_row BETWEEN ? AND ? ORDER BY from_row"},
    {"link", {"from_row", "role", "to_id", "idx"}, "from_row BETWEEN ? AND ? ORDER BY from_row"},
    {"row_values", {"row", "keys"}, "row BETWEEN ? AND ? ORDER BY row"},
    {"likeness", {"row", "key"}, "row BETWEEN ? AND ? ORDER BY row, key"},
};
// What is written for many records together.
const std::vector<Table> kTogether = {
    {"field_path", {"id", "kind", "path"}, "?1 <= ?2 ORDER BY id"},
    {"value_rows", {"path", "value", "chunk", "rows"}, "?1 <= ?2 ORDER BY path, value, chunk"},
};

using Cell = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Row = std::vector<Cell>;

std::string list_of(const Table& table, const std::function<std::string(const char*)>& each) {
    std::string text;
    for (const char* column : table.columns) text += (text.empty() ? "" : ", ") + each(column);
    return text;
}

std::vector<Row> rows_of(Database& database, const Table& table, std::int64_t first,
                         std::int64_t last) {
    const auto typed = [](const char* column) {
        return "typeof(" + std::string(column) + "), " + column;
    };
    const std::string sql =
        "SELECT " + list_of(table, typed) + " FROM " + table.name + " WHERE " + table.which;
    std::vector<Row> rows;
    Query query(database, sql.c_str());
    query.bind(first, last);
    while (query.step()) {
        Row& row = rows.emplace_back();
        for (int column = 0; column < static_cast<int>(table.columns.size()); ++column) {
            const std::string_view type = query.text(2 * column);
            const int value = 2 * column + 1;
            if (type == "integer") row.emplace_back(query.integer(value));
            if (type == "text") row.emplace_back(std::string(query.text(value)));
            if (type == "blob") row.emplace_back(to_bytes(query.blob(value)));
            if (type == "null") row.emplace_back();
        }
    }
    return rows;
}

class Peer {
public:
    explicit Peer(const std::string& file) {
        must(sqlite3_open(file.c_str(), &handle_));
        for (const char* sql : {kLogTables, kIndexTables, kValueTables, kWordsTable}) run(sql);
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() {
        for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }

    void run(const char* sql) { must(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }

    void insert(const Table& table, const Row& row) {
        sqlite3_stmt*& statement = statements_[table.name];
        if (statement == nullptr) {
            const std::string sql = "INSERT INTO " + std::string(table.name) + " (" +
                                    list_of(table, [](const char* name) { return name; }) +
                                    ") VALUES (" + list_of(table, [](const char*) { return "?"; }) +
                                    ")";
            must(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr));
        }
        int place = 0;
        for (const Cell& cell : row) bind(statement, ++place, cell);
        must(sqlite3_step(statement));
        must(sqlite3_reset(statement));
    }

private:
    void must(int code) {
        if (code == SQLITE_OK || code == SQLITE_DONE) return;
        std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(handle_));
        std::exit(1);
    }
    void bind(sqlite3_stmt* statement, int place, const Cell& cell) {
        if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            must(sqlite3_bind_int64(statement, place, *number));
        } else if (const auto* text = std::get_if<std::string>(&cell)) {
            must(sqlite3_bind_text(statement, place, text->data(), static_cast<int>(text->size()),
                                   SQLITE_STATIC));
        } else if (const auto* bytes = std::get_if<Bytes>(&cell)) {
            must(sqlite3_bind_blob(statement, place,
                                   bytes->empty() ? "" : static_cast<const void*>(bytes->data()),
                                   static_cast<int>(bytes->size()), SQLITE_STATIC));
        } else {
            must(sqlite3_bind_null(statement, place));
        }
    }

    sqlite3* handle_ = nullptr;
    std::map<std::string, sqlite3_stmt*> statements_;
};

class Watch {
public:
    explicit Watch(StoringTime& time) : time_(time) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() {
        time_.wall_ms += std::chrono::duration<double, std::milli>(Clock::now() - start_).count();
        time_.cpu_ms += 1000.0 * static_cast<double>(std::clock() - cpu_) / CLOCKS_PER_SEC;
    }

private:
    using Clock = std::chrono::steady_clock;
    StoringTime& time_;
    Clock::time_point start_ = Clock::now();
    std::clock_t cpu_ = std::clock();
};

const Table kWords = {"record_text", {"rowid", "title", "text"}, ""};

std::vector<Row> words_of(const Vault& vault, ContentReader& reader, std::int64_t first,
                          std::int64_t last) {
    std::vector<Row> rows;
    for (std::int64_t row = first; row <= last; ++row) {
        const Record record = get_record(vault, id_at(vault.database(), row));
        const Content content = reader.read(record.id.kind, record.fields);
        rows.push_back({row, content.title_words, content.text_words});
    }
    return rows;
}

using Rows = std::pair<const Table*, std::vector<Row>>;

// One record after the other, as an import writes them: its entry, then its rows of each table.
void insert_in_turn(Peer& peer, const std::vector<Row>& entries, const std::vector<Rows>& tables,
                    std::int64_t first, std::int64_t last) {
    std::size_t entry = 0;
    std::vector<std::size_t> next(tables.size(), 0);
    for (std::int64_t record = first; record <= last; ++record) {
        if (entry < entries.size()) peer.insert(kEntries, entries[entry++]);
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const auto& [table, rows] = tables[i];
            while (next[i] < rows.size() && std::get<std::int64_t>(rows[next[i]][0]) == record)
                peer.insert(*table, rows[next[i]++]);
        }
    }
    while (entry < entries.size()) peer.insert(kEntries, entries[entry++]);
}

}  // namespace

StoringTime store_same_rows(const Vault& vault, const std::string& file) {
    Database& database = vault.database();
    ContentReader reader;
    Query count(database, "SELECT coalesce(max(row), 0) FROM record");
    count.bind().step();
    const std::int64_t records = count.integer(0);
    Peer peer(file);
    StoringTime time;
    peer.run("BEGIN");
    for (std::int64_t first = 1; first <= records; first += kRecordsAtOnce) {
        const std::int64_t last = std::min(records, first + kRecordsAtOnce - 1);
        const std::vector<Row> entries = rows_of(database, kEntries, first, last);
        std::vector<Rows> tables;
        for (const Table& table : kWithRecord)
            tables.emplace_back(&table, rows_of(database, table, first, last));
        tables.emplace_back(&kWords, words_of(vault, reader, first, last));
        const Watch watch(time);
        insert_in_turn(peer, entries, tables, first, last);
    }
    for (const Table& table : kTogether) {
        const std::vector<Row> rows = rows_of(database, table, 0, 0);
        const Watch watch(time);
        for (const Row& row : rows) peer.insert(table, row);
    }
    const Watch watch(time);
    peer.run("COMMIT");
    return time;
}

}  // namespace custos::vault
