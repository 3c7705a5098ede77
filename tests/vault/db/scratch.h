// SPDX-License-Identifier: GPL-3.0-or-later
// A database in a directory that is gone at the end of the test.
#pragma once

#include <filesystem>
#include <string>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "vault/db/database.h"
#include "vault/os/file.h"

namespace custos::vault {

struct Scratch {
    struct Started {
        Started() { start_crypto(); }
    } started;  // first: the next members need it
    Path directory =
        std::filesystem::temp_directory_path() / ("custos-" + crypto::hex(crypto::random_bytes(8)));
    Path path = directory / "vault.db";
    crypto::DerivedKey key = crypto::DerivedKey::random();
    std::array<std::uint8_t, kDatabaseSaltSize> salt = crypto::random_array<kDatabaseSaltSize>();

    Scratch() { make_directory(directory); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(directory); }

    Database open(Database::Mode mode) const { return Database::open(path, key, salt, mode); }
    Database create() const { return open(Database::Mode::create); }
    Database reopen() const { return open(Database::Mode::read_write); }
};

// The code of the Error that `act` throws; nothing when it throws none.
template <class Act>
std::optional<ErrorCode> failure_of(Act&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

inline std::int64_t number(Database& database, const char* sql) {
    Query query(database, sql);
    query.step();
    return query.integer(0);
}

}  // namespace custos::vault
