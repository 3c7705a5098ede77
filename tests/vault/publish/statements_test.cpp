// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/statements.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "desk.h"
#include "vault/publication_key.h"
#include "vault/publish/earlier.h"
#include "vault/publish/gather.h"
#include "vault/publish/publish.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("a decision is about the words of one record, and is in the log", "[publish][decide]") {
    Desk desk;
    desk.person("Vann Sorithea");
    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Soritheo is a river."));
    const std::vector<Finding> before = desk.findings(id);
    const Finding* near = of_rule(before, "near_name");
    REQUIRE(near != nullptr);
    const std::string finding = near->id;
    CHECK(finding.substr(0, 2) == "F-");

    CHECK_THROWS_AS(decide(desk.vault, id, {finding}, true, " "), Error);
    CHECK_THROWS_AS(decide(desk.vault, id, {"F-00000000"}, true, "no such finding"), Error);
    decide(desk.vault, id, {finding}, true, "a river");

    CHECK(desk.findings(id).empty());
    REQUIRE(decisions_on(desk.vault, id).size() == 1);
    CHECK(decisions_on(desk.vault, id)[0].reason == "a river");
    // The same words elsewhere are decided; other words are not.
    desk.revise(id, desk.statement_fields("We crossed the Soritheo twice."));
    CHECK(desk.findings(id).empty());
    desk.revise(id, desk.statement_fields("Soritheu is another one."));
    CHECK(of_rule(desk.findings(id), "near_name") != nullptr);
    // Nor where a file holds them encoded: each file that has them has a finding for them.
    std::set<std::string> files;
    for (const Finding& each : desk.findings(id)) files.insert(each.file);
    CHECK(files.contains("statement.sd-jwt"));
    CHECK(files.contains("statement.html"));

    desk.revise(id, desk.statement_fields("Soritheo is a river."));
    decide(desk.vault, id, {finding}, false, "it was the person");
    CHECK(of_rule(desk.findings(id), "near_name") != nullptr);
}

