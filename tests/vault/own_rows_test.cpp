// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/own_rows.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/records/assign.h"
#include "vault/records/definitions.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct OwnRowsFixture : VaultFixture {
    Vault vault = create();

    template <class Act>
    ErrorCode changed(Act&& act) {
        return failure_of([&] {
            Change change(vault);
            act(change);
            change.commit();
        });
    }
    ErrorCode add(OwnField field) {
        return changed([&](Change& change) { add_own_field(change, std::move(field)); });
    }
    ErrorCode add(OwnTerm term) {
        return changed([&](Change& change) { add_own_term(change, std::move(term)); });
    }
    ErrorCode store(Kind kind, const json& fields) {
        return changed([&](Change& change) { last = create_record(change, kind, fields); });
    }

    void reopen() {
        { const Vault closed = std::move(vault); }
        vault = open();
    }
    std::size_t found(const char* text) {
        RecordSearch search;
        search.text = text;
        return search_records(vault, search).total;
    }
    std::size_t listed(Kind kind, const char* where) {
        ListQuery query;
        query.kind = kind;
        query.where = {where};
        return list_records(vault, query).total;
    }

    RecordId last;
};

constexpr ErrorCode kDone = ErrorCode::interrupted;  // failure_of() for what did not fail

OwnField weather() {
    return {.kind = Kind::incident, .name = "x_weather", .help = "weather as witnesses say"};
}
OwnTerm pushback() {
    return {.vocabulary = VocabularyId::act_type,
            .key = "x_pushback",
            .code = "77",
            .label = "pushback at sea",
            .parent = "Forced return"};
}

}  // namespace

TEST_CASE_METHOD(OwnRowsFixture, "a field of the vault's own is like any other", "[own]") {
    CHECK(store(Kind::incident, {{"title", "x"}, {"x_weather", "rain"}}) == ErrorCode::usage);
    REQUIRE(add(weather()) == kDone);
    REQUIRE(add(OwnField{.kind = Kind::incident,
                         .name = "x_river_km",
                         .type = FieldType::integer,
                         .required = true}) == kDone);

    json fields;
    assign(vault.schema(), Kind::incident, fields, "title=x");
    assign(vault.schema(), Kind::incident, fields, "x_weather=monsoon rain");
    CHECK(store(Kind::incident, fields) == ErrorCode::usage);  // x_river_km is missing
    assign(vault.schema(), Kind::incident, fields, "x_river_km=12");
    REQUIRE(store(Kind::incident, fields) == kDone);

    CHECK(get_record(vault, last).fields["x_river_km"] == 12);
    CHECK(found("monsoon") == 1);
    CHECK(listed(Kind::incident, "x_weather~monsoon") == 1);
    CHECK(store(Kind::incident, {{"title", "x"}, {"x_river_km", "far"}}) == ErrorCode::usage);
    CHECK(schema_json(vault.schema(), Kind::incident).dump().find("x_weather") !=
          std::string::npos);
    CHECK(store(Kind::case_, {{"title", "x"}, {"x_weather", "rain"}}) == ErrorCode::usage);

    reopen();  // it is in the log
    CHECK(find_field(vault.schema().fields(Kind::incident), "x_weather")->help ==
          "weather as witnesses say");
}

TEST_CASE_METHOD(OwnRowsFixture, "fields of every type hold what they should", "[own]") {
    int number = 0;
    for (int i = 0; i <= static_cast<int>(FieldType::reference_map); ++i) {
        const auto type = static_cast<FieldType>(i);
        OwnField field{.kind = Kind::act, .name = "x_" + std::to_string(++number), .type = type};
        if (type == FieldType::term || type == FieldType::term_list)
            field.vocabulary = VocabularyId::act_method;
        if (type == FieldType::reference || type == FieldType::reference_list)
            field.kinds = {Kind::act};
        INFO(name_of(type));
        if (!is_for_own(type)) {
            CHECK(add(field) == ErrorCode::usage);
            continue;
        }
        REQUIRE(add(field) == kDone);
        const Field* row = find_field(vault.schema().fields(Kind::act), field.name);
        REQUIRE(row != nullptr);
        std::string example(row->example);
        if (type == FieldType::reference || type == FieldType::reference_list) {
            REQUIRE(store(Kind::act, {{"type", "arrest"}}) == kDone);
            example = to_text(last);
        }
        json fields = {{"type", "arrest"}};
        assign(vault.schema(), Kind::act, fields, field.name + "=" + example);
        CHECK(store(Kind::act, fields) == kDone);
        CHECK(get_record(vault, last).fields.contains(field.name));
    }
}

TEST_CASE_METHOD(OwnRowsFixture, "what is no field of one's own is refused", "[own]") {
    REQUIRE(add(weather()) == kDone);
    CHECK(add(weather()) == ErrorCode::conflict);
    for (const char* name :
         {"weather", "x_", "x_Weather", "x_we ather", "y_weather", "", "x_w.x"}) {
        INFO(name);
        CHECK(add(OwnField{.kind = Kind::incident, .name = name}) == ErrorCode::usage);
    }
    CHECK(add(OwnField{.kind = Kind::incident, .name = "x_" + std::string(kOwnNameMax - 2, 'a')}) ==
          kDone);
    CHECK(add(OwnField{.kind = Kind::incident, .name = "x_" + std::string(kOwnNameMax - 1, 'a')}) ==
          ErrorCode::usage);
    CHECK(add(OwnField{.kind = Kind::act, .name = "x_t", .type = FieldType::term}) ==
          ErrorCode::usage);
    CHECK(add(OwnField{.kind = Kind::act, .name = "x_r", .type = FieldType::reference}) ==
          ErrorCode::usage);
    CHECK(add(OwnField{.kind = Kind::act, .name = "x_v", .vocabulary = VocabularyId::sex}) ==
          ErrorCode::usage);
    CHECK(add(OwnField{
              .kind = Kind::act, .name = "x_h", .help = std::string(kOwnTextMax + 1, 'h')}) ==
          ErrorCode::usage);
    CHECK(add(OwnField{.kind = Kind::act, .name = "x_h", .help = "two\nlines"}) ==
          ErrorCode::usage);
}

