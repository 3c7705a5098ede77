// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/log/log.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/checkpoint.h"
#include "crypto/error.h"

namespace custos::vault {
namespace {

struct Fixture {
    Database database = Database::in_memory();
    VaultId id{1, 2, 3};
    crypto::SigningSeed seed = crypto::SigningSeed::random();
    AuthorId author = author_id_of(crypto::verify_key_of(seed));

    Fixture() { database.execute(kLogTables); }

    // `count` entries in one sealed transaction.
    std::string add(Log& log, int count) {
        Transaction transaction(database);
        for (int i = 0; i < count; ++i) {
            log.append(transaction, author, 1000 + i,
                       {Verb::create, "T-1", {}, to_bytes(bytes_of("{}"))});
        }
        std::string note = log.seal(transaction, seed);
        transaction.commit();
        return note;
    }
};

}  // namespace

TEST_CASE("log seals a transaction with a checkpoint that its author's key signed",
          "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    const std::string note = fixture.add(log, 3);

    const crypto::NoteKey key{log.origin(), crypto::verify_key_of(fixture.seed)};
    const auto checkpoint = crypto::open_checkpoint(note, std::span(&key, 1));
    REQUIRE(checkpoint);
    CHECK(checkpoint->size == 3);
    CHECK(checkpoint->root == crypto::root_of(log.leaves(3)));
    CHECK(checkpoint->head() == log.head());
    CHECK(log.newest_checkpoint() == note);
}

TEST_CASE("log goes on where it stopped when it is opened again", "[vault][log]") {
    Fixture fixture;
    for (int round = 1; round <= 20; ++round) {
        Log log(fixture.database, fixture.id);
        fixture.add(log, round);
        REQUIRE(log.head().root == crypto::root_of(log.leaves(log.head().size)));
    }
}

TEST_CASE("log forgets what was rolled back", "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    fixture.add(log, 2);
    const Head before = log.head();
    {
        Transaction transaction(fixture.database);
        log.append(transaction, fixture.author, 5, {Verb::trash, "T-1", {}, {}});
    }
    log.forget_unsaved();
    CHECK(log.head() == before);
    CHECK_THROWS_AS(log.at(2), Error);
}

TEST_CASE("log keeps its root when a body is erased, and the body is gone", "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    fixture.add(log, 5);
    const Head before = log.head();
    {
        Transaction transaction(fixture.database);
        log.erase_body(transaction, 3);
        transaction.commit();
    }
    CHECK(crypto::root_of(log.leaves(5)) == before.root);
    CHECK_FALSE(log.at(3).body);
    CHECK_FALSE(log.at(3).salt);
    CHECK(log.at(2).body);
}

TEST_CASE("log salts equal bodies apart", "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    fixture.add(log, 2);
    const auto first = decode_entry(log.at(0).entry);
    const auto second = decode_entry(log.at(1).entry);
    REQUIRE((first && second));
    CHECK(first->body != second->body);
    CHECK(body_digest(*log.at(0).salt, *log.at(0).body) == first->body);
}

TEST_CASE("log refuses a body one byte over its limit", "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    Transaction transaction(fixture.database);
    CHECK_NOTHROW(
        log.append(transaction, fixture.author, 1, {Verb::create, "T-1", {}, Bytes(kBodySizeMax)}));
    CHECK_THROWS_AS(log.append(transaction, fixture.author, 1,
                               {Verb::create, "T-1", {}, Bytes(kBodySizeMax + 1)}),
                    Error);
}

TEST_CASE("log notices a missing row", "[vault][log]") {
    Fixture fixture;
    Log log(fixture.database, fixture.id);
    fixture.add(log, 4);
    fixture.database.execute("DELETE FROM log_entry WHERE idx = 1");
    CHECK_THROWS_AS(log.leaves(4), Error);
    CHECK_THROWS_AS(log.each(0, 4, [](std::uint64_t, const StoredEntry&) {}), Error);
}

}  // namespace custos::vault
