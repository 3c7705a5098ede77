// SPDX-License-Identifier: GPL-3.0-or-later
// What may not leave in a statement, and what is nobody's.
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "desk.h"
#include "vault/publication_key.h"
#include "vault/publish/earlier.h"
#include "vault/publish/fingerprint.h"
#include "vault/publish/publish.h"
#include "vault/publish/registrar.h"
#include "vault/publish/rotate.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("nothing that is printed hides text or turns its direction", "[publish][printed]") {
    Desk desk;
    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Nobody left."));
    for (const char* name : {"index", "title", "organisation", "contact"}) {
        INFO(name);
        json fields = desk.statement_fields("Nobody left.");
        fields[name] = "A \u202E 1";
        desk.revise(id, fields);
        const std::vector<Finding> found = desk.findings(id);
        REQUIRE(of_rule(found, "hidden_character") != nullptr);
        CHECK(of_rule(found, "hidden_character")->next.find(name) != std::string::npos);
    }
    const RecordId source = desk.add(Kind::source, {{"title", "News \u202E"}, {"type", "other"}});
    json fields = desk.statement_fields("Nobody left.");
    fields["sources"] = {desk.code(source)};
    desk.revise(id, fields);
    CHECK(of_rule(desk.findings(id), "hidden_character")->record == desk.code(source));
}

TEST_CASE("a person who is named like a word of the key is found where a person could be meant",
          "[publish][fingerprint]") {
    Desk desk;
    const std::string words = fingerprint_words(publication_key(desk.vault));
    const auto word = [&](std::size_t number) {
        std::istringstream all(words);
        std::string one;
        for (std::size_t i = 0; i <= number; ++i) all >> one;
        return one;
    };
    std::string long_word;
    for (std::size_t i = 0; i < 16 && long_word.size() < 6; ++i) long_word = word(i);
    static_cast<void>(desk.person(long_word));
    static_cast<void>(desk.person(word(3) + " " + word(4)));
    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Nobody left."));
    CHECK(desk.findings(id).empty());
    desk.revise(id, desk.statement_fields("Mr " + long_word + " left."));
    const std::vector<Finding> found = desk.findings(id);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().severity == Severity::exact);
    CHECK(found.front().rule == "name");
}

