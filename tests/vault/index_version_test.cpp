// SPDX-License-Identifier: GPL-3.0-or-later
// An index of another version: made again from the log, all or nothing; a newer one is refused.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "tests/vault/open_vault.h"
#include "vault/records/definitions.h"
#include "vault/records/store.h"
#include "vault/replay.h"
#include "vault/tables.h"

namespace custos::vault {

namespace {

using nlohmann::json;

// A vault with a record of each of some kinds; what is done to its database is kept.
class OldVault {
public:
    OldVault() {
        Vault vault = make_.create();
        Change change(vault);
        incident_ =
            create_record(change, Kind::incident, {{"title", "One"}, {"date", "2019-12-22"}});
        create_record(change, Kind::act, {{"incident", to_text(incident_)}, {"type", "abduction"}});
        define(change, "query", "mine", {{"where", "title~one"}});
        change.commit();
    }

    Vault open(Access access) { return make_.open(access); }
    void spoil(const char* sql) { open(Access::write).database().execute(sql); }
    const RecordId& incident() const { return incident_; }

    void require_up_to_date() {
        Vault vault = open(Access::read);
        Database rebuilt = empty_index();
        replay(vault.log(), rebuilt);
        REQUIRE(compare_indexes(vault.database(), rebuilt) == std::vector<std::string>{});
        REQUIRE(vault.database().user_version() == (std::int64_t{kIndexVersion} << 16 | 1));
    }

private:
    VaultFixture make_;
    RecordId incident_;
};

// As the first release left it: another shape, tables that nobody knows any more, version 1.
constexpr const char* kAsReleased =
    "DROP TABLE definition; CREATE TABLE old (x); DELETE FROM record; DELETE FROM reference;"
    "PRAGMA user_version = 1";

}  // namespace

TEST_CASE("an older index is made again from the log, for readers too", "[vault][index]") {
    for (const Access access : {Access::read, Access::write}) {
        OldVault old;
        old.spoil(kAsReleased);
        {
            const Vault vault = old.open(access);
            CHECK(get_record(vault, old.incident()).fields.at("title") == "One");
            CHECK(definitions(vault, "query").size() == 1);
            Query query(vault.database(), "SELECT count(*) FROM sqlite_schema WHERE name = 'old'");
            query.bind().step();
            CHECK(query.integer(0) == 0);
        }
        old.require_up_to_date();
    }
}

TEST_CASE("a log that does not verify gives no new index", "[vault][index]") {
    OldVault old;
    old.spoil(
        "UPDATE log_entry SET body = CAST(replace(CAST(body AS TEXT), 'One', 'Won') AS BLOB)");
    old.spoil(kAsReleased);
    CHECK(failure_of([&] { (void)old.open(Access::write); }) == ErrorCode::integrity);
    CHECK(failure_of([&] { (void)old.open(Access::read); }) == ErrorCode::integrity);
}

TEST_CASE("an index that another process is reading is not made again", "[vault][index]") {
    OldVault old;
    const Vault reader = old.open(Access::read);
    reader.database().execute("PRAGMA query_only = OFF");
    reader.database().execute(kAsReleased);
    CHECK(failure_of([&] { (void)old.open(Access::read); }) == ErrorCode::busy);
}

TEST_CASE("a newer index is refused and left alone", "[vault][index]") {
    OldVault old;
    const std::int64_t newer = std::int64_t{kIndexVersion + 1} << 16 | 1;
    old.spoil(("PRAGMA user_version = " + std::to_string(newer)).c_str());
    CHECK(failure_of([&] { (void)old.open(Access::read); }) == ErrorCode::failed);
    CHECK(failure_of([&] { (void)old.open(Access::write); }) == ErrorCode::failed);
}

TEST_CASE("definitions: the newest value of a name counts, null takes it back", "[vault][index]") {
    OldVault old;
    {
        Vault vault = old.open(Access::write);
        Change change(vault);
        define(change, "query", "mine", {{"where", "title~two"}});
        define(change, "query", "other", "text");
        define(change, "field", "mine", 7);
        CHECK(failure_of([&] { define(change, "query", "", 1); }) == ErrorCode::usage);
        CHECK(failure_of([&] { define(change, "query", std::string(201, 'x'), 1); }) ==
              ErrorCode::usage);
        change.commit();
    }
    {
        Vault vault = old.open(Access::write);
        const auto queries = definitions(vault, "query");
        REQUIRE(queries.size() == 2);
        CHECK(queries[0].name == "mine");
        CHECK(queries[0].value.at("where") == "title~two");
        CHECK(find_definition(vault, "field", "mine") == json(7));
        Change change(vault);
        define(change, "query", "mine", nullptr);
        change.commit();
        CHECK_FALSE(find_definition(vault, "query", "mine"));
        CHECK(definitions(vault, "query").size() == 1);
    }
    old.require_up_to_date();
}

}  // namespace custos::vault
