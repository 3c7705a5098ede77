// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/connection.h"

#include <cerrno>

#include "crypto/error.h"

namespace custos::vault {

namespace {

bool is_full(int system_error) { return system_error == ENOSPC || system_error == EDQUOT; }

// Error for a result code of SQLite, told by its kind: SQLite's own message may quote SQL or data.
Error error_for(int code, int system_error, const std::string& doing) {
    const auto make = [&](ErrorCode kind, const char* why, const char* hint = "") {
        return Error{kind, "cannot " + doing + ": " + why, hint};
    };
    switch (code & 0xff) {
        case SQLITE_FULL:
            return make(ErrorCode::no_space, "the disk is full",
                        "nothing was changed; make room and try again");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return make(ErrorCode::integrity, "the database is damaged or not this vault's",
                        "see what is damaged with: custos check");
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return make(ErrorCode::busy, "another process is using the database");
        case SQLITE_READONLY: return make(ErrorCode::failed, "the database can only be read");
        case SQLITE_NOMEM: return make(ErrorCode::failed, "there is not enough memory");
        case SQLITE_TOOBIG: return make(ErrorCode::usage, "a text or file is too long");
        case SQLITE_CANTOPEN:
            return make(ErrorCode::failed, "a file of the database cannot be opened");
        case SQLITE_CONSTRAINT:
            if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                code == SQLITE_CONSTRAINT_ROWID) {
                return make(ErrorCode::conflict, "it exists already");
            }
            return make(ErrorCode::failed, "a rule of the database forbids it");
        case SQLITE_IOERR:
            if (is_full(system_error)) return make(ErrorCode::no_space, "the disk is full");
            return make(ErrorCode::failed, "the disk reports an error");
        default: break;
    }
    return make(ErrorCode::failed, ("the database says no (" + std::to_string(code) + ")").c_str());
}

}  // namespace

Connection::~Connection() {
    finalize_idle();
    sqlite3_close_v2(handle);
}

void Connection::finalize_idle() noexcept {
    for (const auto& [sql, statements] : idle) {
        for (sqlite3_stmt* statement : statements) sqlite3_finalize(statement);
    }
    idle.clear();
    idle_count = 0;
}

sqlite3_stmt* Connection::take(const char* sql) {
    const std::string_view text = sql;
    if (const auto found = idle.find(text); found != idle.end() && !found->second.empty()) {
        sqlite3_stmt* const statement = found->second.back();
        found->second.pop_back();
        --idle_count;
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle, sql, static_cast<int>(text.size() + 1),
                                        SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    if (code == SQLITE_ERROR) {
        // A mistake of the program: its SQL holds no values, so the message holds none either.
        throw Error{ErrorCode::failed,
                    std::string("cannot use the database: ") + sqlite3_errmsg(handle)};
    }
    if (code != SQLITE_OK) fail(code, "use the database");
    if (statement == nullptr ||
        std::string_view(rest).find_first_not_of(" \t\n;") != std::string_view::npos) {
        sqlite3_finalize(statement);
        throw Error{ErrorCode::failed, "cannot use the database: one statement was expected"};
    }
    return statement;
}

void Connection::give_back(sqlite3_stmt* statement) noexcept {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (idle_count >= kIdleStatementsMax) {
        sqlite3_finalize(statement);
        return;
    }
    try {
        idle[sqlite3_sql(statement)].push_back(statement);
        ++idle_count;
    } catch (const std::bad_alloc&) {
        sqlite3_finalize(statement);
    }
}

void Connection::execute(const char* sql) {
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, "change the database");
}

void Connection::fail(int code, const std::string& doing) const {
    throw error_for(code, handle == nullptr ? 0 : sqlite3_system_errno(handle), doing);
}

}  // namespace custos::vault
