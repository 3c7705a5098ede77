// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/database.h"

#include <limits>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/db/scratch.h"

namespace custos::vault {

using Mode = Database::Mode;

TEST_CASE("database keeps what was committed and opens with its own key and salt only",
          "[vault][db]") {
    const Scratch scratch;
    {
        Database database = scratch.create();
        database.execute("CREATE TABLE t(a)");
        database.run("INSERT INTO t VALUES (?)", "kept");
        database.close();
    }

    Database database = scratch.reopen();
    Query query(database, "SELECT a FROM t");
    REQUIRE(query.step());
    CHECK(query.text(0) == "kept");
    CHECK_FALSE(query.step());
    CHECK_FALSE(query.step());

    const auto other_key = crypto::DerivedKey::random();
    const auto other_salt = crypto::random_array<kDatabaseSaltSize>();
    CHECK(failure_of([&] {
              Database::open(scratch.path, other_key, scratch.salt, Mode::read_write);
          }) == ErrorCode::integrity);
    CHECK(failure_of([&] {
              Database::open(scratch.path, scratch.key, other_salt, Mode::read_write);
          }) == ErrorCode::integrity);
}

TEST_CASE("database refuses to make a file over another and to open none", "[vault][db]") {
    const Scratch scratch;
    CHECK(failure_of([&] { scratch.reopen(); }) == ErrorCode::not_found);
    CHECK(failure_of([&] { scratch.open(Mode::read_only); }) == ErrorCode::not_found);
    scratch.create();
    CHECK(failure_of([&] { scratch.create(); }) == ErrorCode::conflict);
}

TEST_CASE("database opened for reading refuses to write", "[vault][db]") {
    const Scratch scratch;
    scratch.create().execute("CREATE TABLE t(a)");
    Database database = scratch.open(Mode::read_only);
    CHECK(number(database, "SELECT count(*) FROM t") == 0);
    CHECK(failure_of([&] { database.run("INSERT INTO t VALUES (1)"); }) == ErrorCode::failed);
}

TEST_CASE("database gives back every kind of value as it was", "[vault][db]") {
    Database database = Database::in_memory();
    database.execute("CREATE TABLE t(a, b, c, d, e, f, g)");
    const std::optional<std::string> none;
    const std::array<std::uint8_t, 3> blob{0, 255, 7};
    database.run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)",
                 std::numeric_limits<std::int64_t>::min(), std::string("a\0b", 3), blob, ByteView{},
                 std::string_view{}, none, true);

    Query query(database, "SELECT * FROM t");
    REQUIRE(query.step());
    CHECK(query.integer(0) == std::numeric_limits<std::int64_t>::min());
    CHECK(query.text(1) == std::string_view("a\0b", 3));
    CHECK(to_bytes(query.blob(2)) == Bytes{0, 255, 7});
    CHECK_FALSE(query.is_null(3));
    CHECK(query.blob(3).empty());
    CHECK_FALSE(query.is_null(4));
    CHECK(query.is_null(5));
    CHECK(query.integer(6) == 1);

    CHECK(failure_of([&] {
              database.run("INSERT INTO t(a) VALUES (?)", std::uint64_t{1} << 63U);
          }) == ErrorCode::usage);
}

TEST_CASE("query refuses another number of values than it has places", "[vault][db]") {
    Database database = Database::in_memory();
    Query query(database, "SELECT ?, ?");
    CHECK(failure_of([&] { query.bind(1); }) == ErrorCode::failed);
    CHECK(failure_of([&] { query.bind(1, 2, 3); }) == ErrorCode::failed);
    CHECK(query.bind(1, 2).step());
}

TEST_CASE("query can be used twice at once and again after its end", "[vault][db]") {
    Database database = Database::in_memory();
    const char* const sql = "SELECT ?";
    for (int round = 0; round < 3; ++round) {
        Query first(database, sql);
        Query second(database, sql);
        first.bind(1);
        second.bind(2);
        REQUIRE(first.step());
        REQUIRE(second.step());
        CHECK(first.integer(0) == 1);
        CHECK(second.integer(0) == 2);
        first.bind(3);
        REQUIRE(first.step());
        CHECK(first.integer(0) == 3);
    }
    Query fresh(database, sql);
    REQUIRE(fresh.bind(nullptr).step());
    CHECK(fresh.is_null(0));
}

