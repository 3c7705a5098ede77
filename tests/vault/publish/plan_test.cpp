// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/plan.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "sample.h"
#include "vault/publish/handles.h"
#include "vault/publish/markup.h"
#include "vault/publish/replace_handles.h"

namespace custos::vault::publish {
namespace {

using test::person;

Material material_about(Person who, const std::string& body = "{P-AAAAA}") {
    Material material;
    material.statement.language = "en";
    material.statement.body = body;
    material.today = "2019-12-27";
    material.known.emplace(who.code, who.code);
    material.persons.push_back(std::move(who));
    return material;
}

void give_consent(Material& material, std::map<std::string, std::string> scopes,
                  std::string until = {}, std::string given = "2019-12-01") {
    Consent consent;
    consent.person = "P-AAAAA";
    consent.given = std::move(given);
    consent.scopes = std::move(scopes);
    consent.valid_until = std::move(until);
    material.consents.push_back(std::move(consent));
}

// Everybody agreed to appear without a name.
void let_appear(Material& material) {
    for (const Person& person : material.persons) {
        Consent consent;
        consent.person = person.code;
        consent.given = "2019-12-01";
        consent.scopes = {{"publish_anonymous", "granted"}};
        material.consents.push_back(std::move(consent));
    }
}

std::string appearance(const Material& material) {
    const Plan plan = make_plan(material);
    REQUIRE(plan.rows.size() == 1);
    return plan.rows[0].appearance;
}

bool refused(const Material& material) {
    const Plan plan = make_plan(material);
    return std::any_of(plan.problems.begin(), plan.problems.end(),
                       [](const Problem& problem) { return problem.rule == "consent"; });
}

}  // namespace

TEST_CASE("a person appears by default as protection and consent say", "[publish][plan]") {
    struct Row {
        const char* level;
        std::map<std::string, std::string> scopes;
        const char* expected;
    };
    const std::vector<Row> rows = {
        {"P0", {}, "named"},
        {"P0", {{"publish_named", "refused"}}, "withheld"},
        {"P1", {}, "withheld"},
        {"P1", {{"publish_anonymous", "granted"}}, "pseudonym"},
        {"P1", {{"publish_anonymous", "granted"}, {"publish_named", "refused"}}, "pseudonym"},
        {"P1", {{"publish_named", "granted"}}, "named"},
        {"P1", {{"publish_anonymous", "refused"}}, "withheld"},
        {"P2", {}, "withheld"},
        {"P2", {{"publish_anonymous", "not_asked"}}, "withheld"},
        {"P2", {{"publish_anonymous", "granted"}}, "pseudonym"},
        {"", {}, "withheld"},
        {"P2", {{"publish_named", "granted"}}, "pseudonym"},
        {"P2", {{"publish_anonymous", "withdrawn"}}, "withheld"},
        {"P3", {}, "withheld"},
        {"P3", {{"publish_anonymous", "not_asked"}}, "withheld"},
        {"P3", {{"publish_anonymous", "granted"}}, "pseudonym"},
        {"P3", {{"publish_pseudonym", "granted"}}, "pseudonym"},
        {"P3", {{"publish_named", "granted"}}, "pseudonym"},
        {"P3", {{"publish_anonymous", "refused"}, {"publish_named", "granted"}}, "withheld"},
        {"P4", {{"publish_named", "granted"}, {"publish_anonymous", "granted"}}, "withheld"},
    };
    for (const Row& row : rows) {
        Material material = material_about(person("P-AAAAA", row.level, "Keo Ratanak"));
        if (!row.scopes.empty()) give_consent(material, row.scopes);
        INFO(row.level << " " << nlohmann::json(row.scopes).dump());
        CHECK(appearance(material) == row.expected);
    }
}

TEST_CASE("a plan may always show less", "[publish][plan]") {
    Material material = material_about(person("P-AAAAA", "P0", "Keo Ratanak"));
    material.persons[0].role = "a teacher";
    for (const char* less : {"withheld", "role", "pseudonym", "named"}) {
        material.statement.plan = {{"P-AAAAA", less}};
        CHECK(appearance(material) == less);
        CHECK(make_plan(material).problems.empty());
    }
}

TEST_CASE("a plan shows more only with a granted consent that has not ended", "[publish][plan]") {
    const auto with_plan = [](const char* level, const char* plan) {
        Material material = material_about(person("P-AAAAA", level, "Keo Ratanak"));
        material.persons[0].role = "a teacher";
        material.statement.plan = {{"P-AAAAA", plan}};
        return material;
    };
    for (const char* level : {"P1", "P2", "P3"}) {
        Material material = with_plan(level, "named");
        CHECK(refused(material));
        give_consent(material, {{"publish_named", "granted"}});
        CHECK_FALSE(refused(material));
        CHECK(appearance(material) == "named");
        CHECK(make_plan(material).named == std::vector<std::string>{"P-AAAAA"});
    }
    for (const char* state : {"refused", "withdrawn", "expired", "not_asked"}) {
        Material material = with_plan("P2", "named");
        give_consent(material, {{"publish_named", state}});
        CHECK(refused(material));
        CHECK(make_plan(material).named.empty());
    }
    for (const char* plan : {"pseudonym", "role"}) {
        for (const char* level : {"P1", "P2", "P3"}) {
            Material material = with_plan(level, plan);
            CHECK(refused(material));
            CHECK(appearance(material) == "withheld");
            give_consent(material, {{"publish_anonymous", "granted"}});
            CHECK_FALSE(refused(material));
            CHECK(appearance(material) == plan);
        }
    }
    for (const char* plan : {"named", "pseudonym", "role"}) {
        Material material = with_plan("P4", plan);
        give_consent(material, {{"publish_anonymous", "granted"}, {"publish_named", "granted"}});
        CHECK(refused(material));
        CHECK(appearance(material) == "withheld");
    }
}

TEST_CASE("a plan that shows too much is refused also for who is not mentioned",
          "[publish][plan]") {
    Material material = material_about(person("P-AAAAA", "P2", "Keo Ratanak"), "Nobody.");
    material.statement.plan = {{"P-AAAAA", "named"}};
    CHECK(refused(material));
}

TEST_CASE("a consent counts until its last day, and the newest one counts", "[publish][plan]") {
    const auto named_until = [](const char* until) {
        Material material = material_about(person("P-AAAAA", "P1", "Keo Ratanak"));
        give_consent(material, {{"publish_named", "granted"}}, until);
        return appearance(material);
    };
    CHECK(named_until("2019-12-27") == "named");
    CHECK(named_until("2019-12") == "named");
    CHECK(named_until("2019") == "named");
    CHECK(named_until("2019-12-26") == "withheld");
    CHECK(named_until("soon") == "withheld");

    Material material = material_about(person("P-AAAAA", "P1", "Keo Ratanak"));
    give_consent(material, {{"publish_named", "withdrawn"}}, {}, "2019-12-20");
    give_consent(material, {{"publish_named", "granted"}}, {}, "2019-12-01");
    CHECK(appearance(material) == "withheld");
    give_consent(material, {{"publish_named", "granted"}}, {}, "2019-12-21");
    CHECK(appearance(material) == "named");
    give_consent(material, {{"publish_named", "refused"}}, {}, "2019-12-21");
    CHECK(appearance(material) == "withheld");
}

TEST_CASE("pseudonyms follow the order of first mention and stay the same", "[publish][plan]") {
    Material material =
        material_about(person("P-AAAAA", "P2", "Keo Ratanak"), "{P-BBBBB} {P-AAAAA} {P-BBBBB}");
    material.persons.push_back(person("P-BBBBB", "P2", "Chhun Lis"));
    material.known.emplace("P-BBBBB", "P-BBBBB");
    material.known.emplace("P-BBB", "P-BBBBB");
    let_appear(material);
    const Plan plan = make_plan(material);
    CHECK(with_handles_replaced(material.statement.body, plan, Escape::none) ==
          "Person A Person B Person A");

    material.statement.body = "{P-BBBBB} {P-BBB}";
    CHECK(with_handles_replaced(material.statement.body, make_plan(material), Escape::none) ==
          "Person A Person A");
}

TEST_CASE("the words around a pseudonym are the language's, its letter is the same in all",
          "[publish][plan]") {
    struct Row {
        const char* language;
        const char* person;
        const char* withheld;
    };
    const std::vector<Row> rows = {{"en", "Person A", "[name withheld]"},
                                   {"fr", "Personne A", "[nom non communiqué]"},
                                   {"es-MX", "Persona A", "[nombre reservado]"},
                                   {"ar", "الشخص A", "[الاسم محجوب]"},
                                   {"km", "បុគ្គល A", "[មិនបង្ហាញឈ្មោះ]"},
                                   {"th", "บุคคล A", "[ไม่เปิดเผยชื่อ]"},
                                   {"my", "ပုဂ္ဂိုလ် A", "[အမည်မဖော်ပြပါ]"},
                                   {"zh-Hans", "人员 A", "[姓名不予公开]"},
                                   {"xx", "Person A", "[name withheld]"}};
    for (const Row& row : rows) {
        Material material = material_about(person("P-AAAAA", "P2", "Keo Ratanak"));
        material.statement.language = row.language;
        let_appear(material);
        INFO(row.language);
        CHECK(make_plan(material).rows.at(0).shown == row.person);
        material.statement.plan = {{"P-AAAAA", "withheld"}};
        CHECK(make_plan(material).rows.at(0).shown == row.withheld);
    }
}

TEST_CASE("a translation keeps the letters of the first text", "[publish][plan]") {
    Material material =
        material_about(person("P-AAAAA", "P2", "Keo Ratanak"), "{P-AAAAA} and {P-BBBBB}");
    material.persons.push_back(person("P-BBBBB", "P2", "Chhun Lis"));
    material.persons.push_back(person("P-CCCCC", "P2", "Meas Bora"));
    for (const char* code : {"P-BBBBB", "P-CCCCC"}) material.known.emplace(code, code);
    let_appear(material);
    const Plan first = make_plan(material);

    const Material other = translated(material, {"fr", "", "{P-CCCCC}, {P-BBBBB}, {P-AAAAA}"});
    const Plan plan = make_plan(other, &first);

    CHECK(with_handles_replaced(other.statement.body, plan, Escape::none) ==
          "Personne C, Personne B, Personne A");
}

TEST_CASE("a handle can be a letter or a role, where the sentence needs it", "[publish][plan]") {
    Material material = material_about(person("P-AAAAA", "P2", "Keo Ratanak"),
                                       "der {P-AAAAA:letter}, {P-AAAAA:role}, {P-AAAAA}'s");
    material.persons[0].role = "a teacher";
    let_appear(material);
    const auto text = [&] {
        return with_handles_replaced(material.statement.body, make_plan(material), Escape::none);
    };
    CHECK(text() == "der A, a teacher, Person A's");
    material.statement.plan = {{"P-AAAAA", "withheld"}};
    CHECK(text() == "der [name withheld], [name withheld], [name withheld]'s");
}

TEST_CASE("a pseudonym is one person's, and not made from the name", "[publish][plan]") {
    Material material =
        material_about(person("P-AAAAA", "P2", "Keo Ratanak"), "{P-AAAAA} {P-BBBBB}");
    material.persons.push_back(person("P-BBBBB", "P2", "Chhun Lis"));
    material.known.emplace("P-BBBBB", "P-BBBBB");
    let_appear(material);
    const auto problems = [&](const char* one, const char* other) {
        material.persons[0].pseudonym = one;
        material.persons[1].pseudonym = other;
        return make_plan(material).problems.size();
    };
    CHECK(problems("Witness 4", "Witness 5") == 0);
    CHECK(problems("Witness 4", "Witness 4") == 1);
    CHECK(problems("Witness 4", "witness 4") == 1);
    CHECK(problems("Person B", "") == 0);
    CHECK(problems("Person A", "") == 1);
    CHECK(problems("", "person a") == 1);
    CHECK(problems("K. R.", "") == 1);
    CHECK(problems("RATANAK2", "") == 1);
    CHECK(problems("the teacher", "CL") == 1);
}

TEST_CASE("the plan says what an earlier publication said of the person", "[publish][plan]") {
    Material material = material_about(person("P-AAAAA", "P2", "Keo Ratanak"));
    EarlierPublication earlier;
    earlier.index = "KEP 1/2019";
    earlier.date = "2019-11-02";
    earlier.persons["P-AAAAA"].appearance = "named";
    material.earlier.push_back(earlier);
    CHECK(make_plan(material).rows.at(0).reason ==
          "P2: no consent to publish_anonymous is recorded; named in KEP "
          "1/2019 of 2019-11-02");
}

TEST_CASE("the title of a protected incident is not shown", "[publish][plan]") {
    const auto shown = [](const char* level) {
        Material material = test::sample_material("{I-GGGGG:title}");
        material.incidents.at("I-GGGGG").protection = protection_named(level);
        material.incidents.at("I-GGGGG").title = "Arrest of a friend";
        const Plan plan = make_plan(material);
        return plan.rows.at(0).shown + (plan.problems.empty() ? "" : " refused");
    };
    CHECK(shown("P2") == "Arrest of a friend");
    CHECK(shown("P3") == "[…] refused");
    CHECK(shown("P4") == "[…] refused");
}

TEST_CASE("a handle to nothing is a problem with its line", "[publish][plan]") {
    Material material =
        material_about(person("P-AAAAA", "P2", "Keo Ratanak"), "one\n{P-ZZZZZ} {P-AAAAA:age}");
    const Plan plan = make_plan(material);
    REQUIRE(plan.problems.size() == 2);
    CHECK(plan.problems[0].rule == "handle");
    CHECK(plan.problems[0].line == 2);
    CHECK(with_handles_replaced(material.statement.body, plan, Escape::none).find('{') ==
          std::string::npos);
}

TEST_CASE("a role needs a role, and an unknown word is refused", "[publish][plan]") {
    Material material = material_about(person("P-AAAAA", "P2", "Keo Ratanak"));
    material.statement.plan = {{"P-AAAAA", "role"}};
    CHECK(make_plan(material).problems.size() == 1);
    material.statement.plan = {{"P-AAAAA", "famous"}};
    CHECK(make_plan(material).problems.size() == 1);
    material.statement.plan = {{"P-QQQQQ", "withheld"}};
    CHECK(make_plan(material).problems.size() == 1);
}

TEST_CASE("dates are as fine as the incident's protection allows", "[publish][plan]") {
    const auto date = [](const char* level, const char* edtf, const char* language = "en") {
        Material material;
        material.statement.body = "{I-GGGGG:date}";
        material.statement.language = language;
        material.known.emplace("I-GGGGG", "I-GGGGG");
        Incident incident;
        incident.code = "I-GGGGG";
        incident.protection = protection_named(level);
        incident.date = edtf;
        material.incidents.emplace("I-GGGGG", incident);
        return make_plan(material).rows.at(0).shown;
    };
    CHECK(date("P1", "2019-12-22") == "22 December 2019");
    CHECK(date("", "2019-12-22") == "22 December 2019");
    CHECK(date("P2", "2019-12-22") == "December 2019");
    CHECK(date("P3", "2019-12-22") == "2019");
    CHECK(date("P4", "2019-12-22") == "[date withheld]");
    CHECK(date("P1", "2019-11-29~") == "about 29 November 2019");
    CHECK(date("P1", "2019-11?") == "possibly November 2019");
    CHECK(date("P1", "2019-11-09/2019-11-23") == "9 November 2019 to 23 November 2019");
    CHECK(date("P2", "2019-11-09/2019-11-23") == "November 2019");
    CHECK(date("P3", "2018-11-09/2019-11-23") == "2018 to 2019");
    CHECK(date("P1", "../2019-11") == "until November 2019");
    CHECK(date("P1", "2019-22") == "summer 2019");
    CHECK(date("P1", "2019-12-22", "fr") == "22 décembre 2019");
    CHECK(date("P1", "2019-12-22", "km") == "22 ធ្នូ 2019");
    CHECK(date("P1", "2019-12-22", "th") == "22 ธันวาคม 2019");
    CHECK(date("P1", "2019-12-22", "ar") == "22 ديسمبر 2019");
    CHECK(date("P1", "2019-12~", "es") == "diciembre de 2019~");
    CHECK(date("P1", "2019-11/2019-12", "fr") == "novembre 2019 – décembre 2019");
    CHECK(date("P1", "201X", "km") == "201X");
    CHECK(date("P1", "") == "[date withheld]");
}

TEST_CASE("a plan shows less of an incident than its record allows, and never more",
          "[publish][plan]") {
    struct Row {
        const char* level;
        const char* precision;
        const char* own;
        const char* date;
        const char* place;
        std::size_t refused;
    };
    const std::vector<Row> rows = {
        {"P1", "exact", "named", "22 December 2019", "Soi Example 12, Bang Na, Bangkok, Thailand",
         0},
        {"P1", "province", "named", "22 December 2019", "Bangkok, Thailand", 1},
        {"P2", "exact", "named", "December 2019", "Soi Example 12, Bang Na, Bangkok, Thailand", 1},
        {"P3", "province", "named", "2019", "Bangkok, Thailand", 2},
        {"P3", "none", "generalised", "2019", "[place withheld]", 1},
        {"P4", "exact", "generalised", "[date withheld]", "[place withheld]", 2},
        {"P4", "exact", "named", "[date withheld]", "[place withheld]", 2},
        {"P4", "exact", "withheld", "[date withheld]", "[place withheld]", 0},
        {"P1", "province", "generalised", "December 2019", "Thailand", 0},
    };
    for (const Row& row : rows) {
        INFO(row.level << " " << row.precision << " " << row.own);
        Material material = test::sample_material("{I-GGGGG:date} {I-GGGGG:place}");
        material.statement.sources.clear();
        material.incidents.at("I-GGGGG").protection = protection_named(row.level);
        material.incidents.at("I-GGGGG").precision = row.precision;
        material.statement.plan = {{"I-GGGGG", row.own}};
        const Plan plan = make_plan(material);
        CHECK(plan.rows.at(0).shown == row.date);
        CHECK(plan.rows.at(1).shown == row.place);
        CHECK(plan.problems.size() == row.refused);
        for (const Problem& problem : plan.problems) CHECK(problem.rule == "plan");
    }
}

TEST_CASE("places are as fine as publish_precision allows", "[publish][plan]") {
    const auto place = [](const char* precision, const char* own = "",
                          Protection protection = Protection::internal) {
        Material material = test::sample_material("{I-GGGGG:place}");
        material.incidents.at("I-GGGGG").protection = protection;
        material.incidents.at("I-GGGGG").precision = precision;
        if (*own != '\0') material.statement.plan = {{"I-GGGGG", own}};
        return make_plan(material).rows.at(0).shown;
    };
    CHECK(place("exact") == "Soi Example 12, Bang Na, Bangkok, Thailand");
    CHECK(place("province") == "Bangkok, Thailand");
    CHECK(place("") == "Bangkok, Thailand");
    CHECK(place("country") == "Thailand");
    CHECK(place("none") == "[place withheld]");
    CHECK(place("exact", "generalised") == "Thailand");
    CHECK(place("exact", "withheld") == "[place withheld]");
    CHECK(place("country", "generalised") == "Thailand");
    // The plan may show less, and not more.
    CHECK(place("none", "generalised") == "[place withheld]");
    CHECK(place("exact", "generalised", Protection::extreme) == "[place withheld]");
    CHECK(place("exact", "", Protection::extreme) == "[place withheld]");
}

TEST_CASE("handles are read in either case, and other braces are text", "[publish][plan]") {
    const auto handles =
        handles_in("{p-7k3qd} {I-2M9XA:date} {x} {P-} {P-7K3QD: {P-7K3QD {1-2} {i-2m9xa:Date}");
    REQUIRE(handles.size() == 3);
    CHECK(handles[0].id == "P-7K3QD");
    CHECK(handles[1].key() == "I-2M9XA:date");
    CHECK(handles[2].key() == "I-2M9XA:date");
}

TEST_CASE("what replaces a handle cannot be markup", "[publish][plan]") {
    Material material =
        material_about(person("P-AAAAA", "P0", "<b>*x*</b>\n# [y](z)"), "{P-AAAAA}");
    CHECK(with_handles_replaced("{P-AAAAA}", make_plan(material), Escape::markdown) ==
          "&lt;b&gt;\\*x\\*&lt;/b&gt; # \\[y\\](z)");
    for (const char* words : {"# x", "- x", "1. x", "12) x", "> x", "===", "+ x", ": x", "    x",
                              "`x`", "x\n\n# y", "&lt;"}) {
        material.persons[0].names[0].text = words;
        const std::string text =
            with_handles_replaced("{P-AAAAA}", make_plan(material), Escape::markdown);
        INFO(words << " became " << text);
        const Markup markup = render_markup(text);
        REQUIRE(markup.blocks.size() == 1);
        CHECK(markup.blocks[0].kind == "paragraph");
        CHECK(markup.html.find("<code>") == std::string::npos);
    }
}

TEST_CASE("a person record without a level is protected", "[publish][plan]") {
    const auto fields =
        nlohmann::json::parse(R"({"names":[{"text":"Keo Ratanak","kind":"legal"}],"aliases":["Thy"],
        "identifiers":[{"type":"passport","number":"N1234567"}],"contacts":[{"type":"phone","value":"081 555 0142"}]})");
    const Person read = read_person("P-AAAAA", fields);
    CHECK(is_protected(read));
    CHECK(read.names.size() == 1);
    CHECK(read.aliases.size() == 1);
    CHECK(read.numbers.size() == 1);
    CHECK(read.contacts.size() == 1);
    CHECK(is_protected(
        read_person("P-AAAAA", nlohmann::json::parse(R"({"protection":"P9","names":7})"))));
    CHECK_FALSE(
        is_protected(read_person("P-AAAAA", nlohmann::json::parse(R"({"protection":"P1"})"))));
}

}  // namespace custos::vault::publish
