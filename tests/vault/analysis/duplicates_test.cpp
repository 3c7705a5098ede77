// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/duplicates.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/analysis/likeness.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

json named(const std::string& name) { return {{"names", {{{"text", name}}}}}; }

double persons(const json& a, const json& b) {
    NameReader reader;
    const PersonSigns left = signs_of(reader, a);
    const PersonSigns right = signs_of(reader, b);
    const double score = likeness_of(left, right).score;
    CHECK(score == likeness_of(right, left).score);
    return score;
}

bool alike(const std::string& a, const std::string& b) {
    return persons(named(a), named(b)) >= kLikenessLeast;
}

RecordId add(Vault& vault, Kind kind, const json& fields) {
    Change change(vault);
    const RecordId id = create_record(change, kind, fields);
    change.commit();
    return id;
}

}  // namespace

TEST_CASE("letters_apart counts changes, and swaps once", "[analysis][duplicates]") {
    CHECK(letters_apart("dara", "dara", 2) == 0);
    CHECK(letters_apart("dara", "dar", 2) == 1);
    CHECK(letters_apart("dara", "daar", 2) == 1);
    CHECK(letters_apart("dara", "vuthy", 2) == 3);
    CHECK(letters_apart("", "ab", 2) == 2);
}

TEST_CASE("names are alike across order, spelling and script, and not by one common part",
          "[analysis][duplicates]") {
    CHECK(alike("Sok Dara", "dara SOK"));
    CHECK(alike("Sok Dara", "Sokh Tara"));
    CHECK(alike("Sok Dara", "សុខ ដារា"));
    CHECK(alike("Sok Dara", "Sok Chan Dara"));
    CHECK(alike("Vannak", "Vannak"));
    CHECK_FALSE(alike("Sok Dara", "Sok Vannak"));
    CHECK_FALSE(alike("Sok", "Sok Vannak"));
    CHECK_FALSE(alike("Li", "Lee"));
    CHECK_FALSE(alike("Sok Dara", "Chea Vannak"));
}

TEST_CASE("what contradicts makes persons less alike", "[analysis][duplicates]") {
    json a = named("Sok Dara");
    json b = named("Sok Dara");
    const double before = persons(a, b);
    a["born"] = "1950";
    b["born"] = "1990";
    CHECK(persons(a, b) < before);
    CHECK(persons(a, b) < kLikenessLeast);
    b["born"] = "1951";
    CHECK(persons(a, b) == before);
    b["born"] = "1950";
    CHECK(persons(a, b) > before);
}

TEST_CASE("lookalikes are told from the whole vault and change with it", "[analysis][duplicates]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    const RecordId first = add(vault, Kind::person, named("Sok Dara"));
    for (int i = 0; i < 20; ++i)
        add(vault, Kind::person,
            named("Other" + std::string(1, static_cast<char>('a' + i)) + " Name"));
    const RecordId second = add(vault, Kind::person, named("Dara Sokh"));

    auto lookalikes = lookalikes_of(vault, second);
    REQUIRE(lookalikes.size() == 1);
    CHECK(lookalikes[0].id == first);

    Change change(vault);
    revise_record(change, first, named("Chea Vannak"));
    change.commit();
    CHECK(lookalikes_of(vault, second).empty());

    Change again(vault);
    revise_record(again, first, named("Sok Dara"));
    trash_record(again, first);
    again.commit();
    CHECK(lookalikes_of(vault, second).empty());
}

TEST_CASE("a name that everybody has costs no more than its bound", "[analysis][duplicates]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    Change change(vault);
    for (int i = 0; i < 600; ++i) create_record(change, Kind::person, named("Sok Dara"));
    const RecordId last = create_record(change, Kind::person, named("Sok Dara"));
    change.commit();

    CHECK(lookalikes_of(vault, last).size() == kLookalikesMax);
    const LookalikePairs pairs = all_lookalikes(vault, Kind::person, 10);
    CHECK(pairs.pairs.empty());
    CHECK(pairs.unseen == 601);
}

}  // namespace custos::vault::analysis
