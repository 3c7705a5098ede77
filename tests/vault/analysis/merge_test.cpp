// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/merge.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/analysis/snapshot.h"
#include "tests/vault/open_vault.h"
#include "vault/records/combine.h"

namespace custos::vault {
namespace {

using nlohmann::json;

RecordId add(Vault& vault, Kind kind, const json& fields) {
    Change change(vault);
    const RecordId id = create_record(change, kind, fields);
    change.commit();
    return id;
}

void link(Vault& vault, const RecordId& from, const char* role, const RecordId& to) {
    Change change(vault);
    link_records(change, from, role, to);
    change.commit();
}

Merged merge(Vault& vault, const RecordId& kept, const RecordId& other,
             const std::set<std::string>& take = {}) {
    Change change(vault);
    Merged merged = merge_records(change, kept, other, take);
    change.commit();
    return merged;
}

Unmerged unmerge(Vault& vault, const RecordId& other) {
    Change change(vault);
    Unmerged result = unmerge_record(change, other);
    change.commit();
    return result;
}

// Two records of one person, and records that speak of each.
struct TwoRecords : VaultFixture {
    Vault vault = create();
    RecordId kept = add(vault, Kind::person,
                        {{"names", {{{"text", "Sok Dara"}, {"kind", "legal"}}}},
                         {"protection", "P1"},
                         {"country", "KH"},
                         {"notes", "one"}});
    RecordId other = add(vault, Kind::person,
                         {{"names", {{{"text", "សុខ ដារា"}, {"language", "km"}}}},
                          {"aliases", {"Bong Ra"}},
                          {"identifiers", {{{"type", "passport"}, {"number", "N1"}}}},
                          {"protection", "P3"},
                          {"country", "TH"},
                          {"notes", "two"}});
    RecordId act = add(vault, Kind::act, {{"type", "abduction"}, {"victim", to_text(other)}});
    RecordId testimony = add(vault, Kind::testimony, {{"title", "t"}, {"witness", to_text(other)}});
};

}  // namespace

TEST_CASE("merge gives the kept person what the other has beyond it", "[merge]") {
    TwoRecords two;

    const Merged merged = merge(two.vault, two.kept, two.other);

    const json fields = get_record(two.vault, two.kept).fields;
    CHECK(fields["names"].size() == 2);
    CHECK(fields["aliases"] == json{"Bong Ra"});
    CHECK(fields["identifiers"][0]["number"] == "N1");
    CHECK(fields["protection"] == "P3");
    CHECK(fields["notes"] == "one\n\ntwo");
    CHECK(fields["country"] == "KH");
    REQUIRE(merged.conflicts.size() == 1);
    CHECK(merged.conflicts[0].field == "country");
    CHECK(merged.conflicts[0].other == "TH");
}

TEST_CASE("merge takes the fields of the other that are asked for", "[merge]") {
    TwoRecords two;

    const Merged merged = merge(two.vault, two.kept, two.other, {"country", "protection"});

    CHECK(merged.conflicts.empty());
    CHECK(get_record(two.vault, two.kept).fields["country"] == "TH");
    CHECK(get_record(two.vault, two.kept).fields["protection"] == "P3");
}

TEST_CASE("merge moves every reference and link, those in the trash too", "[merge]") {
    TwoRecords two;
    const RecordId friend_ = add(two.vault, Kind::person, {{"role", "friend"}});
    link(two.vault, friend_, "friend_of", two.other);
    link(two.vault, two.other, "member_of", friend_);
    Change change(two.vault);
    trash_record(change, two.testimony);
    change.commit();

    const Merged merged = merge(two.vault, two.kept, two.other);

    CHECK(merged.changed.size() == 3);
    CHECK(get_record(two.vault, two.act).fields["victim"] == to_text(two.kept));
    CHECK(get_record(two.vault, two.testimony).fields["witness"] == to_text(two.kept));
    CHECK(get_record(two.vault, two.testimony).state == State::trashed);
    CHECK(get_record(two.vault, friend_).links[0].to == two.kept);
    CHECK(get_record(two.vault, two.kept).links[0].to == friend_);
    CHECK(get_record(two.vault, two.act, 1).fields["victim"] == to_text(two.other));
}

TEST_CASE("a merged record says where it went and cannot be changed", "[merge]") {
    TwoRecords two;
    const RecordId third = add(two.vault, Kind::person, {{"role", "third"}});
    merge(two.vault, two.kept, two.other);

    CHECK(get_record(two.vault, two.other).state == State::merged);
    CHECK(merged_into(two.vault, two.other) == two.kept);
    CHECK(merged_from(two.vault, two.kept) == std::vector{two.other});
    CHECK_FALSE(merged_into(two.vault, two.kept));
    CHECK(record_json(two.vault, get_record(two.vault, two.other))["merged_into"] ==
          code_of(two.vault, two.kept));
    CHECK(failure_of([&] {
              Change change(two.vault);
              revise_record(change, two.other, {{"role", "x"}});
          }) == ErrorCode::refused);

    merge(two.vault, third, two.kept);
    CHECK(merged_into(two.vault, two.other) == third);
    CHECK(failure_of([&] { unmerge(two.vault, two.other); }) == ErrorCode::refused);
    unmerge(two.vault, two.kept);
    unmerge(two.vault, two.other);
    CHECK(get_record(two.vault, two.act).fields["victim"] == to_text(two.other));
}

TEST_CASE("a reference to a merged record becomes one to where it went", "[merge]") {
    TwoRecords two;
    merge(two.vault, two.kept, two.other);

    const RecordId act =
        add(two.vault, Kind::act, {{"type", "torture"}, {"victim", code_of(two.vault, two.other)}});

    CHECK(get_record(two.vault, act).fields["victim"] == to_text(two.kept));
}

TEST_CASE("unmerge brings back exactly what was", "[merge]") {
    TwoRecords two;
    const RecordId friend_ = add(two.vault, Kind::person, {{"role", "friend"}});
    link(two.vault, friend_, "friend_of", two.other);
    link(two.vault, friend_, "friend_of", two.kept);
    link(two.vault, two.other, "member_of", friend_);
    link(two.vault, two.kept, "same_as", two.other);
    const auto before = snapshot_of(two.vault);

    merge(two.vault, two.kept, two.other);
    CHECK(snapshot_of(two.vault) != before);
    const Unmerged undone = unmerge(two.vault, two.other);

    CHECK(snapshot_of(two.vault) == before);
    CHECK(undone.left.empty());
    CHECK(failure_of([&] { unmerge(two.vault, two.other); }) == ErrorCode::conflict);
}

TEST_CASE("unmerge leaves what was changed since, and says so", "[merge]") {
    TwoRecords two;
    merge(two.vault, two.kept, two.other);
    Change change(two.vault);
    json act = get_record(two.vault, two.act).fields;
    act["completion"] = "attempted";
    revise_record(change, two.act, act);
    json person = get_record(two.vault, two.kept).fields;
    person["aliases"].push_back("New");
    person["notes"] = "rewritten";
    revise_record(change, two.kept, person);
    change.commit();

    const Unmerged undone = unmerge(two.vault, two.other);

    CHECK(get_record(two.vault, two.act).fields["completion"] == "attempted");
    CHECK(get_record(two.vault, two.act).fields["victim"] == to_text(two.other));
    const json kept = get_record(two.vault, two.kept).fields;
    CHECK(kept["aliases"] == json{"New"});
    CHECK(kept["notes"] == "rewritten");
    REQUIRE(undone.left.size() == 1);
    CHECK(undone.left[0] == code_of(two.vault, two.kept) + " notes");
}

TEST_CASE("merge refuses what cannot be one", "[merge]") {
    TwoRecords two;
    const RecordId incident = add(two.vault, Kind::incident, {{"title", "i"}});
    const auto fails = [&](const RecordId& a, const RecordId& b) {
        return failure_of([&] { merge(two.vault, a, b); });
    };

    CHECK(fails(two.kept, two.kept) == ErrorCode::usage);
    CHECK(fails(two.kept, incident) == ErrorCode::usage);
    CHECK(fails(two.act, two.act) == ErrorCode::usage);
    link(two.vault, two.kept, "spouse_of", two.other);
    CHECK(fails(two.kept, two.other) == ErrorCode::refused);
    CHECK(fails(two.other, two.kept) == ErrorCode::refused);
}

TEST_CASE("a purge of the merged record leaves nothing of it behind", "[merge]") {
    TwoRecords two;
    merge(two.vault, two.kept, two.other);
    Change change(two.vault);
    purge_record(change, two.other, "asked for");
    change.commit();

    CHECK(get_record(two.vault, two.other).state == State::purged);
    CHECK(merged_from(two.vault, two.kept).empty());
    CHECK(failure_of([&] { unmerge(two.vault, two.other); }) == ErrorCode::conflict);
}

TEST_CASE("combined_fields joins the spellings of one name", "[merge]") {
    const json kept = {{"names", {{{"text", "Dara"}, {"other_spellings", {"Tara"}}}}}};
    const json other = {
        {"names", {{{"text", "Dara"}, {"language", "km"}, {"other_spellings", {"Dahra"}}}}}};

    const Combined combined = combined_fields(builtin_schema(), Kind::person, kept, other, {});

    REQUIRE(combined.fields["names"].size() == 1);
    CHECK(combined.fields["names"][0]["language"] == "km");
    CHECK(combined.fields["names"][0]["other_spellings"] == json{"Tara", "Dahra"});
    CHECK(combined.grown == std::vector<std::string>{"names"});
}

TEST_CASE("taken_back removes one change and no other", "[merge]") {
    const auto fields = [](const json& now, const json& before, const json& after) {
        return taken_back(before, after, now).fields;
    };
    CHECK(fields({{"a", 2}}, {{"a", 1}}, {{"a", 2}}) == json{{"a", 1}});
    CHECK(fields({{"a", 2}, {"b", 9}}, {{"a", 1}}, {{"a", 2}}) == json{{"a", 1}, {"b", 9}});
    CHECK(fields({{"l", {1, 2, 3}}}, {{"l", {1}}}, {{"l", {1, 2}}}) == json{{"l", {1, 3}}});
    CHECK(fields({{"l", {"kept", "x"}}}, {{"l", {"other"}}}, {{"l", {"kept"}}}) ==
          json{{"l", {"other", "x"}}});
    CHECK(taken_back({{"a", 1}}, {{"a", 2}}, {{"a", 3}}).left == std::vector<std::string>{"a"});
    CHECK(taken_back({{"o", {{"a", 1}}}}, {{"o", {{"a", 2}}}}, {{"o", {{"a", 3}}}}).left ==
          std::vector<std::string>{"o.a"});
}

}  // namespace custos::vault