TEST_CASE("an exact finding cannot be decided", "[publish][decide]") {
    Desk desk;
    desk.person("Vann Sorithea");
    const RecordId id =
        desk.add(Kind::statement, desk.statement_fields("Vann Sorithea is a river."));
    const std::vector<Finding> found = desk.findings(id);
    const Finding* name = of_rule(found, "name");
    REQUIRE(name != nullptr);
    try {
        decide(desk.vault, id, {name->id}, true, "a river");
        FAIL("it was accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::refused);
    }
    CHECK(decisions_on(desk.vault, id).empty());
}

TEST_CASE("names in other records are guarded, unless the person may be named",
          "[publish][guarded]") {
    Desk desk;
    desk.add(Kind::testimony, {{"given", "2019-12-24"},
                               {"interviewer", "Marta Quellwasser"},
                               {"interpreter", "interpreter 2"},
                               {"others_present", {"a brother"}},
                               {"paragraphs", {{{"text", "I was there."}}}}});
    desk.add(Kind::incident, {{"title", "An arrest"},
                              {"place", {{"text", "Market"}, {"lat", "13.75634"}, {"lon", "1"}}}});
    const RecordId id = desk.add(
        Kind::statement, desk.statement_fields("a brother told interpreter 2 and M. Quellwasser."));
    CHECK(desk.findings(id).empty());

    desk.revise(id, desk.statement_fields("Interviewed by Marta Quellwasser."));
    const std::vector<Finding> found = desk.findings(id);
    REQUIRE(of_rule(found, "alias") != nullptr);
    CHECK(of_rule(found, "alias")->record.substr(0, 2) == "T-");
    CHECK(of_rule(found, "alias")->severity == Severity::exact);

    desk.person("Marta Quellwasser", "P0");
    CHECK(desk.findings(id).empty());

    desk.revise(id, desk.statement_fields("It was at 13.75634 north."));
    CHECK(of_rule(desk.findings(id), "place") != nullptr);
}

TEST_CASE("a date and a place are not written finer than their handles show them",
          "[publish][guarded]") {
    Desk desk;
    const RecordId incident = desk.add(Kind::incident, {{"title", "An arrest"},
                                                        {"date", "2019-11-23"},
                                                        {"protection", "P2"},
                                                        {"place",
                                                         {{"text", "Soi Example 12"},
                                                          {"country", "TH"},
                                                          {"admin1", "Bangkok"},
                                                          {"admin2", "Bang Rakmai"}}}});
    const std::string handles =
        "On {" + desk.code(incident) + ":date} in {" + desk.code(incident) + ":place}";
    const RecordId id = desk.add(Kind::statement, desk.statement_fields(handles));
    CHECK(desk.findings(id).empty());
    for (const char* finer :
         {" or on 23 November 2019", " or November 23, 2019", " (2019-11-23)", " on 23/11/2019",
          " on 23 November", " on 23.11.19", " on 23rd November", " on the 23rd of November",
          " on the twenty-third of November", " le 23 novembre 2019", " on 23 Nov. 2019",
          " ใน 23 พฤศจิกายน 2562", " (23/11/2562)", " في ٢٦ ربيع الأول ١٤٤١ هـ", " ۲ آذر ۱۳۹۸",
          " 2019年11月23日", " 23 ноября 2019 г."}) {
        desk.revise(id, desk.statement_fields(handles + finer));
        INFO(finer);
        CHECK(of_rule(desk.findings(id), "date") != nullptr);
    }
    for (const char* coarse : {" in November 2019", " and 24 November 2019", " on 22/11/2019",
                               " le 13 novembre 2019", " on the third of November"}) {
        desk.revise(id, desk.statement_fields(handles + coarse));
        INFO(coarse);
        CHECK(of_rule(desk.findings(id), "date") == nullptr);
    }
    for (const char* finer : {" at soi example 12", " in Bang Rakmai"}) {
        desk.revise(id, desk.statement_fields(handles + finer));
        INFO(finer);
        CHECK(of_rule(desk.findings(id), "place") != nullptr);
    }
}

TEST_CASE("facts that few share are a finding, with what was published before", "[publish][rare]") {
    Desk desk;
    const auto many = [&](int count, const char* occupation) {
        Change change(desk.vault);
        for (int i = 0; i < count; ++i) {
            create_record(change, Kind::person,
                          {{"aliases", {"Heron " + std::string(occupation) + std::to_string(i)}},
                           {"protection", "P1"},
                           {"occupation", occupation},
                           {"gender", i % 2 == 0 ? "woman" : "man"}});
        }
        change.commit();
    };
    many(40, "teacher");
    const RecordId person = desk.add(Kind::person, {{"names", {{{"text", "Vann Sorithea"}}}},
                                                    {"protection", "P2"},
                                                    {"occupation", "beekeeper"},
                                                    {"gender", "woman"}});
    const std::string handle = "{" + desk.code(person) + "}";
    const RecordId id = desk.add(
        Kind::statement, desk.statement_fields(handle + ", a woman and a beekeeper, left."));
    // In a vault of few persons everything is rare.
    CHECK(desk.findings(id).empty());
    many(12, "farmer");
    const std::vector<Finding> found = desk.findings(id);
    const Finding* rare = of_rule(found, "rare_combination");
    REQUIRE(rare != nullptr);
    CHECK(rare->severity == Severity::fuzzy);
    CHECK(rare->record == desk.code(person));
    CHECK(rare->next.find("only 1 of 53") != std::string::npos);
    // One fact is no combination, until a second publication adds to it.
    desk.revise(id, desk.statement_fields(handle + ", a beekeeper, left."));
    CHECK(desk.findings(id).empty());
    publish_statement(desk.vault, id, desk.scratch.path / "one", {}, {});
    json second = desk.statement_fields(handle + ", a woman, came back.");
    second["index"] = "KEP 2/2019";
    const RecordId other = desk.add(Kind::statement, second);
    const std::vector<Finding> again = desk.findings(other);
    REQUIRE(of_rule(again, "rare_combination") != nullptr);
    CHECK(of_rule(again, "rare_combination")->next.find("earlier") != std::string::npos);
}

TEST_CASE("who was named before is not hidden again unnoticed", "[publish][rare]") {
    Desk desk;
    const RecordId person = desk.person("Vann Sorithea");
    desk.consent(person, {{"publish_named", "granted"}});
    json fields = desk.statement_fields("{" + desk.code(person) + "} left.");
    fields["plan"] = {{desk.code(person), "named"}};
    const RecordId first = desk.add(Kind::statement, fields);
    publish_statement(desk.vault, first, desk.scratch.path / "one", {}, {});
    fields["plan"] = {{desk.code(person), "withheld"}};
    fields["index"] = "KEP 2/2019";
    const RecordId second = desk.add(Kind::statement, fields);
    CHECK(of_rule(desk.findings(second), "said_before") != nullptr);
    const auto affected = publications_about(desk.vault, desk.code(person));
    REQUIRE(affected.size() == 1);
    CHECK(affected[0].persons.at(desk.code(person)).appearance == "named");
}

TEST_CASE("every part of the statement's own contact may be printed, and nobody else's",
          "[publish][contact]") {
    Desk desk;
    json fields = desk.statement_fields("Nobody left.");
    fields["contact"] = "Press: press@example.org, Tel.: +44 20 7946 0000; desk@example.org";
    const RecordId id = desk.add(Kind::statement, fields);
    CHECK(desk.findings(id).empty());
    fields["body"] = "Call +44 20 7946 0001.";
    desk.revise(id, fields);
    CHECK(of_rule(desk.findings(id), "phone_number") != nullptr);
    CHECK(of_rule(desk.findings(id), "email_address") == nullptr);
}

TEST_CASE("the scan report is canonical, and follows every byte of the package",
          "[publish][report]") {
    Desk desk;
    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Nobody left."));
    const Check check = check_statement(desk.vault, id);
    const std::string report = scan_report(check);
    CHECK(json::parse(report).dump() == report);
    CHECK(json::parse(report)["rules"] == kScanRules);
    CHECK(json::parse(report)["files"].size() == check.package.size());
    CHECK(scan_report_digest(check) == scan_report_digest(check_statement(desk.vault, id)));

    Check other = check_statement(desk.vault, id);
    other.package.begin()->second[0] ^= 1;
    CHECK_FALSE(scan_report_digest(check) == scan_report_digest(other));
}

namespace {

// A public statement of the kind that users publish, where one lies beside the source tree.
std::string seed_or_skip() {
    const char* const given = std::getenv("CUSTOS_SEEDS");  // NOLINT(concurrency-mt-unsafe)
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given)
                         : std::filesystem::path(CUSTOS_SOURCE_DIR) / "../shared/seeds";
    if (std::filesystem::exists(folder)) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            std::ifstream in(entry.path());
            std::ostringstream text;
            text << in.rdbuf();
            // Its footnotes are HTML, and some of its links lead nowhere: an editor writes neither.
            std::string body = std::regex_replace(text.str(), std::regex("<sup>[^<]*</sup>"), "");
            body = std::regex_replace(body, std::regex(R"(\]\(#\))"), "]");
            return std::regex_replace(body, std::regex("[<>]"), "");
        }
    }
    SKIP("no statement here to try: set CUSTOS_SEEDS to the folder that has one");
    return {};
}

