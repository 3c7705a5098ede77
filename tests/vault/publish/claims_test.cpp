// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/claims.h"

#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "sample.h"
#include "vault/publish/package.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

Material material() { return test::sample_material(test::body_with_withheld_passage()); }
crypto::VerifyKey key(std::uint8_t seed = 7) {
    return crypto::minisign::public_key_of(test::sample_key(seed)).key;
}

OpenedDisclosure opened(const Claims& claims, const std::vector<std::string>& disclosures) {
    return open_disclosure(crypto::write_sd_jwt(claims.jwt, disclosures), claims.published(),
                           key());
}

const Claims::Paragraph& withheld_paragraph(const Claims& claims) {
    for (const Claims::Paragraph& paragraph : claims.paragraphs) {
        if (paragraph.withheld) return paragraph;
    }
    throw std::logic_error("the sample withholds a passage");
}

}  // namespace

TEST_CASE("readers get every paragraph but the withheld ones, as in statement.json",
          "[publish][claims]") {
    const Material it = material();
    const Claims claims = test::sample_claims(it);
    const json statement = json::parse(render_json(edition_of(it, make_plan(it))));
    const OpenedSdJwt open = open_sd_jwt(claims.published(), key());
    REQUIRE(open.verdict == SdJwtVerdict::authentic);
    json expected = statement;
    json& paragraphs = expected["paragraphs"];
    const std::size_t number = withheld_paragraph(claims).number;
    std::size_t at = 0;
    while (paragraphs.at(at).value("number", std::size_t{0}) != number) ++at;
    CHECK(paragraphs[at]["text"] == "[passage withheld]");
    CHECK(paragraphs[at]["kind"] == "withheld");
    paragraphs.erase(at);
    expected["facts"] = json::object();
    CHECK(open.claims == expected);
}

TEST_CASE("a withheld passage is nowhere in the package, and can be disclosed",
          "[publish][claims]") {
    const Claims claims = test::sample_claims(material());
    for (const auto& [name, bytes] : test::sample_package()) {
        INFO(name);
        CHECK(to_string(bytes).find("4711") == std::string::npos);
    }
    const auto parsed = crypto::parse_sd_jwt(claims.published());
    REQUIRE(parsed);
    CHECK(parsed->payload.find("4711") == std::string::npos);
    for (const std::string& disclosure : parsed->disclosures)
        CHECK(read_disclosure(disclosure)->value.dump().find("4711") == std::string::npos);

    const OpenedDisclosure open = opened(claims, {withheld_paragraph(claims).disclosure});
    REQUIRE(open.verdict == SdJwtVerdict::authentic);
    REQUIRE(open.claims["paragraphs"].size() == 1);
    CHECK(open.claims["paragraphs"][0]["text"] ==
          "The plate was 1 kho 4711.\n\nIt was seen by Person C.");
    CHECK(open.claims["facts"].empty());
}