TEST_CASE_METHOD(OwnRowsFixture, "a removed field keeps its values and comes back", "[own]") {
    REQUIRE(add(weather()) == kDone);
    REQUIRE(store(Kind::incident, {{"title", "x"}, {"x_weather", "rain"}}) == kDone);
    REQUIRE(changed([&](Change& change) {
                retire_own_field(change, Kind::incident, "x_weather");
            }) == kDone);

    json fields = get_record(vault, last).fields;
    CHECK(fields["x_weather"] == "rain");
    fields["summary"] = "y";
    CHECK(changed([&](Change& change) { (void)revise_record(change, last, fields); }) == kDone);
    CHECK_THROWS_AS(assign(vault.schema(), Kind::incident, fields, "x_weather=sun"), Error);
    CHECK(changed([&](Change& change) { retire_own_field(change, Kind::incident, "x_weather"); }) ==
          ErrorCode::conflict);
    CHECK(changed([&](Change& change) { retire_own_field(change, Kind::incident, "x_no"); }) ==
          ErrorCode::not_found);

    OwnField other = weather();
    other.type = FieldType::integer;
    CHECK(add(other) == ErrorCode::conflict);
    CHECK(add(weather()) == kDone);
    CHECK_FALSE(find_field(vault.schema().fields(Kind::incident), "x_weather")->retired);
}

TEST_CASE_METHOD(OwnRowsFixture, "a word of the vault's own is like any other", "[own]") {
    CHECK(store(Kind::act, {{"type", "x_pushback"}}) == ErrorCode::usage);
    REQUIRE(add(pushback()) == kDone);
    for (const char* written : {"x_pushback", "Pushback at sea", "77"}) {
        INFO(written);
        REQUIRE(store(Kind::act, {{"type", written}}) == kDone);
        CHECK(get_record(vault, last).fields["type"] == "x_pushback");
    }
    CHECK(title_of(vault.schema(), Kind::act, get_record(vault, last).fields) == "pushback at sea");
    // The broader word finds the narrower one.
    CHECK(listed(Kind::act, "type=forced_return") == 3);

    REQUIRE(add(OwnTerm{.vocabulary = VocabularyId::act_type,
                        .key = "x_at_night",
                        .label = "pushback at night",
                        .parent = "x_pushback"}) == kDone);
    reopen();
    const Vocabulary& types = vault.schema().vocabulary(VocabularyId::act_type);
    CHECK(with_narrower(types, "forced_return").size() == 3);
    const std::string tree = vocabulary_text(types, "pushback");
    CHECK(tree.find("\n        x_at_night") != std::string::npos);

    REQUIRE(changed([&](Change& change) {
                retire_own_term(change, VocabularyId::act_type, "x_pushback");
            }) == kDone);
    // It stands above one that is in use, and says what it is.
    CHECK(vocabulary_text(vault.schema().vocabulary(VocabularyId::act_type)).find("(retired)") !=
          std::string::npos);
    CHECK(get_record(vault, last).fields["type"] == "x_pushback");
}

TEST_CASE_METHOD(OwnRowsFixture, "what is no word of one's own is refused", "[own]") {
    REQUIRE(add(pushback()) == kDone);
    CHECK(add(pushback()) == ErrorCode::conflict);
    OwnTerm term = pushback();
    term.key = "x_other";
    CHECK(add(term) == ErrorCode::conflict);  // two words with one label
    term.label = "other";
    CHECK(add(term) == ErrorCode::conflict);
    term.label = "something else";
    term.parent = "no_such";
    CHECK(add(term) == ErrorCode::usage);
    term.parent.clear();
    term.vocabulary = VocabularyId::protection;
    CHECK(add(term) == ErrorCode::refused);
    term.vocabulary = VocabularyId::act_type;
    term.key = "other_key";
    CHECK(add(term) == ErrorCode::usage);
}

TEST_CASE_METHOD(OwnRowsFixture, "what is rolled back was never defined", "[own]") {
    {
        Change change(vault);
        add_own_field(change, weather());
        CHECK(find_field(vault.schema().fields(Kind::incident), "x_weather") != nullptr);
    }
    CHECK(find_field(vault.schema().fields(Kind::incident), "x_weather") == nullptr);
}

TEST_CASE_METHOD(OwnRowsFixture, "definitions that are none are passed over", "[own]") {
    REQUIRE(changed([](Change& change) {
                define(change, "field", "incident.x_a", {{"type", "no such type"}});
                define(change, "field", "incident.x_b", {{"type", "term"}});
                define(change, "field", "incident.title", {{"type", "text"}});
                define(change, "field", "nothing", {{"type", "text"}});
                define(change, "field", "incident.x_c", 7);
                define(change, "term", "protection.x_p5", {{"label", "P5"}});
                define(change, "term", "act_type.x_1", {{"label", "a"}, {"parent", "x_2"}});
                define(change, "term", "act_type.x_2", {{"label", "b"}, {"parent", "x_1"}});
            }) == kDone);
    CHECK(vault.schema().own().fields.empty());
    CHECK(vault.schema().own().terms.size() == 2);
    CHECK_FALSE(vocabulary_text(vault.schema().vocabulary(VocabularyId::act_type)).empty());
}

}  // namespace custos::vault