// Persons that the text introduces with a title, or as somebody's wife.
std::vector<std::string> persons_in(const std::string& text) {
    static const std::regex kPerson(
        R"((?:Mr\.|Ms\.|wife,) ((?:[A-Z][a-z]+ )?[A-Z][a-z]+ [A-Z][a-z]+))");
    std::vector<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), kPerson), end; it != end; ++it) {
        const std::string name = (*it)[1];
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

std::vector<std::size_t> places_of(const std::string& what, const std::string& text) {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        places.push_back(at);
    return places;
}

std::string utf16(std::string_view ascii, bool big_endian) {
    std::string out;
    for (const char c : ascii) out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
    return out;
}

}  // namespace

TEST_CASE("a real statement: every mention is found as it was written, and none after handles",
          "[publish][seed]") {
    const std::string text = seed_or_skip();
    const std::vector<std::string> names = persons_in(text);
    REQUIRE(names.size() == 5);
    Desk desk;
    std::vector<RecordId> persons;
    for (const std::string& name : names) {
        persons.push_back(desk.person(name));
        desk.consent(persons.back(), {{"publish_anonymous", "granted"}});
    }

    // As it was written: whole names, and the last part after a title.
    const std::vector<Person> material =
        gather(desk.vault, desk.add(Kind::statement, desk.statement_fields("x"))).persons;
    const auto found = LeakScan(material, {}).scan_text(text, "statement.md");
    std::size_t mentions = 0;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string last = names[i].substr(names[i].rfind(' ') + 1);
        for (const std::size_t at : places_of(last, text)) {
            ++mentions;
            seen += std::any_of(found.begin(), found.end(),
                                [&](const Finding& each) {
                                    return each.record == desk.code(persons[i]) &&
                                           each.severity == Severity::exact && each.offset <= at &&
                                           at - each.offset < 24;
                                })
                        ? std::size_t{1}
                        : std::size_t{0};
        }
    }
    std::cout << "mentions of five persons found: " << seen << " of " << mentions << "\n";
    CHECK(seen == mentions);
    CHECK(mentions >= 12);

    // With handles.
    std::string body = text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string handle = "{" + desk.code(persons[i]) + "}";
        const std::string last = names[i].substr(names[i].rfind(' ') + 1);
        body = std::regex_replace(body, std::regex("(Mr\\.|Ms\\.) " + names[i]), handle);
        body = std::regex_replace(body, std::regex(names[i]), handle);
        body = std::regex_replace(body, std::regex("(Mr\\.|Ms\\.) " + last), handle);
    }
    const RecordId id = desk.add(Kind::statement, desk.statement_fields(body));
    const Check check = check_statement(desk.vault, id);
    for (const Finding& finding : check.findings)
        UNSCOPED_INFO(finding.rule << " " << finding.file << ":" << finding.line << " "
                                   << finding.next);
    CHECK(check.findings.empty());
    std::size_t looked_at = 0;
    for (const auto& [name, bytes] : check.package) {
        const std::string file(custos::text_of(bytes));
        for (const std::string& person : names) {
            std::vector<std::string> forms = {person};
            std::string part;
            std::istringstream parts(person);
            while (parts >> part) {
                if (part.size() >= 5) forms.push_back(part);
            }
            for (const std::string& form : forms) {
                for (const std::string& written :
                     {form, utf16(form, false), utf16(form, true), crypto::hex(bytes_of(form)),
                      crypto::base64(bytes_of(form)).substr(0, form.size() * 4 / 3)}) {
                    ++looked_at;
                    INFO(name);
                    CHECK(file.find(written) == std::string::npos);
                }
            }
        }
    }
    std::cout << "no name in " << check.package.size() << " files, in " << looked_at
              << " look-ups\n";
}

}  // namespace custos::vault::publish
