// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/check.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/records/sample_fields.h"
#include "vault/records/describe.h"
#include "vault/records/schema.h"

namespace custos::vault {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

// A title and one more field.
Texts problems_with(Kind kind, const char* name, json value) {
    return problems_in(kind, {{"title", "x"}, {name, std::move(value)}});
}

bool mentions(const Texts& texts, const std::string& part) {
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
        return text.find(part) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("check takes every sample of the design, and its own result again", "[records][check]") {
    for (const auto& [kind, given] : design_samples()) {
        INFO(name_of(kind));
        const Checked checked = check_sample(kind, given);
        CHECK(problems_in(kind, given) == Texts{});
        // Nothing is dropped: the same names, at every level.
        json with_codes = with_references(
            builtin_schema(), kind, checked.fields,
            [](const RecordId& id) { return std::string(1, prefix_of(id.kind)) + "-1"; });
        CHECK(with_codes == given);
        CHECK(check_fields(builtin_schema(), kind, checked.fields, resolve_full_id).fields ==
              checked.fields);
    }
    CHECK(design_samples().size() == kKinds.size());
}

TEST_CASE("check refuses an unknown field by name, wherever it is", "[records][check]") {
    CHECK(problems_in(Kind::incident, {{"title", "x"}, {"titel", "y"}}) ==
          Texts{"titel: there is no such field (did you mean title?)"});
    CHECK(problems_in(Kind::incident, {{"title", "x"}, {"place", {{"contry", "TH"}}}}) ==
          Texts{"place.contry: there is no such field (did you mean country?)"});
    CHECK(problems_in(Kind::testimony,
                      {{"paragraphs", {{{"text", "x"}}, {{"text", "y"}, {"bases", "hearsay"}}}}}) ==
          Texts{"paragraphs.2.bases: there is no such field (did you mean basis?)"});
    CHECK(mentions(problems_in(Kind::incident, {{"title", "x"}, {"\x1b[31m", 1}}), "\\u{1B}"));
    CHECK_FALSE(problems_in(Kind::incident, {{"title", "x"}, {"", 1}}).empty());
    CHECK(problems_with(Kind::incident, "summary", nullptr) ==
          Texts{"summary: is null: leave the field out instead"});
}

TEST_CASE("check refuses a value of the wrong type for every field of every kind",
          "[records][check]") {
    const json values[] = {nullptr,
                           true,
                           7,
                           -1,
                           1.5,
                           "",
                           " ",
                           "\x01",
                           json::array(),
                           json::object(),
                           json::array({json::array()}),
                           json::array({nullptr}),
                           json::array({7}),
                           json::object({{"no such part", 1}})};
    std::size_t tried = 0;
    for (const KindRow& row : kKinds) {
        for (const Field& field : builtin_schema().kind(row.kind).fields) {
            for (const json& value : values) {
                ++tried;
                const json given = {{std::string(field.name), value}};
                const Checked checked = check_sample(row.kind, given);
                const bool about_field = std::any_of(
                    checked.problems.begin(), checked.problems.end(), [&](const Problem& problem) {
                        return problem.path.rfind(std::string(field.name), 0) == 0;
                    });
                INFO(row.name << "." << field.name << " = "
                              << value.dump(-1, ' ', true, json::error_handler_t::replace));
                const FieldType type = field.type;
                const bool takes = (type == FieldType::boolean && value.is_boolean()) ||
                                   (type == FieldType::integer && value.is_number_integer() &&
                                    value.get<std::int64_t>() >= field.min) ||
                                   (is_list(type) && value == json::array()) ||
                                   ((type == FieldType::object || type == FieldType::term_map ||
                                     type == FieldType::reference_map) &&
                                    value == json::object());
                CHECK(about_field == !takes);
            }
        }
    }
    CHECK(tried > 2000);
}

TEST_CASE("check refuses an unknown word with the nearest ones", "[records][check]") {
    CHECK(
        problems_in(Kind::act, {{"type", "abducton"}}) ==
        Texts{
            "type: not a word of the vocabulary act_type: \"abducton\" (did you mean abduction?)"});
    CHECK(mentions(problems_in(Kind::act, {{"type", "snatching"}}), "act_type"));
    CHECK(problems_in(Kind::act, {{"type", "arrest"}, {"completion", "zzz"}}) ==
          Texts{"completion: not a word of the vocabulary completion: \"zzz\" (did you mean "
                "completed, attempted, threatened or planned?)"});
    CHECK(mentions(problems_in(Kind::act, {{"type", "arrest"}, {"methods", {"beating", "shock"}}}),
                   "methods.2: "));
    CHECK(check_sample(Kind::act, {{"type", "Forced Return"}, {"methods", {"Electric shock"}}})
              .fields == json{{"type", "forced_return"}, {"methods", {"electric_shock"}}});
    CHECK(
        check_sample(Kind::incident, {{"title", "x"}, {"protection", "p3"}}).fields["protection"] ==
        "P3");
}

TEST_CASE("check refuses wrong dates, times, countries, languages and zones with what was meant",
          "[records][check]") {
    CHECK(problems_with(Kind::incident, "date", "2562-12-22") ==
          Texts{"date: the year 2562 is centuries ahead and looks like a Thai solar year: "
                "\"2562-12-22\" (did you mean 2019-12-22 or thai_solar:2562-12-22?)"});
    CHECK(problems_with(Kind::incident, "date", "2019-02-30") ==
          Texts{"date: there is no day 30 in 2019-02: \"2019-02-30\""});
    CHECK(problems_with(Kind::incident, "time", "9.30pm") ==
          Texts{"time: not a time of day in the form 21:30: \"9.30pm\""});
    CHECK(problems_with(Kind::incident, "place", {{"country", "Thailand"}}) ==
          Texts{"place.country: no such country: \"Thailand\" (did you mean TH?)"});
    CHECK(
        mentions(problems_with(Kind::incident, "language", "khmr"), "language: no such language"));
    CHECK(problems_with(Kind::incident, "timezone", "Asia/Bankok") ==
          Texts{"timezone: no such time zone: \"Asia/Bankok\" (did you mean Asia/Bangkok?)"});
    const Checked checked = check_sample(Kind::incident, {{"title", "x"},
                                                          {"language", "EN-us"},
                                                          {"place", {{"country", "th"}}},
                                                          {"timezone", "asia/bangkok"}});
    CHECK(checked.fields == json{{"title", "x"},
                                 {"language", "en-US"},
                                 {"place", {{"country", "TH"}}},
                                 {"timezone", "Asia/Bangkok"}});
}

TEST_CASE("check keeps coordinates as text and within the globe", "[records][check]") {
    const auto takes = [](const char* name, const char* value) {
        json place = {{"lat", "0"}, {"lon", "0"}};  // one alone is no place
        place[name] = value;
        return check_sample(Kind::incident, {{"title", "x"}, {"place", place}}).ok();
    };
    for (const char* value : {"0", "13.75", "-90", "90", "90.000", "-0.5", "89.999999999999999"})
        CHECK(takes("lat", value));
    for (const char* value : {"90.0000001", "-90.1", "91", "13,75", "13.", ".5", "+13", "1e1",
                              "13.75X", "", "-", "0x10", "999999999999", "1.0000000000000001"}) {
        CHECK_FALSE(takes("lat", value));
    }
    CHECK(takes("lon", "180"));
    CHECK_FALSE(takes("lon", "180.1"));
    CHECK(mentions(problems_with(Kind::incident, "place", {{"lat", 13.75}}), "as text"));
    CHECK(mentions(problems_with(Kind::incident, "place", {{"uncertainty_m", -1}}),
                   "must be from 0"));
    CHECK(mentions(problems_with(Kind::incident, "place", {{"uncertainty_m", 20'100'001}}),
                   "must be from 0"));
    CHECK(mentions(problems_with(Kind::exhibit, "size", std::uint64_t{1} << 60), "must be from 0"));
    CHECK(problems_with(Kind::exhibit, "size", kIntegerMax).empty());
}

TEST_CASE("check resolves references, and says what is wrong with others", "[records][check]") {
    CHECK(check_sample(Kind::act, {{"type", "arrest"}, {"victim", "p-1"}}).fields["victim"] ==
          sample_text(Kind::person));
    CHECK(problems_in(Kind::act, {{"type", "arrest"}, {"victim", "P-ZZZ"}}) ==
          Texts{"victim: there is no such person: \"P-ZZZ\""});
    CHECK(problems_in(Kind::act, {{"type", "arrest"}, {"victim", "P-2"}}) ==
          Texts{"victim: could be several records: \"P-2\" (did you mean P-2AAAA or P-2BBBB?)"});
    CHECK(problems_in(Kind::act, {{"type", "arrest"}, {"victim", "I-1"}}) ==
          Texts{"victim: must be a person, and this is the id of an incident: \"I-1\""});
    CHECK(problems_in(Kind::act, {{"type", "arrest"}, {"victim", "Sok Dara"}}) ==
          Texts{"victim: not an id such as P-7K3QD: \"Sok Dara\""});
    CHECK(mentions(problems_with(Kind::statement, "sources", {"D-1", "P-1"}),
                   "sources.2: must be a source"));
}

TEST_CASE("check looks at both sides of a map", "[records][check]") {
    CHECK(mentions(
        problems_in(Kind::consent, {{"person", "P-1"}, {"scopes", {{"publish_name", "granted"}}}}),
        "did you mean publish_named"));
    CHECK(mentions(
        problems_in(Kind::consent, {{"person", "P-1"}, {"scopes", {{"publish_named", "yes"}}}}),
        "consent_state"));
    CHECK(
        check_sample(Kind::consent, {{"person", "P-1"}, {"scopes", {{"Publish named", "Refused"}}}})
            .fields["scopes"] == json{{"publish_named", "refused"}});
    CHECK(mentions(
        problems_in(Kind::consent,
                    {{"person", "P-1"},
                     {"scopes", {{"publish named", "refused"}, {"publish_named", "granted"}}}}),
        "twice"));
    CHECK(mentions(problems_with(Kind::statement, "plan", {{"P-1", "role"}, {"p-1", "named"}}),
                   "twice"));
    CHECK(mentions(problems_with(Kind::statement, "plan", {{"T-1", "role"}}), "must be a person"));
    CHECK(mentions(problems_with(Kind::statement, "plan", {{"P-1", "shown"}}), "plan_appearance"));
}

TEST_CASE("check refuses addresses that run something", "[records][check]") {
    for (const char* url : {"https://news.example/a?b=c#d", "http://192.0.2.1:8080/",
                            "mailto:desk@example.org", "https://ឧទាហរណ៍.example/ខ"}) {
        CHECK(problems_with(Kind::source, "url", url).empty());
    }
    for (const char* url :
         {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x",
          "file:///etc/passwd", "news.example/a", "//news.example", "https:", ":x", "https://a b",
          "https://a\"b", "1http://x", "https://x\n"}) {
        INFO(url);
        CHECK_FALSE(problems_with(Kind::source, "url", url).empty());
    }
    CHECK(mentions(problems_with(Kind::source, "url", "news.example/a"),
                   "did you mean https://news.example/a?"));
}

TEST_CASE("check needs little, and says what", "[records][check]") {
    CHECK(problems_in(Kind::involvement, json::object()) ==
          Texts{"act: is missing: act that was done"});
    CHECK(problems_in(Kind::act, json::object()) == Texts{"type: is missing: what was done"});
    CHECK(problems_in(Kind::consent, json::object()) ==
          Texts{"person: is missing: who agreed or refused"});
    for (const KindRow& row : kKinds) {
        CHECK_FALSE(check_sample(row.kind, json::object()).ok());
        CHECK_FALSE(check_sample(row.kind, {{"notes", "only notes"}}).ok());
        for (const json& given : {json(nullptr), json(1), json("x"), json::array()})
            CHECK_FALSE(check_sample(row.kind, given).ok());
    }
    CHECK(problems_in(Kind::person, {{"country", "KH"}}).size() == 1);
    CHECK(check_sample(Kind::testimony, {{"paragraphs", {{{"text", "x"}}}}}).ok());
    CHECK(mentions(problems_in(Kind::testimony, {{"paragraphs", {{{"basis", "hearsay"}}}}}),
                   "paragraphs.1.text: is missing"));
}

TEST_CASE("check stops one past each limit", "[records][check]") {
    const auto takes = [](Kind kind, const json& given) { return check_sample(kind, given).ok(); };
    CHECK(takes(Kind::incident, {{"title", "x"}, {"summary", std::string(kTextSizeMax, 'x')}}));
    CHECK_FALSE(
        takes(Kind::incident, {{"title", "x"}, {"summary", std::string(kTextSizeMax + 1, 'x')}}));

    json tags = json::array();
    for (std::size_t i = 0; i < kListItemsMax; ++i) tags.push_back("t");
    CHECK(takes(Kind::incident, {{"title", "x"}, {"tags", tags}}));
    tags.push_back("t");
    CHECK(problems_with(Kind::incident, "tags", tags) == Texts{"tags: has more than 10,000 items"});

    json paragraphs = json::array();
    for (std::size_t i = 0; i < 7; ++i)
        paragraphs.push_back({{"text", std::string(kTextSizeMax, 'x')}});
    CHECK(takes(Kind::testimony, {{"paragraphs", paragraphs}}));
    paragraphs.push_back(
        {{"text", std::string(kTextSizeMax, 'x')}});  // with the names, a little over 8 MiB
    CHECK(problems_in(Kind::testimony, {{"paragraphs", paragraphs}}) ==
          Texts{"is longer than 8 MiB: attach long material as a file"});

    json unknown = {{"title", "x"}};
    for (std::size_t i = 0; i < kProblemsMax + 10; ++i)
        unknown["no_such_field_" + std::to_string(i)] = 1;
    CHECK(check_sample(Kind::incident, unknown).problems.size() == kProblemsMax);
}

TEST_CASE("check takes texts of every script and refuses control characters", "[records][check]") {
    CHECK(problems_with(Kind::incident, "summary", "บรรทัดหนึ่ง\nបន្ទាត់ពីរ\t三").empty());
    CHECK(problems_with(Kind::incident, "summary", "a\rb") ==
          Texts{"summary: holds the control character U+000D at byte 2"});
    CHECK(problems_with(Kind::incident, "summary", std::string("a\0b", 3)) ==
          Texts{"summary: holds the control character U+0000 at byte 2"});
    CHECK(problems_with(Kind::incident, "summary", "a\xC3(") ==
          Texts{"summary: byte 2 is not UTF-8"});
    CHECK_FALSE(problems_with(Kind::incident, "notes", "\xED\xA0\x80").empty());
    CHECK(problems_in(Kind::incident, {{"title", "two\nlines"}}) ==
          Texts{"title: must be one line, without line feeds and tabs"});
}

TEST_CASE("check shows a wrong value short and harmless", "[records][check]") {
    const Checked checked =
        check_sample(Kind::incident, {{"title", "x"}, {"date", "\u202E" + std::string(500, 'x')}});
    REQUIRE(checked.problems.size() == 1);
    CHECK(checked.problems[0].value == "\\u{202E}" + std::string(59, 'x') + "…");
}

TEST_CASE("problems_error names every problem", "[records][check]") {
    const Checked one = check_sample(Kind::act, {{"type", "abducton"}});
    const Error single = problems_error(Kind::act, one.problems);
    CHECK(single.code() == ErrorCode::usage);
    CHECK(std::string(single.what()) ==
          "cannot store this act: type: not a word of the vocabulary act_type: \"abducton\" (did "
          "you mean abduction?)");
    CHECK(single.hint() == "fields and words are listed by: custos schema act");

    json unknown = {{"type", "arrest"}};
    for (int i = 0; i < 12; ++i) unknown["zzzz" + std::to_string(i)] = 1;
    const std::string several =
        problems_error(Kind::act, check_sample(Kind::act, unknown).problems).what();
    CHECK(several.rfind("cannot store this act: 12 problems\n  zzzz0: there is no such field\n",
                        0) == 0);
    CHECK(several.find("\n  and 2 more") != std::string::npos);
}

TEST_CASE("every alternative that docs/design.md fixes is taken as it is written",
          "[records][check]") {
    struct Fixed {
        Kind kind;
        const char* path;  // as a JSON pointer into the sample of the kind
        std::vector<const char*> words;
    };
    const std::vector<Fixed> all = {
        {Kind::person, "/names/0/kind", {"legal", "common", "alias", "codename"}},
        {Kind::person, "/counting_unit", {"individual", "family", "group", "organisation"}},
        {Kind::person, "/protection", {"P0", "P1", "P2", "P3", "P4"}},
        {Kind::incident, "/time_precision", {"exact", "approximate", "part_of_day"}},
        {Kind::incident,
         "/place/publish_precision",
         {"exact", "street", "district", "province", "country", "none"}},
        {Kind::act, "/completion", {"completed", "attempted", "threatened", "planned"}},
        {Kind::testimony, "/paragraphs/0/basis", {"own_knowledge", "hearsay"}},
        {Kind::consent, "/method", {"signed", "recorded", "verbal"}},
        {Kind::consent,
         "/scopes/publish_named",
         {"granted", "refused", "not_asked", "withdrawn", "expired"}},
        {Kind::statement, "/plan/P-1", {"pseudonym", "role", "named", "withheld"}},
    };
    for (const Fixed& fixed : all) {
        for (auto [kind, fields] : design_samples()) {
            if (kind != fixed.kind) continue;
            for (const char* word : fixed.words) {
                INFO(fixed.path << " " << word);
                fields[json::json_pointer(fixed.path)] = word;
                const Checked checked = check_sample(kind, fields);
                CHECK(checked.ok());
                CHECK(checked.fields.dump().find("\"" + std::string(word) + "\"") !=
                      std::string::npos);
            }
        }
    }
}

}  // namespace custos::vault
