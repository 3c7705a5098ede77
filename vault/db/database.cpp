// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/database.h"

#include "crypto/error.h"
#include "vault/db/connection.h"

namespace custos::vault {

void Value::throw_too_large() {
    throw Error{ErrorCode::usage, "a number is too large to be stored"};
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Connection& connection_of(Database& database) noexcept { return *database.connection_; }

void Database::execute(const char* sql) { connection_->execute(sql); }

std::int64_t Database::changes() const noexcept { return sqlite3_changes64(connection_->handle); }

std::int64_t Database::last_row_id() const noexcept {
    return sqlite3_last_insert_rowid(connection_->handle);
}

bool Database::in_transaction() const noexcept {
    return sqlite3_get_autocommit(connection_->handle) == 0;
}

bool Database::found_journal() const noexcept { return connection_->found_journal; }

std::int64_t Database::user_version() {
    Query query(*this, "PRAGMA user_version");
    query.step();
    return query.integer(0);
}

void Database::set_cache_kib(int kib) {
    connection_->execute(("PRAGMA cache_size = -" + std::to_string(kib)).c_str());
}

void Database::close() {
    connection_->finalize_idle();
    const int code = sqlite3_close(connection_->handle);
    if (code != SQLITE_OK) connection_->fail(code, "close the database");
    connection_->handle = nullptr;
}

// ---- Query
// ---------------------------------------------------------------------------------------

Query::Query(Database& database, const char* sql)
    : connection_(*database.connection_), statement_(connection_.take(sql)) {}

Query::~Query() { connection_.give_back(statement_); }

void Query::bind_all(std::span<const Value> values, Keep keep) {
    sqlite3_reset(statement_);
    done_ = false;
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement_)) != values.size()) {
        throw Error{ErrorCode::failed,
                    "cannot use the database: a statement got another number of values"};
    }
    const sqlite3_destructor_type kept = keep == Keep::copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
    for (int place = 1; const Value& value : values) {
        int code = SQLITE_OK;
        // An empty view may have no address, which SQLite would take for NULL.
        const char* const data = value.bytes_.empty() ? "" : text_of(value.bytes_).data();
        switch (value.kind_) {
            case Value::Kind::null: code = sqlite3_bind_null(statement_, place); break;
            case Value::Kind::integer:
                code = sqlite3_bind_int64(statement_, place, value.number_);
                break;
            case Value::Kind::text:
                code = sqlite3_bind_text64(statement_, place, data, value.bytes_.size(), kept,
                                           SQLITE_UTF8);
                break;
            case Value::Kind::blob:
                code = sqlite3_bind_blob64(statement_, place, data, value.bytes_.size(), kept);
                break;
        }
        if (code != SQLITE_OK) connection_.fail(code, "use the database");
        ++place;
    }
}

bool Query::step() {
    if (done_) return false;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    done_ = true;
    if (code == SQLITE_DONE) return false;
    const bool reads = sqlite3_stmt_readonly(statement_) != 0;
    connection_.fail(code, reads ? "read the database" : "change the database");
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::text(int column) const {
    const unsigned char* const data = sqlite3_column_text(statement_, column);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView Query::blob(int column) const {
    const void* const data = sqlite3_column_blob(statement_, column);
    if (data == nullptr) return {};
    return {static_cast<const std::uint8_t*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

double Query::real(int column) const { return sqlite3_column_double(statement_, column); }

// ---- Transaction
// ---------------------------------------------------------------------------------

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself (full disk). What fails here leaves a journal, which
    // the next open rolls back.
    if (open_ && database_.in_transaction()) {
        sqlite3_exec(connection_of(database_).handle, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace custos::vault
