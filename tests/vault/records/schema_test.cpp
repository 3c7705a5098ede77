// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/schema.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/records/sample_fields.h"
#include "vault/records/assign.h"

namespace custos::vault {
namespace {

// Every field with its path, parts included.
template <class Visit>
void each_field(FieldList fields, const std::string& before, const Visit& visit) {
    for (const Field& field : fields) {
        const std::string path = before + std::string(field.name);
        visit(path, field);
        each_field(field.children, path + (field.type == FieldType::object_list ? ".1." : "."),
                   visit);
    }
}

bool is_name(std::string_view name) {
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

// What an empty record needs before one field can be tried alone.
nlohmann::json minimal(Kind kind) {
    switch (kind) {
        case Kind::person: return {{"role", "activist"}};
        case Kind::act: return {{"type", "arrest"}};
        case Kind::involvement: return {{"act", sample_text(Kind::act)}};
        case Kind::consent: return {{"person", sample_text(Kind::person)}};
        case Kind::case_:
        case Kind::incident:
        case Kind::testimony:
        case Kind::source:
        case Kind::intervention:
        case Kind::exhibit:
        case Kind::statement: return {{"title", "a title"}};
    }
    return {};
}

// Knows every id.
Resolved resolve_any(std::string_view text) {
    const auto query = parse_id_query(text);
    if (!query) return {};
    return {sample_id(query->kind), {}};
}

}  // namespace

TEST_CASE("schema names are snake_case and its sentences lower case without a full stop",
          "[records][schema]") {
    std::size_t fields = 0;
    for (const KindRow& row : kKinds) {
        CHECK(builtin_schema().kind(row.kind).kind == row.kind);
        CHECK_FALSE(builtin_schema().kind(row.kind).help.empty());
        each_field(
            builtin_schema().kind(row.kind).fields, {},
            [&](const std::string& path, const Field& field) {
                INFO(row.name << " " << path);
                ++fields;
                CHECK(is_name(field.name));
                CHECK(field.help.back() != '.');
                CHECK(field.help.front() == static_cast<char>(std::tolower(field.help.front())));
            });
    }
    CHECK(fields > 300);
}

TEST_CASE("every example in the schema is taken by --set and by the check", "[records][schema]") {
    std::size_t examples = 0;
    for (const KindRow& row : kKinds) {
        REQUIRE(check_fields(builtin_schema(), row.kind, minimal(row.kind), resolve_any).ok());
        each_field(
            builtin_schema().kind(row.kind).fields, {},
            [&](const std::string& path, const Field& field) {
                INFO(row.name << " " << path << "=" << field.example);
                nlohmann::json fields = minimal(row.kind);
                REQUIRE_NOTHROW(assign(builtin_schema(), row.kind, fields,
                                       path + "=" + std::string(field.example)));
                // An example of a part may need the part's other fields; no other problem may
                // remain.
                for (const Problem& problem :
                     check_fields(builtin_schema(), row.kind, fields, resolve_any).problems) {
                    CHECK(problem.message.rfind("is missing", 0) == 0);
                }
                ++examples;
            });
    }
    CHECK(examples > 300);
}

TEST_CASE("identity is marked where a person could be told by it", "[records][schema]") {
    const auto is_identity = [](Kind kind, const char* list, const char* name) {
        return find_field(find_field(builtin_schema().fields(kind), list)->children, name)
            ->identity;
    };
    CHECK(is_identity(Kind::person, "names", "text"));
    CHECK(is_identity(Kind::person, "names", "transliteration"));
    CHECK(is_identity(Kind::person, "identifiers", "number"));
    CHECK(is_identity(Kind::person, "contacts", "value"));
    CHECK(is_identity(Kind::person, "addresses", "text"));
    CHECK(is_identity(Kind::incident, "place", "lat"));
    CHECK(find_field(builtin_schema().fields(Kind::person), "aliases")->identity);
    CHECK(find_field(builtin_schema().fields(Kind::testimony), "interviewer")->identity);
    CHECK_FALSE(find_field(builtin_schema().fields(Kind::person), "role")->identity);
}

TEST_CASE("find_field gives nothing for a name that is not there", "[records][schema]") {
    CHECK(find_field(builtin_schema().fields(Kind::person), "name") == nullptr);
    CHECK(find_field(builtin_schema().fields(Kind::person), "") == nullptr);
    CHECK(find_field(FieldList{}, "names") == nullptr);
}

TEST_CASE("field_at follows dots into parts and into maps", "[records][schema]") {
    const auto at = [](Kind kind, const char* path) {
        return field_at(builtin_schema().kind(kind).fields, path);
    };
    CHECK(at(Kind::incident, "place.country")->type == FieldType::country);
    CHECK(at(Kind::testimony, "translations.paragraphs.text")->type == FieldType::long_text);
    CHECK(at(Kind::consent, "scopes.publish_named")->type == FieldType::term_map);
    for (const char* path :
         {"", ".", "title.x", "place.", "place.contry", ".title", "place..country"}) {
        CHECK(at(Kind::incident, path) == nullptr);
    }
}

TEST_CASE("a vault's own rows stand beside the program's, and nowhere else", "[records][schema]") {
    OwnRows own;
    own.fields.push_back({.kind = Kind::incident, .name = "x_weather", .help = "weather"});
    own.fields.push_back({.kind = Kind::incident,
                          .name = "x_old",
                          .help = "once asked for",
                          .required = true,
                          .retired = true});
    own.terms.push_back({.vocabulary = VocabularyId::act_type,
                         .key = "x_pushback",
                         .label = "pushback at sea",
                         .parent = "forced_return"});
    Schema moved(std::move(own));
    const Schema schema = std::move(moved);

    const Field* weather = find_field(schema.fields(Kind::incident), "x_weather");
    REQUIRE(weather != nullptr);
    CHECK(weather->own);
    CHECK_FALSE(find_field(schema.fields(Kind::incident), "x_old")->required);
    CHECK(find_field(schema.fields(Kind::act), "x_weather") == nullptr);
    CHECK(find_field(builtin_schema().fields(Kind::incident), "x_weather") == nullptr);

    const Vocabulary& types = schema.vocabulary(VocabularyId::act_type);
    CHECK(schema.vocabulary_named("act_type") == &types);
    CHECK(find_written_term(types, "Pushback at sea")->key == "x_pushback");
    CHECK(with_narrower(types, "forced_return").back() == "x_pushback");
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_type), "x_pushback") == nullptr);

    const nlohmann::json fields = {{"title", "x"}, {"x_weather", "rain"}};
    CHECK(check_fields(schema, Kind::incident, fields, resolve_any).fields == fields);
    CHECK_FALSE(check_fields(builtin_schema(), Kind::incident, fields, resolve_any).ok());
}

}  // namespace custos::vault