TEST_CASE("query takes one statement only", "[vault][db]") {
    Database database = Database::in_memory();
    CHECK(failure_of([&] { Query(database, "SELECT 1; SELECT 2"); }) == ErrorCode::failed);
    CHECK(failure_of([&] { Query(database, ""); }) == ErrorCode::failed);
    CHECK(failure_of([&] { Query(database, "SELEC 1"); }) == ErrorCode::failed);
    CHECK_FALSE(failure_of([&] { Query(database, "SELECT 1;\n"); }));
}

TEST_CASE("transaction is undone unless committed", "[vault][db]") {
    const Scratch scratch;
    Database database = scratch.create();
    database.execute("CREATE TABLE t(a)");
    try {
        Transaction transaction(database);
        database.run("INSERT INTO t VALUES (1)");
        CHECK(database.in_transaction());
        throw std::runtime_error("something went wrong");
    } catch (const std::runtime_error&) {
        CHECK_FALSE(database.in_transaction());
    }
    CHECK(number(database, "SELECT count(*) FROM t") == 0);

    Transaction transaction(database);
    database.run("INSERT INTO t VALUES (2)");
    transaction.commit();
    CHECK(database.changes() == 1);
    CHECK(database.last_row_id() == 1);

    Database again = scratch.reopen();
    CHECK(number(again, "SELECT a FROM t") == 2);
}

TEST_CASE("transaction of a second writer is refused while one is open", "[vault][db]") {
    const Scratch scratch;
    Database database = scratch.create();
    Database second = scratch.reopen();
    const Transaction transaction(database);
    CHECK(failure_of([&] { Transaction refused(second); }) == ErrorCode::busy);
}

TEST_CASE("database that cannot grow says no_space and keeps its state", "[vault][db]") {
    const Scratch scratch;
    Database database = scratch.create();
    database.execute("CREATE TABLE t(a)");
    database.execute("PRAGMA max_page_count = 8");
    const auto fill = [&] {
        Transaction transaction(database);
        for (int row = 0; row < 100; ++row) database.run("INSERT INTO t VALUES (?)", Bytes(1000));
        transaction.commit();
    };
    CHECK(failure_of(fill) == ErrorCode::no_space);
    CHECK_FALSE(database.in_transaction());
    CHECK(number(database, "SELECT count(*) FROM t") == 0);
    CHECK(database.findings().empty());
}

TEST_CASE("database refuses a value one past its limit", "[vault][db]") {
    Database database = Database::in_memory();
    database.execute("CREATE TABLE t(a)");
    CHECK(failure_of([&] { database.run("INSERT INTO t VALUES (?)", Bytes(kValueSizeMax + 1)); }) ==
          ErrorCode::usage);
    CHECK_FALSE(
        failure_of([&] { database.run("INSERT INTO t VALUES (?)", Bytes(kValueSizeMax - 100)); }));
}

TEST_CASE("database names an existing key a conflict and a broken rule a failure", "[vault][db]") {
    Database database = Database::in_memory();
    database.execute("CREATE TABLE t(a TEXT PRIMARY KEY, b TEXT NOT NULL) STRICT");
    database.run("INSERT INTO t VALUES ('x', 'y')");
    CHECK(failure_of([&] { database.run("INSERT INTO t VALUES ('x', 'z')"); }) ==
          ErrorCode::conflict);
    CHECK(failure_of([&] { database.run("INSERT INTO t VALUES ('a', NULL)"); }) ==
          ErrorCode::failed);
}

TEST_CASE("database offers no way to other files or to code", "[vault][db]") {
    const Scratch scratch;
    Database database = scratch.create();
    const auto fails = [&](const char* sql) {
        return failure_of([&] { database.execute(sql); }).has_value();
    };
    CHECK(fails("ATTACH ':memory:' AS other"));
    CHECK(fails("ATTACH '/tmp/other.db' AS other"));
    CHECK(fails("SELECT load_extension('other')"));
    CHECK(fails("SELECT \"text in double quotes\""));
    CHECK(fails("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES (1, 2, 3, 4, 5)"));
}

