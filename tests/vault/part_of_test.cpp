// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/part_of.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Parts : VaultFixture {
    Vault vault = create();

    RecordId incident(const json& more = json::object()) {
        json fields = {{"title", "x"}};
        fields.update(more);
        Change change(vault);
        const RecordId id = create_record(change, Kind::incident, fields);
        change.commit();
        return id;
    }
    ErrorCode revise(const RecordId& id, const RecordId& whole) {
        return failure_of([&] {
            Change change(vault);
            (void)revise_record(change, id, {{"title", "x"}, {"part_of", to_text(whole)}});
            change.commit();
        });
    }
    ErrorCode link(const RecordId& part, const RecordId& whole, const char* role = "part_of") {
        return failure_of([&] {
            Change change(vault);
            link_records(change, part, role, whole);
            change.commit();
        });
    }
};

constexpr ErrorCode kDone = ErrorCode::interrupted;  // failure_of() for what did not fail

}  // namespace

TEST_CASE_METHOD(Parts, "nothing is part of itself, by fields or links or both", "[records]") {
    const RecordId a = incident();
    const RecordId b = incident({{"part_of", to_text(a)}});
    const RecordId c = incident({{"part_of", to_text(b)}});

    CHECK(revise(a, a) == ErrorCode::usage);
    CHECK(revise(a, b) == ErrorCode::usage);
    CHECK(revise(a, c) == ErrorCode::usage);
    CHECK(link(a, a) == ErrorCode::usage);
    CHECK(link(a, c) == ErrorCode::usage);
    CHECK(get_record(vault, a).fields == json{{"title", "x"}});

    CHECK(link(a, c, "related_to") == kDone);
    CHECK(revise(c, a) == kDone);  // a tree, by another way
    CHECK(link(b, a) == kDone);
    CHECK(revise(a, incident()) == kDone);
}

TEST_CASE_METHOD(Parts, "a circle is told with the way round", "[records]") {
    const RecordId a = incident();
    const RecordId b = incident({{"part_of", to_text(a)}});
    Change change(vault);
    try {
        link_records(change, a, "part_of", b);
        FAIL("taken");
    } catch (const Error& error) {
        const std::string round = code_of(vault, a) + " is part of " + code_of(vault, b) +
                                  " is part of " + code_of(vault, a);
        CHECK(error.what() == "nothing can be part of itself: " + round);
    }
}

TEST_CASE_METHOD(Parts, "a circle of records that are still to come is found at the last",
                 "[records]") {
    const RecordId a = random_id(Kind::incident);
    const RecordId b = random_id(Kind::incident);
    const RecordSet coming = {a, b};
    Change change(vault);
    (void)create_record(change, Kind::incident, {{"title", "x"}, {"part_of", to_text(b)}}, a,
                        &coming);
    CHECK_THROWS_AS(create_record(change, Kind::incident, {{"title", "x"}, {"part_of", to_text(a)}},
                                  b, &coming),
                    Error);
}

}  // namespace custos::vault
