// SPDX-License-Identifier: GPL-3.0-or-later
// The encrypted database: a thin layer over SQLCipher, and the only one that knows SQLite.
//
// Everything fails by Error: no_space (full disk), integrity (damaged, or another key), busy
// (another process writes), failed (the rest). Messages hold neither SQL text nor stored data. SQL
// is written by the program, never made from input: values are bound.
//
// A Database and its queries belong to one thread at a time. Whoever holds a reference to one keeps
// it where it is: it can be moved only while nothing refers to it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/kdf.h"

struct sqlite3_stmt;

namespace custos::vault {

inline constexpr int kPageSize = 4096;
inline constexpr std::size_t kDatabaseSaltSize = 16;
inline constexpr std::size_t kValueSizeMax = 64 * 1024 * 1024;  // one text, blob or row
inline constexpr int kCacheKibDefault = 64 * 1024;

struct Connection;  // handle and prepared statements, connection.h

// A value to bind: nothing, an integer, text or bytes. Refers to what it was made from.
class Value {
public:
    // Implicit on purpose: values are written as they are, bind(id, 7, name).
    // NOLINTBEGIN(google-explicit-constructor)
    Value(std::nullptr_t) noexcept {}
    template <class Integer>
    requires std::is_integral_v<Integer> Value(Integer number)
        : kind_(Kind::integer), number_(checked(number)) {}
    Value(std::string_view text) noexcept : kind_(Kind::text), bytes_(bytes_of(text)) {}
    Value(const std::string& text) noexcept : Value(std::string_view(text)) {}
    Value(const char* text) noexcept : Value(std::string_view(text)) {}
    Value(ByteView bytes) noexcept : kind_(Kind::blob), bytes_(bytes) {}
    Value(const Bytes& bytes) noexcept : Value(ByteView(bytes)) {}
    template <std::size_t N>
    Value(const std::array<std::uint8_t, N>& bytes) noexcept : Value(ByteView(bytes)) {}
    template <class T>
    Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(nullptr)) {}
    // NOLINTEND(google-explicit-constructor)

private:
    friend class Query;
    enum class Kind { null, integer, text, blob };
    template <class Integer>
    static std::int64_t checked(Integer number) {
        if (!std::in_range<std::int64_t>(number)) throw_too_large();
        return static_cast<std::int64_t>(number);
    }
    static std::int64_t checked(bool flag) { return flag ? 1 : 0; }
    [[noreturn]] static void throw_too_large();

    Kind kind_ = Kind::null;
    std::int64_t number_ = 0;
    ByteView bytes_;
};

class Database {
public:
    enum class Mode { read_write, read_only, create };

    // Opens the file with the raw key and the salt that stands for its first 16 bytes. `create`
    // makes a new file (Error{conflict} if there is one); the others need one (Error{not_found}). A
    // journal left by a crash is rolled back here, in read_only too (see found_journal()); a WAL,
    // which this program never writes, is refused.
    static Database open(const std::filesystem::path& path, const crypto::DerivedKey& key,
                         std::span<const std::uint8_t, kDatabaseSaltSize> salt, Mode mode);
    // Empty, unencrypted, never on a disk: for rebuilding tables in order to compare them.
    static Database in_memory();

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // Runs one statement or several that take no values.
    void execute(const char* sql);
    // Runs one statement to its end and leaves its rows alone.
    template <class... Values>
    void run(const char* sql, const Values&... values);

    std::int64_t changes() const noexcept;      // rows changed by the last statement
    std::int64_t last_row_id() const noexcept;  // of the last insert
    std::int64_t user_version();                // see migrations.h
    bool in_transaction() const noexcept;

    // Whether a rollback journal lay beside the file before it was opened. The program may have
    // been killed, or somebody planted an old one: the caller compares the state with what it knows
    // from elsewhere.
    bool found_journal() const noexcept;

    // Memory for decrypted pages; freed memory is wiped.
    void set_cache_kib(int kib);

    // Every page is checked against its MAC, used or free, and the structure of tables and indexes.
    // Returns what is wrong in plain words, empty if nothing is.
    [[nodiscard]] std::vector<std::string> findings();

    // Closes and reports a failure. The destructor closes without a word.
    void close();

private:
    friend class Query;
    friend class Transaction;
    friend Connection& connection_of(Database& database) noexcept;  // connection.h
    explicit Database(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

// One prepared statement. Prepared statements are kept by the database and used again for the same
// SQL, so a Query in an inner loop costs a look-up. It must be gone before its database is.
//
//     Query query(database, "SELECT body, note FROM t WHERE id = ? AND kind = ?");
//     query.bind(id, kind);
//     while (query.step()) use(query.blob(0), query.text(1));
class Query {
public:
    Query(Database& database, const char* sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    // Starts over with these values, which are copied. As many as the statement has places, or
    // Error{failed}.
    template <class... Values>
    Query& bind(const Values&... values) {
        const std::array<Value, sizeof...(Values)> all{Value(values)...};
        bind_all(all, Keep::copy);
        return *this;
    }

    // The next row, or false after the last one.
    bool step();

    // Columns of the row, counted from 0. Views hold until the next step(), bind() or the end of
    // this.
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    ByteView blob(int column) const;
    bool is_null(int column) const;
    // For what comes out of SQL functions such as bm25(); stored data has no such numbers.
    double real(int column) const;

private:
    friend class Database;
    enum class Keep { copy, refer };
    void bind_all(std::span<const Value> values, Keep keep);

    Connection& connection_;
    sqlite3_stmt* statement_;
    bool done_ = false;
};

// Everything between construction and commit() happens, or none of it. Functions that write take a
// Transaction&, so they cannot be called outside of one, nor end it. Not nested.
class Transaction {
public:
    explicit Transaction(Database& database);  // takes the write lock: Error{busy}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();  // rolls back what was not committed

    // Durable when it returns. After an Error nothing of it is stored.
    void commit();

    Database& database() noexcept { return database_; }

private:
    Database& database_;
    bool open_ = true;
};

template <class... Values>
void Database::run(const char* sql, const Values&... values) {
    Query query(*this, sql);
    const std::array<Value, sizeof...(Values)> all{Value(values)...};
    query.bind_all(all, Query::Keep::refer);
    while (query.step()) {
    }
}

}  // namespace custos::vault