TEST_CASE("what no reader could verify is not published, and no line of the register is spoilt",
          "[publish][limits]") {
    Desk desk;
    for (const char* name : {"index", "title"}) {
        INFO(name);
        json fields = desk.statement_fields("Nobody left.");
        fields[name] = std::string(4096, 'x');
        const RecordId id = desk.add(Kind::statement, fields);
        CHECK(desk.findings(id).empty());
        fields[name] = std::string(4097, 'x');
        desk.revise(id, fields);
        const std::vector<Finding> found = desk.findings(id);
        REQUIRE(of_rule(found, "incomplete") != nullptr);
        CHECK(of_rule(found, "incomplete")->next.find(name) != std::string::npos);
        CHECK_THROWS_AS(publish_statement(desk.vault, id, desk.scratch.path / name, {}, {}), Error);
    }
    std::string paragraphs;
    for (int i = 0; i < 10'001; ++i) paragraphs += "a\n\n";
    const RecordId many = desk.add(Kind::statement, desk.statement_fields(paragraphs));
    const auto refused = check_statement(desk.vault, many, {}, WithPdf::never).findings;
    REQUIRE(of_rule(refused, "package") != nullptr);

    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Nobody left."));
    publish_statement(desk.vault, id, desk.scratch.path / "out", {}, {}, WithPdf::never);
    CHECK_THROWS_AS(retract_statement(desk.vault, id, {}, std::string(4097, 'x')), Error);
    CHECK(retract_statement(desk.vault, id, {}, std::string(4096, 'x')).number == 2);
    CHECK(register_lines(desk.vault).size() == 2);
}

TEST_CASE("no key is rotated or revoked that readers could not follow", "[publish][limits]") {
    Desk desk;
    for (std::size_t i = 0; i < kKeyHistoryMax; ++i) {
        static_cast<void>(rotate_publication_key(desk.vault));
        static_cast<void>(revoke_publication_key(desk.vault, "lost"));
    }
    CHECK_THROWS_AS(rotate_publication_key(desk.vault), Error);
    CHECK_THROWS_AS(revoke_publication_key(desk.vault, "lost"), Error);
    const Files files = make_register(desk.vault);
    CHECK(read_register(files.at("register.json")));
}

TEST_CASE("who may not be named is found at every level", "[publish][guarded]") {
    Desk desk;
    static_cast<void>(desk.person("Anton Krawallow", "P1"));
    const RecordId refused = desk.person("Berta Zimmerling", "P0");
    desk.consent(refused, {{"publish_named", "refused"}});
    const RecordId withdrawn = desk.person("Carl Ostermann", "P1");
    desk.consent(withdrawn, {{"publish_named", "withdrawn"}});
    const RecordId granted = desk.person("Dora Pfennig", "P1");
    desk.consent(granted, {{"publish_named", "granted"}});
    static_cast<void>(desk.person("Emil Quandt", "P0"));
    const RecordId id = desk.add(Kind::statement, desk.statement_fields("Nobody left."));
    for (const char* name : {"Anton Krawallow", "Berta Zimmerling", "Carl Ostermann"}) {
        INFO(name);
        desk.revise(id, desk.statement_fields(std::string(name) + " left."));
        const std::vector<Finding> found = desk.findings(id);
        REQUIRE(of_rule(found, "name") != nullptr);
        CHECK(of_rule(found, "name")->severity == Severity::exact);
    }
    for (const char* name : {"Dora Pfennig", "Emil Quandt"}) {
        INFO(name);
        desk.revise(id, desk.statement_fields(std::string(name) + " left."));
        CHECK(desk.findings(id).empty());
    }
}

TEST_CASE("what every package says is nobody's name, and in the statement it is",
          "[publish][own_text]") {
    Desk desk;
    const std::vector<std::string> names = {"Amy White", "Jordi Font", "Jimmy Page", "Ann Print",
                                            "Peter Main"};
    for (const std::string& name : names) static_cast<void>(desk.person(name));
    json fields = desk.statement_fields("Nobody left.\n\n- a\n\n> b[^1]\n\n[^1]: c");
    fields["translations"] = {
        {{"language", "fr"}, {"title", "Un texte"}, {"body", "Rien.\n\n# a"}}};
    const RecordId id = desk.add(Kind::statement, fields);
    const auto findings = [&] {
        return check_statement(desk.vault, id, {}, WithPdf::if_possible).findings;
    };
    for (const Finding& finding : findings()) FAIL(finding.file << ":" << finding.line);
    for (const std::string& name : names) {
        INFO(name);
        for (const std::string& body :
             {name, name.substr(name.find(' ') + 1), "x " + name + " x"}) {
            fields["body"] = body;
            desk.revise(id, fields);
            const std::vector<Finding> found = findings();
            for (const char* file : {"statement.html", "statement.md", "statement.json"})
                CHECK(has_file(found, file));
        }
    }
}

TEST_CASE("a day or a place that the plan withholds is looked for", "[publish][plan]") {
    Desk desk;
    const RecordId incident = desk.add(Kind::incident, {{"title", "A beating"},
                                                        {"date", "2019-12-22"},
                                                        {"protection", "P1"},
                                                        {"place",
                                                         {{"text", "Rue du Fleuve 12"},
                                                          {"country", "TH"},
                                                          {"admin1", "Nonthaburi"},
                                                          {"publish_precision", "exact"}}}});
    const std::string code = desk.code(incident);
    json fields = desk.statement_fields("On {" + code + ":date} in {" + code + ":place}.");
    const RecordId id = desk.add(Kind::statement, fields);
    CHECK(desk.findings(id).empty());
    for (const char* own : {"withheld", "generalised"}) {
        INFO(own);
        fields["plan"] = {{code, own}};
        fields["body"] = "On {" + code + ":date} in {" + code + ":place}.";
        desk.revise(id, fields);
        CHECK(desk.findings(id).empty());
        fields["body"] = "On {" + code + ":date}, 22 December 2019, in {" + code + ":place}.";
        desk.revise(id, fields);
        CHECK(of_rule(desk.findings(id), "date") != nullptr);
        for (const char* place : {"Rue du Fleuve 12", "Nonthaburi"}) {
            fields["body"] = "In {" + code + ":place}, " + place + ".";
            desk.revise(id, fields);
            CHECK(of_rule(desk.findings(id), "place") != nullptr);
        }
    }
}

TEST_CASE("a statement that was purged is still listed for those whom it mentions",
          "[publish][rare]") {
    Desk desk;
    const RecordId named = desk.person("Vann Sorithea", "P1");
    const RecordId withheld = desk.person("Keo Ratanak");
    desk.consent(named, {{"publish_named", "granted"}});
    const RecordId id =
        desk.add(Kind::statement, desk.statement_fields("{" + desk.code(named) + "} saw {" +
                                                        desk.code(withheld) + "} leave."));
    publish_statement(desk.vault, id, desk.scratch.path / "one", {}, {});
    json second = desk.statement_fields("{" + desk.code(named) + "} left.");
    second["index"] = "KEP 2/2019";
    publish_statement(desk.vault, desk.add(Kind::statement, second), desk.scratch.path / "two", {},
                      {});
    const auto before = publications_about(desk.vault, desk.code(named));
    REQUIRE(before.size() == 2);
    Change change(desk.vault);
    trash_record(change, id);
    purge_record(change, id, "asked for");
    change.commit();

    const auto after = publications_about(desk.vault, desk.code(named));
    REQUIRE(after.size() == 2);
    for (std::size_t i = 0; i < after.size(); ++i) {
        CHECK(after[i].index == before[i].index);
        CHECK(after[i].title == before[i].title);
        CHECK(after[i].date == before[i].date);
        CHECK(after[i].package == before[i].package);
        CHECK(after[i].published == before[i].published);
        CHECK(after[i].statement == before[i].statement);
        CHECK(after[i].persons.at(desk.code(named)).appearance == "named");
    }
    REQUIRE(publications_about(desk.vault, desk.code(withheld)).size() == 1);
    CHECK(after[0].persons.at(desk.code(withheld)).appearance == "withheld");

    // Who was purged as well leaves that there was somebody.
    Change more(desk.vault);
    trash_record(more, withheld);
    purge_record(more, withheld, "asked for");
    more.commit();
    REQUIRE(publications_about(desk.vault, desk.code(withheld)).size() == 1);
}

TEST_CASE("codes of records do not leave, also in a handle that was mistyped",
          "[publish][printed]") {
    Desk desk;
    const RecordId incident =
        desk.add(Kind::incident, {{"title", "A beating"}, {"date", "2019-12-22"}});
    const std::string code = desk.code(incident);
    for (const std::string& body : {"See " + code + ".", "On { " + code + ":date }",
                                    "On {" + code + ":date", "file " + to_text(incident)}) {
        INFO(body);
        const RecordId id = desk.add(Kind::statement, desk.statement_fields(body));
        const std::vector<Finding> found = desk.findings(id);
        REQUIRE(of_rule(found, "record_code") != nullptr);
        CHECK(of_rule(found, "record_code")->record == code);
        CHECK(of_rule(found, "record_code")->severity == Severity::exact);
    }
    for (const std::string& body : {"On {" + code + ":DATE}.", "Form B-12345, X" + code}) {
        INFO(body);
        CHECK(desk.findings(desk.add(Kind::statement, desk.statement_fields(body))).empty());
    }
}

}  // namespace custos::vault::publish
