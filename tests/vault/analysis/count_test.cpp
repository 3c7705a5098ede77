// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/count.h"

#include <map>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/records/merge.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

struct Fixture : VaultFixture {
    Vault vault = create();

    RecordId add(Kind kind, const json& fields) {
        Change change(vault);
        const RecordId id = create_record(change, kind, fields);
        change.commit();
        return id;
    }
    RecordId act(const RecordId& victim, const RecordId& incident, const char* type) {
        return add(Kind::act,
                   {{"type", type}, {"victim", to_text(victim)}, {"incident", to_text(incident)}});
    }
    void same(const RecordId& a, const RecordId& b) {
        Change change(vault);
        link_records(change, a, "same_as", b);
        change.commit();
    }
    // Label of the first field, or "total", to count.
    std::map<std::string, std::uint64_t> counted(const CountQuery& query) {
        const Counts counts = count_units(vault, query);
        std::map<std::string, std::uint64_t> found;
        for (std::size_t r = 0; r < counts.table.rows; ++r) {
            const auto& value = counts.axes[0].values[r];
            found[value.key.value_or("-")] =
                counts.table.counts[r * counts.table.width() + counts.table.columns];
        }
        found["total"] = counts.table.counts.back();
        return found;
    }
};

using Found = std::map<std::string, std::uint64_t>;

}  // namespace

TEST_CASE("two acts in two records of one incident are one act", "[analysis][count]") {
    Fixture f;
    const RecordId victim = f.add(Kind::person, {{"role", "v"}});
    const RecordId one = f.add(Kind::incident, {{"title", "one"}});
    const RecordId two = f.add(Kind::incident, {{"title", "two"}});
    f.act(victim, one, "abduction");
    f.act(victim, one, "abduction");  // twice in one incident: two acts
    f.act(victim, two, "abduction");
    CHECK(f.counted({.by = {"type"}}) == Found{{"abduction", 3}, {"total", 3}});

    f.same(one, two);

    CHECK(f.counted({.by = {"type"}}) == Found{{"abduction", 2}, {"total", 2}});
    CHECK(f.counted({.of = "victims"}) == Found{{"total", 1}});
    CHECK(f.counted({.of = "incidents"}) == Found{{"total", 1}});
}

TEST_CASE("a merged person is one victim", "[analysis][count]") {
    Fixture f;
    const RecordId a = f.add(Kind::person, {{"role", "a"}});
    const RecordId b = f.add(Kind::person, {{"role", "b"}});
    const RecordId incident = f.add(Kind::incident, {{"title", "i"}});
    f.act(a, incident, "abduction");
    f.act(b, incident, "torture");
    CHECK(f.counted({.of = "victims"}) == Found{{"total", 2}});
    CHECK(f.counted({.of = "persons"}) == Found{{"total", 2}});

    Change change(f.vault);
    merge_records(change, a, b);
    change.commit();

    CHECK(f.counted({.of = "victims"}) == Found{{"total", 1}});
    CHECK(f.counted({.of = "persons"}) == Found{{"total", 1}});
    CHECK(f.counted({.of = "victims", .by = {"type"}}) ==
          Found{{"abduction", 1}, {"torture", 1}, {"total", 1}});
    CHECK(count_units(f.vault, {.of = "victims", .by = {"type"}}).overlapping);
}

TEST_CASE("groups count as their size, terms as their broader ones", "[analysis][count]") {
    Fixture f;
    f.add(Kind::person, {{"role", "one"}, {"characteristics", {"opposition"}}});
    f.add(Kind::person, {{"role", "some"}, {"counting_unit", "group"}, {"group_size", 18}});
    f.add(Kind::person, {{"role", "more"}, {"counting_unit", "group"}});
    const Counts counts = count_units(f.vault, {.of = "persons", .by = {"counting_unit"}});
    CHECK(counts.table.counts.back() == 20);
    CHECK(counts.groups == 1);
    CHECK(counts.groups_unknown == 1);

    const RecordId victim = f.add(Kind::person, {{"role", "v"}});
    const RecordId incident = f.add(Kind::incident, {{"title", "i"}});
    const Vocabulary& types = f.vault.schema().vocabulary(VocabularyId::act_type);
    const Term* narrow = nullptr;
    for (const Term& term : types.terms) {
        if (!term.parent.empty()) narrow = &term;
    }
    REQUIRE(narrow != nullptr);
    const Term* broad = narrow;
    while (!broad->parent.empty()) broad = find_term(types, broad->parent);
    f.act(victim, incident, std::string(narrow->key).c_str());
    CHECK(f.counted({.by = {"type"}, .levels = 1}) ==
          Found{{std::string(broad->key), 1}, {"total", 1}});
}

TEST_CASE("a path goes through references, cuts dates, and is refused with the nearest",
          "[analysis][count]") {
    Fixture f;
    const RecordId victim = f.add(Kind::person, {{"role", "v"}, {"country", "KH"}});
    const RecordId incident = f.add(Kind::incident, {{"title", "i"}, {"date", "2018-12/2019-01"}});
    const RecordId other = f.add(Kind::incident, {{"title", "j"}, {"date", "2019-12-22"}});
    f.act(victim, incident, "abduction");
    f.act(victim, other, "torture");

    CHECK(f.counted({.by = {"incident.date.year"}}) ==
          Found{{"2019", 1}, {"2018/2019", 1}, {"total", 2}});
    CHECK(f.counted({.by = {"incident.date.month"}}) ==
          Found{{"2019-12", 1}, {"2018/2019", 1}, {"total", 2}});
    CHECK(f.counted({.by = {"victim.country"}, .where = {"incident.title=j"}}) ==
          Found{{"KH", 1}, {"total", 1}});
    CHECK(failure_of([&] { f.counted({.by = {"victim.contry"}}); }) == ErrorCode::usage);
    CHECK(failure_of([&] { f.counted({.by = {"victim"}, .where = {"victim.x=1"}}); }) ==
          ErrorCode::usage);
    CHECK(failure_of([&] { f.counted({.of = "dreams"}); }) == ErrorCode::usage);
    CHECK(failure_of([&] { f.counted({.by = {"incident.place"}}); }) == ErrorCode::usage);
}

}  // namespace custos::vault::analysis
