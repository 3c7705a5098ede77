// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/describe.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/records/sample_fields.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

json sample(Kind kind) {
    for (const auto& [sample_kind, given] : design_samples()) {
        if (sample_kind == kind) return check_sample(kind, given).fields;
    }
    return {};
}

const FieldText* text_at(const std::vector<FieldText>& texts, std::string_view path) {
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [&](const FieldText& text) { return text.path == path; });
    return found == texts.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("fields of a vault's own are searched and refer as they stand", "[records][describe]") {
    const RecordId person = random_id(Kind::person);
    const json fields = {
        {"title", "One"},
        {"language", "km"},
        {"x_unit", "Battalion 70"},
        {"x_more", {{"seen_by", {to_text(person), code_text(person, 5)}}, {"n", 7}}},
        {"y_unit", "not ours"}};
    const std::vector<FieldText> texts = searchable_text(builtin_schema(), Kind::incident, fields);
    REQUIRE(text_at(texts, "x_unit") != nullptr);
    CHECK(text_at(texts, "x_unit")->text == "Battalion 70");
    CHECK(text_at(texts, "x_unit")->language == "km");
    CHECK(text_at(texts, "y_unit") == nullptr);
    CHECK(text_at(texts, "x_more.n") == nullptr);
    // A code is no id: it is text. A full id is a reference, and no text.
    CHECK(text_at(texts, "x_more.seen_by.1") == nullptr);
    CHECK(text_at(texts, "x_more.seen_by.2") != nullptr);
    const auto found = references(builtin_schema(), Kind::incident, fields);
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "x_more.seen_by.1");
    CHECK(found[0].to == person);
    const json shown = with_references(builtin_schema(), Kind::incident, fields,
                                       [](const RecordId&) { return "P-SHORT"; });
    CHECK(shown["x_more"]["seen_by"][0] == "P-SHORT");
    CHECK(shown["x_unit"] == "Battalion 70");
}

TEST_CASE("titles let a person recognise a record of every kind", "[records][describe]") {
    CHECK(title_of(builtin_schema(), Kind::case_, sample(Kind::case_)) == "Exiles under pressure");
    CHECK(title_of(builtin_schema(), Kind::person, sample(Kind::person)) == "សុខ ដារា");
    CHECK(title_of(builtin_schema(), Kind::person,
                   {{"names", {{{"text", "សុខ ដារា"}, {"transliteration", "Sok Dara"}}}}}) ==
          "សុខ ដារា (Sok Dara)");
    CHECK(title_of(builtin_schema(), Kind::person, {{"role", "activist"}}) == "activist");
    CHECK(title_of(builtin_schema(), Kind::act, sample(Kind::act)) == "abduction, attempted");
    CHECK(title_of(builtin_schema(), Kind::act,
                   {{"type", "forced_return"}, {"completion", "completed"}}) == "forced return");
    CHECK(title_of(builtin_schema(), Kind::involvement, sample(Kind::involvement)) ==
          "unknown perpetrator: carried it out");
    CHECK(title_of(builtin_schema(), Kind::testimony, sample(Kind::testimony)) == "ខ្ញុំដើរទៅផ្ទះ");
    CHECK(title_of(builtin_schema(), Kind::intervention, sample(Kind::intervention)) ==
          "public statement");
    CHECK(title_of(builtin_schema(), Kind::consent, sample(Kind::consent)) ==
          "publication without any identity: granted; publication with the name: refused");
    for (const KindRow& row : kKinds) {
        CHECK(title_of(builtin_schema(), row.kind, json::object()) == row.name);
        CHECK(title_of(builtin_schema(), row.kind, nullptr) == row.name);
    }
    const std::string title =
        title_of(builtin_schema(), Kind::case_, {{"title", std::string(500, 'x') + "\x1b"}});
    CHECK(code_points(title) == kTitleCodePointsMax);
}

TEST_CASE("searchable text has each text with its path and its own language",
          "[records][describe]") {
    const auto texts = searchable_text(builtin_schema(), Kind::testimony, sample(Kind::testimony));
    REQUIRE(text_at(texts, "paragraphs.2.text") != nullptr);
    CHECK(text_at(texts, "paragraphs.2.text")->language == "km");
    REQUIRE(text_at(texts, "translations.1.paragraphs.2.text") != nullptr);
    CHECK(text_at(texts, "translations.1.paragraphs.2.text")->language == "en");
    CHECK(text_at(texts, "translations.1.paragraphs.2.text")->text == "I was told.");
    CHECK(text_at(texts, "witness") == nullptr);

    const auto person = searchable_text(builtin_schema(), Kind::person, sample(Kind::person));
    CHECK(text_at(person, "names.1.text")->language == "km");
    CHECK(text_at(person, "names.2.text")->language.empty());
    CHECK(text_at(person, "aliases.1")->text == "Bong Ra");
    CHECK(text_at(person, "identifiers.1.number") != nullptr);
}

