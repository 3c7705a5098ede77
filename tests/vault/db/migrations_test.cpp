// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/migrations.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/db/scratch.h"

namespace custos::vault {

TEST_CASE("migrate runs the missing steps only, once", "[vault][db]") {
    Database database = Database::in_memory();
    const std::array first = {"CREATE TABLE a(x); INSERT INTO a VALUES (1)"};
    const std::array both = {first[0], "CREATE TABLE b(x); INSERT INTO b SELECT x + 1 FROM a"};
    migrate(database, first);
    CHECK(database.user_version() == 1);
    CHECK(failure_of([&] { require_version(database, both.size()); }) == ErrorCode::failed);
    for (int round = 0; round < 2; ++round) {
        migrate(database, both);
        CHECK(database.user_version() == 2);
        CHECK(number(database, "SELECT sum(x) FROM b") == 2);
    }
    require_version(database, both.size());
}

TEST_CASE("migrate leaves a database of a newer version alone", "[vault][db]") {
    Database database = Database::in_memory();
    const std::array steps = {"CREATE TABLE a(x)"};
    for (const char* version : {"PRAGMA user_version = 2", "PRAGMA user_version = -1"}) {
        database.execute(version);
        CHECK(failure_of([&] { migrate(database, steps); }) == ErrorCode::failed);
        CHECK(failure_of([&] { require_version(database, 1); }) == ErrorCode::failed);
        CHECK(number(database, "SELECT count(*) FROM sqlite_schema") == 0);
    }
}

TEST_CASE("migrate does all steps or none", "[vault][db]") {
    Database database = Database::in_memory();
    const std::array steps = {"CREATE TABLE a(x)", "CREATE TABLE a(x)"};
    CHECK(failure_of([&] { migrate(database, steps); }) == ErrorCode::failed);
    CHECK(database.user_version() == 0);
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema") == 0);
}

}  // namespace custos::vault