TEST_CASE("database settings are the ones that the format asks for", "[vault][db]") {
    const Scratch scratch;
    Database database = scratch.create();
    const auto text = [&](const char* sql) {
        Query query(database, sql);
        return query.step() ? std::string(query.text(0)) : std::string();
    };
    CHECK(text("PRAGMA journal_mode") == "delete");
    CHECK(text("PRAGMA synchronous") == "3");
    CHECK(text("PRAGMA page_size") == "4096");
    CHECK(text("PRAGMA temp_store") == "2");
    CHECK(text("PRAGMA foreign_keys") == "1");
    CHECK(text("PRAGMA trusted_schema") == "0");
    CHECK(text("PRAGMA cell_size_check") == "1");
    CHECK(text("PRAGMA mmap_size") == "0");
    CHECK(text("PRAGMA secure_delete") == "1");
    CHECK(text("PRAGMA cipher_hmac_algorithm") == "HMAC_SHA512");
    CHECK(text("PRAGMA cipher_use_hmac") == "1");
    CHECK(text("PRAGMA cipher_memory_security") == "0");
}

TEST_CASE("database file and journal hold no text that was stored", "[vault][db]") {
    const Scratch scratch;
    const std::string canary = "canary-" + crypto::hex(crypto::random_bytes(24));
    const auto found_in = [&](const Path& path) {
        return to_string(read_file(path, 1 << 24)).find(canary) != std::string::npos;
    };
    Database database = scratch.create();
    database.execute("CREATE TABLE t(a); CREATE INDEX i ON t(a)");
    for (int row = 0; row < 50; ++row)
        database.run("INSERT INTO t VALUES (?)", canary + std::to_string(row));
    {
        Transaction transaction(database);
        database.execute("PRAGMA cache_size = 1");  // spills, so that the journal is really written
        database.run("UPDATE t SET a = a || ?", canary);
        const Path journal = scratch.path.string() + "-journal";
        REQUIRE(std::filesystem::file_size(journal) > 512);
        CHECK_FALSE(found_in(journal));
        transaction.commit();
        CHECK_FALSE(std::filesystem::exists(journal));
    }
    database.close();

    const std::string file = to_string(read_file(scratch.path, 1 << 24));
    CHECK(file.find(canary) == std::string::npos);
    CHECK(file.find("SQLite format") == std::string::npos);
    CHECK(file.find("CREATE TABLE") == std::string::npos);
    CHECK(file.substr(0, kDatabaseSaltSize) == text_of(scratch.salt));
    CHECK((std::filesystem::status(scratch.path).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("database rolls back a journal left by a crash and says that it was there",
          "[vault][db]") {
    const Scratch scratch;
    const Path copy = scratch.directory / "copy";
    make_directory(copy);
    {
        Database database = scratch.create();
        database.execute("CREATE TABLE t(a); INSERT INTO t VALUES (zeroblob(100000))");
        CHECK_FALSE(database.found_journal());
        const Transaction transaction(database);
        database.execute("PRAGMA cache_size = 1; UPDATE t SET a = randomblob(100000)");
        for (const char* name : {"vault.db", "vault.db-journal"}) {
            std::filesystem::copy_file(scratch.directory / name, copy / name);
        }
    }
    for (const Mode mode : {Mode::read_only, Mode::read_write}) {
        INFO("mode " << static_cast<int>(mode));
        const Path here = scratch.directory / ("crashed" + std::to_string(static_cast<int>(mode)));
        std::filesystem::copy(copy, here);
        Database crashed = Database::open(here / "vault.db", scratch.key, scratch.salt, mode);
        CHECK(crashed.found_journal());
        CHECK(number(crashed, "SELECT a = zeroblob(100000) FROM t") == 1);
        CHECK(crashed.findings().empty());
    }
}

TEST_CASE("database refuses a write-ahead log that somebody put beside it", "[vault][db]") {
    const Scratch scratch;
    scratch.create().execute("CREATE TABLE t(a)");
    write_new_file(scratch.path.string() + "-wal", bytes_of("anything"));
    CHECK(failure_of([&] { scratch.reopen(); }) == ErrorCode::integrity);
}

TEST_CASE("database refuses to follow a symbolic link in its own name", "[vault][db]") {
    const Scratch scratch;
    scratch.create().execute("CREATE TABLE t(a)");
    const Path link = scratch.directory / "link.db";
    std::filesystem::create_symlink(scratch.path, link);
    CHECK(failure_of([&] { Database::open(link, scratch.key, scratch.salt, Mode::read_write); }));
}

TEST_CASE("database closed while a query holds it reports that", "[vault][db]") {
    Database database = Database::in_memory();
    {
        const Query query(database, "SELECT 1");
        CHECK(failure_of([&] { database.close(); }) == ErrorCode::busy);
    }
    CHECK_FALSE(failure_of([&] { database.close(); }));
}

}  // namespace custos::vault