TEST_CASE("searchable text finds terms by their words and by broader ones", "[records][describe]") {
    const auto texts = searchable_text(builtin_schema(), Kind::act, sample(Kind::act));
    CHECK(text_at(texts, "type")->text == "abduction; deprivation of liberty");
    CHECK(text_at(texts, "methods.1")->text == "electric shock");
    CHECK(text_at(texts, "completion")->text == "attempted");
}

TEST_CASE("sort dates come from the field that dates the kind", "[records][describe]") {
    CHECK(sort_dates(Kind::incident, sample(Kind::incident)) == bounds_of("2019-12-22"));
    CHECK(sort_dates(Kind::testimony, sample(Kind::testimony)) == bounds_of("2019-12-24"));
    CHECK(sort_dates(Kind::exhibit, {{"title", "x"}, {"collected", "2019-12"}}) ==
          bounds_of("2019-12"));
    CHECK_FALSE(sort_dates(Kind::person, sample(Kind::person)));
    CHECK_FALSE(sort_dates(Kind::incident, {{"title", "x"}}));
    CHECK_FALSE(sort_dates(Kind::incident, nullptr));
}

TEST_CASE("countries and languages are collected from every part", "[records][describe]") {
    CHECK(countries_in(builtin_schema(), Kind::incident, sample(Kind::incident)) == Texts{"TH"});
    CHECK(countries_in(builtin_schema(), Kind::person,
                       {{"country", "KH"}, {"citizenships", {"TH", "KH"}}}) == Texts{"KH", "TH"});
    CHECK(languages_in(builtin_schema(), Kind::testimony, sample(Kind::testimony)) ==
          Texts{"en", "km"});
}

TEST_CASE("references are found wherever the schema has them, and nowhere else",
          "[records][describe]") {
    const auto found = references(builtin_schema(), Kind::statement, sample(Kind::statement));
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "sources.1");
    CHECK(found[0].to == sample_id(Kind::source));
    CHECK(found[1].to == sample_id(Kind::person));
    CHECK(references(builtin_schema(), Kind::incident, {{"title", sample_text(Kind::person)}})
              .empty());
    CHECK(references(builtin_schema(), Kind::source,
                     {{"title", "x"}, {"evaluations", {{{"about", sample_text(Kind::act)}}}}})
              .front()
              .path == "evaluations.1.about");
}

TEST_CASE("references are rewritten in place, and nothing else", "[records][describe]") {
    const auto to_code = [](const RecordId& id) { return code_text(id, kCodeDigitsMin); };
    const json shown =
        with_references(builtin_schema(), Kind::statement, sample(Kind::statement), to_code);
    CHECK(shown["sources"] == json{"D-00000"});
    CHECK(shown["plan"] == json{{"P-00000", "pseudonym"}});

    for (const json& given : {json(nullptr), json(1), json::array({1}), json{{"victim", 1}},
                              json{{"victim", "no id"}}, json{{"place", 1}}}) {
        CHECK(with_references(builtin_schema(), Kind::act, given, to_code) == given);
    }
}

TEST_CASE("the schema as JSON names every kind, field, vocabulary and term",
          "[records][describe]") {
    const json all = schema_json(builtin_schema(), std::nullopt);
    CHECK(all["schema"] == "custos.schema/1");
    CHECK(all["kinds"].size() == kKinds.size());
    CHECK(all["vocabularies"].size() == builtin_vocabularies().size());
    const json act = schema_json(builtin_schema(), Kind::act);
    REQUIRE(act["kinds"].size() == 1);
    const json& fields = act["kinds"][0]["fields"];
    CHECK(fields.size() == builtin_schema().kind(Kind::act).fields.count);
    const auto type = std::find_if(fields.begin(), fields.end(),
                                   [](const json& field) { return field["name"] == "type"; });
    REQUIRE(type != fields.end());
    CHECK((*type)["vocabulary"] == "act_type");
    CHECK((*type)["required"] == true);
    CHECK(act["vocabularies"].size() < all["vocabularies"].size());
}

TEST_CASE("the schema as text names every field of a kind and its words", "[records][describe]") {
    for (const KindRow& row : kKinds) {
        const std::string text = schema_text(builtin_schema(), row.kind);
        CHECK(is_utf8(text));
        for (const Field& field : builtin_schema().kind(row.kind).fields) {
            CHECK(text.find("  " + std::string(field.name) + " ") != std::string::npos);
            for (const Term& term : builtin_vocabulary(field.vocabulary).terms)
                CHECK(text.find("  " + std::string(term.key) + " ") != std::string::npos);
        }
        CHECK(schema_text(builtin_schema(), std::nullopt).find(row.name) != std::string::npos);
    }
}

}  // namespace custos::vault
