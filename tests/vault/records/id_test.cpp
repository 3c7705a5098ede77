// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/id.h"

#include <set>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault {

TEST_CASE("id texts come back as the same id, for every kind", "[records][id]") {
    for (const KindRow& row : kKinds) {
        for (int i = 0; i < 200; ++i) {
            const RecordId id = random_id(row.kind);
            const std::string text = to_text(id);
            REQUIRE(text.size() == 28);
            REQUIRE(text[0] == row.prefix);
            REQUIRE(parse_id(text) == id);
        }
    }
    const RecordId ones{
        Kind::testimony,
        {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}};
    CHECK(to_text(ones) == "T-ZZZZZZZZZZZZZZZZZZZZZZZZZW");
    CHECK(parse_id("T-ZZZZZZZZZZZZZZZZZZZZZZZZZW") == ones);
}

TEST_CASE("parse_id takes nothing but what to_text writes", "[records][id]") {
    const std::string good = to_text(random_id(Kind::person));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = good;
            changed[at] = static_cast<char>(byte);
            const auto parsed = parse_id(changed);
            if (parsed) REQUIRE(to_text(*parsed) == changed);
        }
    }
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE_FALSE(parse_id(good.substr(0, size)));
    CHECK_FALSE(parse_id(good + "0"));
    CHECK_FALSE(parse_id("T-ZZZZZZZZZZZZZZZZZZZZZZZZZZ"));  // two bits that no id has
    CHECK_FALSE(parse_id("p" + good.substr(1)));
}

TEST_CASE("parse_id_query takes what people type for the beginning of an id", "[records][id]") {
    CHECK(parse_id_query("t-7k3qd") == IdQuery{Kind::testimony, "7K3QD"});
    CHECK(parse_id_query("T-7") == IdQuery{Kind::testimony, "7"});
    CHECK(parse_id_query("p-oil") == IdQuery{Kind::person, "011"});
    for (const char* text :
         {"", "T", "T-", "T7K3QD", "X-7K3QD", "T-7K U", "T-!", "-7K3QD", "T--7", "T-U"}) {
        CHECK_FALSE(parse_id_query(text));
    }
    CHECK(parse_id_query("T-" + std::string(26, '0')));
    CHECK_FALSE(parse_id_query("T-" + std::string(27, '0')));
}

TEST_CASE("id queries match every beginning of an id and no other", "[records][id]") {
    const RecordId id = random_id(Kind::incident);
    const std::string digits = digits_of(id);
    for (std::size_t size = 1; size <= digits.size(); ++size) {
        CHECK(IdQuery{Kind::incident, digits.substr(0, size)}.matches(id));
        CHECK_FALSE(IdQuery{Kind::act, digits.substr(0, size)}.matches(id));
        CHECK(code_text(id, size) == "I-" + digits.substr(0, size));
        std::string other = digits.substr(0, size);
        other.back() = other.back() == '0' ? '1' : '0';
        CHECK_FALSE(IdQuery{Kind::incident, other}.matches(id));
    }
}

TEST_CASE("kinds are found by name, plural and prefix, and a wrong name says which is near",
          "[records][id]") {
    for (const KindRow& row : kKinds) {
        CHECK(kind_named(row.name) == row.kind);
        CHECK(kind_named(row.plural) == row.kind);
        CHECK(kind_with_prefix(row.prefix) == row.kind);
        CHECK(name_of(row.kind) == row.name);
    }
    CHECK_FALSE(kind_named("persn"));
    CHECK_FALSE(kind_with_prefix('X'));
    try {
        (void)require_kind("testimoney");
        FAIL("taken");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        CHECK(error.hint() == "did you mean testimony?");
    }
}

TEST_CASE("kind sets name what they hold", "[records][id]") {
    CHECK(to_text(KindSet{Kind::person}) == "person");
    CHECK(to_text(KindSet{Kind::exhibit, Kind::person}) == "person or exhibit");
    CHECK(to_text(KindSet::all()) == "record");
}

}  // namespace custos::vault
