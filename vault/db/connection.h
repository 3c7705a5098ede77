// SPDX-License-Identifier: GPL-3.0-or-later
// What a Database holds. Private to vault/db: the one header here that knows SQLite.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

#include "vault/db/database.h"

namespace custos::vault {

// Statements that are kept for the next Query with the same SQL.
inline constexpr std::size_t kIdleStatementsMax = 128;

struct Connection {
    Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // A prepared statement for one Query; give_back() when it is done.
    sqlite3_stmt* take(const char* sql);
    void give_back(sqlite3_stmt* statement) noexcept;

    void execute(const char* sql);
    void finalize_idle() noexcept;

    // Throws the Error that fits `code`: "cannot <doing>: <why>".
    [[noreturn]] void fail(int code, const std::string& doing) const;

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    sqlite3* handle = nullptr;
    bool encrypted = false;
    bool found_journal = false;
    std::size_t idle_count = 0;
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>, TextHash, std::equal_to<>> idle;
};

Connection& connection_of(Database& database) noexcept;

}  // namespace custos::vault