TEST_CASE("every language is signed paragraph by paragraph, and withholds its own passages",
          "[publish][claims]") {
    Material it = material();
    const std::string alone = test::sample_claims(it).jwt;
    it.statement.translations = {
        {"fr", "Un titre", "{P-AAAAA} est parti.\n\n{withheld}\nLe numéro 0815.\n{/withheld}\n"}};
    const Plan plan = make_plan(it);
    Edition edition = edition_of(it, plan);
    const Material french = translated(it, it.statement.translations[0]);
    edition.translations.push_back(edition_of(french, make_plan(french, &plan)));
    const auto salt = [](std::string_view what) {
        return to_bytes(crypto::sha256(bytes_of(what)).view().first(crypto::kSdJwtSaltSize));
    };
    const Claims claims = make_claims(it, plan, edition, test::sample_key(), salt);

    const OpenedSdJwt open = open_sd_jwt(claims.published(), key());
    REQUIRE(open.verdict == SdJwtVerdict::authentic);
    const json& translation = open.claims.at("translations").at(0);
    CHECK(translation.at("language") == "fr");
    CHECK(translation.at("title") == "Un titre");
    REQUIRE(translation.at("paragraphs").size() == 1);
    CHECK(translation.at("paragraphs").at(0) ==
          json{{"number", 1}, {"kind", "paragraph"}, {"text", "Personne A est parti."}});
    CHECK(claims.published().find("0815") == std::string::npos);
    const auto withheld = std::find_if(
        claims.paragraphs.begin(), claims.paragraphs.end(),
        [](const Claims::Paragraph& each) { return each.withheld && each.language == "fr"; });
    REQUIRE(withheld != claims.paragraphs.end());
    CHECK(withheld->number == 2);
    const OpenedDisclosure shown = opened(claims, {withheld->disclosure});
    REQUIRE(shown.verdict == SdJwtVerdict::authentic);
    CHECK(shown.claims.at("paragraphs").empty());
    CHECK(shown.claims.at("translations").at(0).at("paragraphs").at(0).at("text") ==
          "Le numéro 0815.");
    // No two disclosures are one, though the same words stand in two languages.
    std::set<std::string> digests;
    for (const Claims::Paragraph& each : claims.paragraphs)
        CHECK(digests.insert(each.disclosure).second);
    // What has one language says nothing of others.
    CHECK(json::parse(crypto::parse_sd_jwt(alone + "~")->payload).contains("translations") ==
          false);
}

TEST_CASE("a fact says who or what stands behind the words that readers see", "[publish][claims]") {
    const Claims claims = test::sample_claims(material());
    REQUIRE_FALSE(claims.facts.empty());
    std::size_t persons = 0;
    for (const Claims::Fact& fact : claims.facts) {
        const OpenedDisclosure open = opened(claims, {fact.disclosure});
        REQUIRE(open.verdict == SdJwtVerdict::authentic);
        const json& value = open.claims["facts"][std::to_string(fact.number)];
        CHECK_FALSE(value["shown"].get<std::string>().empty());
        if (value["kind"] == "person") {
            ++persons;
            CHECK_FALSE(value["names"].empty());
        }
        CHECK(fact.record != "P-FFFFF");  // who is named has nothing behind the name
    }
    CHECK(persons == 5);
    const json payload = json::parse(crypto::parse_sd_jwt(claims.published())->payload);
    CHECK(payload["facts"]["_sd"].size() % kFactsStep == 0);
}

TEST_CASE("a disclosure of another statement, key or form is refused", "[publish][claims]") {
    const Claims claims = test::sample_claims(material());
    Material other_material = material();
    other_material.statement.index = "KEP 2";
    const Claims other = test::sample_claims(other_material);
    const std::string theirs =
        crypto::write_sd_jwt(other.jwt, {withheld_paragraph(other).disclosure});
    CHECK(open_disclosure(theirs, {}, key()).verdict == SdJwtVerdict::authentic);
    CHECK(open_disclosure(theirs, claims.published(), key()).verdict ==
          SdJwtVerdict::bad_disclosure);
    CHECK(open_disclosure(theirs, {}, key(8)).verdict == SdJwtVerdict::not_signed);
    // The salts differ with the statement, so a disclosure fits no other one.
    CHECK(opened(claims, {withheld_paragraph(other).disclosure}).verdict ==
          SdJwtVerdict::authentic);  // the same passage with the sample's salts
    CHECK(opened(claims, {test::sample_claims(test::sample_material("{withheld}\nx\n{/withheld}\n"))
                              .paragraphs.at(0)
                              .disclosure})
              .verdict == SdJwtVerdict::bad_disclosure);
    const std::string no_statement =
        issue_sd_jwt({{"paragraphs", json::array()}, {"facts", json::object()}}, "other", "k",
                     test::sample_key().seed) +
        "~";
    CHECK(open_disclosure(no_statement, {}, key()).verdict == SdJwtVerdict::malformed);
}

}  // namespace custos::vault::publish
