// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/approve.h"

#include <csignal>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "tests/vault/open_vault.h"
#include "vault/publish/publish.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

// A vault of two persons: Dara writes, Sophea approves. Its PDFs hold one line of our choice.
struct TwoPersons : VaultFixture {
    SecretBytes second{bytes_of("south wind over ink")};
    RecordId person;
    RecordId statement;

    TwoPersons() {
        std::signal(SIGPIPE, SIG_IGN);
        surroundings.pdf_program = scratch.path / "draws";
        draw("one");
        Vault vault = create();
        vault.add_holder("Sophea", second);
        person = add(vault, Kind::person,
                     {{"names", {{{"text", "Vann Sorithea"}}}}, {"protection", "P3"}});
        add(vault, Kind::consent,
            {{"person", code_of(vault, person)},
             {"given", "2019-12-20"},
             {"scopes", {{"publish_anonymous", "granted"}}}});
        statement = add(vault, Kind::statement, fields("{" + code_of(vault, person) + "} left."));
    }

    static nlohmann::json fields(const std::string& body) {
        return {{"index", "KEP 1/2019"},
                {"title", "A statement"},
                {"date", "2019-12-27"},
                {"language", "en"},
                {"body", body}};
    }
    static RecordId add(Vault& vault, Kind kind, const nlohmann::json& fields) {
        Change change(vault);
        const RecordId id = create_record(change, kind, fields);
        change.commit();
        return id;
    }
    // A program that draws the least that can be read and finished.
    void draw(const std::string& words) const {
        std::ofstream(surroundings.pdf_program)
            << "#!/bin/sh\ncat > /dev/null\ncat <<'END'\n%PDF-1.5\n1 0 obj\n<< /Type /Catalog\n>>\n"
               "endobj\n2 0 obj\n<< /Title ("
            << words
            << ")\n>>\nendobj\nxref\n0 0\ntrailer\n<< /Size 3\n   /Root 1 0 R\n   /Info 2 0 R\n>>\n"
               "startxref\n0\n%%EOF\nEND\n";
        std::filesystem::permissions(surroundings.pdf_program, std::filesystem::perms::owner_all);
    }
    void revise(const RecordId& id, const nlohmann::json& fields) {
        Vault vault = open();
        Change change(vault);
        revise_record(change, id, fields);
        change.commit();
    }
    void approve(WithPdf with_pdf) {
        Vault vault = Vault::open(directory, second, Access::write, surroundings);
        static_cast<void>(approve_statement(vault, statement, {}, {}, with_pdf));
    }
    // Why it is refused; empty where it is published.
    std::string refusal(WithPdf with_pdf) {
        Vault vault = open();
        const Path to = scratch.path / ("package" + std::to_string(count_++));
        try {
            const Published published = publish_statement(vault, statement, to, {}, {}, with_pdf);
            CHECK(published.by_two_persons);
            CHECK(published.approval_void.empty());
            return {};
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::refused);
            return std::string(error.what()) + " / " + error.hint();
        }
    }

private:
    int count_ = 0;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("what was approved is published by the same options, with and without a PDF",
          "[publish][approve]") {
    TwoPersons two;
    CHECK(has(two.refusal(WithPdf::never), "no second person has approved it"));
    two.approve(WithPdf::never);
    CHECK(two.refusal(WithPdf::never).empty());
    two.approve(WithPdf::if_possible);
    CHECK(two.refusal(WithPdf::if_possible).empty());
    CHECK(two.refusal(WithPdf::always).empty());
    // Both approvals hold.
    CHECK(two.refusal(WithPdf::never).empty());
}

TEST_CASE("a refusal says that the PDF alone differs, and how to publish as approved",
          "[publish][approve]") {
    TwoPersons two;
    SECTION("none was approved") {
        two.approve(WithPdf::never);
        const std::string why = two.refusal(WithPdf::if_possible);
        CHECK(has(why, "statement.pdf was not there when it was approved"));
        CHECK(has(why, "publish with --no-pdf"));
    }
    SECTION("one was approved") {
        two.approve(WithPdf::always);
        const std::string why = two.refusal(WithPdf::never);
        CHECK(has(why, "statement.pdf was there when it was approved"));
        CHECK(has(why, "publish with --pdf"));
    }
    SECTION("it is drawn otherwise") {
        two.approve(WithPdf::always);
        two.draw("two");
        CHECK(has(two.refusal(WithPdf::always), "statement.pdf is drawn otherwise here"));
        two.draw("one");
        CHECK(two.refusal(WithPdf::always).empty());
    }
}

TEST_CASE("a refusal names the files that differ and the record that was changed",
          "[publish][approve]") {
    TwoPersons two;
    two.approve(WithPdf::never);
    SECTION("the person") {
        two.revise(two.person, {{"names", {{{"text", "Vann Sorithea"}}}},
                                {"protection", "P3"},
                                {"pseudonym", "Witness One"}});
        const std::string why = two.refusal(WithPdf::never);
        CHECK(has(why, "statement.html, statement.json, statement.md and statement.sd-jwt differ"));
        CHECK(has(why, code_of(two.open(), two.person) + " was changed"));
    }
    SECTION("the statement") {
        const std::string code = code_of(two.open(), two.person);
        two.revise(two.statement, TwoPersons::fields("{" + code + "} left twice."));
        const std::string why = two.refusal(WithPdf::never);
        CAPTURE(why);
        CHECK(has(why, "the statement was changed"));
    }
    SECTION("another language") {
        nlohmann::json more = TwoPersons::fields("{" + code_of(two.open(), two.person) + "} left.");
        more["translations"] = {{{"language", "fr"}, {"title", "Une"}, {"body", "Rien."}}};
        two.revise(two.statement, more);
        const std::string why = two.refusal(WithPdf::never);
        CHECK(has(why, "statement.fr.html, statement.fr.json and statement.fr.md are new"));
        CHECK(has(why, "the statement was changed"));
    }
}

TEST_CASE("each language has its PDF, or says why it has none", "[publish][pdf]") {
    TwoPersons two;
    nlohmann::json fields = TwoPersons::fields("Nobody left.");
    fields["translations"] = {{{"language", "fr"}, {"title", "Une"}, {"body", "Rien."}}};
    two.revise(two.statement, fields);
    {
        const Check check = check_statement(two.open(), two.statement, {}, WithPdf::always);
        CHECK(check.findings.empty());
        for (const char* name : {"statement.pdf", "statement.fr.pdf", "statement.fr.pdf.minisig"})
            CHECK(check.package.contains(name));
    }
    std::ofstream(two.surroundings.pdf_program) << "#!/bin/sh\ncat > /dev/null\nexit 1\n";
    const Check check = check_statement(two.open(), two.statement, {}, WithPdf::always);
    REQUIRE(check.findings.size() == 2);
    CHECK(has(check.findings[1].next, "no PDF in fr"));
    CHECK_FALSE(check.package.contains("statement.fr.pdf"));
}

TEST_CASE("an approval that fell is said to be void where none is needed", "[publish][approve]") {
    TwoPersons two;
    two.approve(WithPdf::never);
    two.revise(two.person, {{"names", {{{"text", "Vann Sorithea"}}}}, {"protection", "P2"}});
    two.approve(WithPdf::never);
    Vault vault = two.open();
    const Published published = publish_statement(vault, two.statement, two.scratch.path / "out",
                                                  {}, {}, WithPdf::if_possible);
    CHECK_FALSE(published.by_two_persons);
    CHECK(has(published.approval_void, "statement.pdf was not there"));
}

}  // namespace custos::vault::publish
