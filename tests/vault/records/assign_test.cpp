// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/assign.h"

#include <initializer_list>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "tests/vault/records/sample_fields.h"

namespace custos::vault {
namespace {

using nlohmann::json;

json assigned(Kind kind, std::initializer_list<const char*> assignments,
              json fields = json::object()) {
    for (const char* assignment : assignments) assign(builtin_schema(), kind, fields, assignment);
    return fields;
}

template <class Act>
std::string refusal_of(Act&& act) {
    try {
        act();
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return std::string(error.what()) + " | " + error.hint();
    }
    return "taken";
}

std::string set_refusal(Kind kind, const char* assignment) {
    json fields = {{"title", "x"}};
    const std::string refusal =
        refusal_of([&] { assign(builtin_schema(), kind, fields, assignment); });
    CHECK(fields == json{{"title", "x"}});
    return refusal;
}

}  // namespace

TEST_CASE("assign takes text as it is, whatever is in it", "[records][assign]") {
    CHECK(assigned(Kind::statement, {"title=a=b, {c} [d]"}) == json{{"title", "a=b, {c} [d]"}});
    CHECK(assigned(Kind::statement, {"body={P-7K3QD} was here"}) ==
          json{{"body", "{P-7K3QD} was here"}});
    CHECK(assigned(Kind::incident, {"title=one", "title=two"}) == json{{"title", "two"}});
    CHECK(assigned(Kind::incident, {"protection=P3"}, nullptr) == json{{"protection", "P3"}});
}

TEST_CASE("assign reaches into parts, lists and maps", "[records][assign]") {
    CHECK(assigned(Kind::incident, {"place.country=TH", "place.uncertainty_m=5000"}) ==
          json{{"place", {{"country", "TH"}, {"uncertainty_m", 5000}}}});
    CHECK(assigned(Kind::incident, {"tags=a,b", "tags=c"}) == json{{"tags", {"a,b", "c"}}});
    CHECK(assigned(Kind::incident, {"tags=a", "tags=[\"x\",\"y\"]"}) == json{{"tags", {"x", "y"}}});
    CHECK(assigned(Kind::incident, {"tags=a", "tags=b", "tags.1=c", "tags.3=d"}) ==
          json{{"tags", {"c", "b", "d"}}});
    CHECK(assigned(Kind::person,
                   {R"(names={"text":"Sok Dara"})", "names.1.kind=legal", "names.2.text=Kite"}) ==
          json{{"names", {{{"text", "Sok Dara"}, {"kind", "legal"}}, {{"text", "Kite"}}}}});
    CHECK(assigned(Kind::person,
                   {R"(names=[{"text":"A"},{"text":"B"}])", R"(names.2={"text":"C"})"}) ==
          json{{"names", {{{"text", "A"}}, {{"text", "C"}}}}});
    CHECK(
        assigned(Kind::testimony,
                 {"translations.1.language=en", "translations.1.paragraphs.1.text=Hello",
                  "translations.1.paragraphs.2.text=there"}) ==
        json{{"translations",
              {{{"language", "en"}, {"paragraphs", {{{"text", "Hello"}}, {{"text", "there"}}}}}}}});
    CHECK(
        assigned(Kind::consent, {"scopes.publish_named=refused", "scopes.Publish named=granted"}) ==
        json{{"scopes", {{"publish_named", "granted"}}}});
    CHECK(assigned(Kind::testimony, {"read_back=true"}) == json{{"read_back", true}});
    CHECK(assigned(Kind::testimony, {"read_back=no", "version=2"}) ==
          json{{"read_back", false}, {"version", 2}});
}

TEST_CASE("assign finds the entry of a map that a short id means", "[records][assign]") {
    const std::string full = sample_text(Kind::person);
    const json fields = {{"plan", {{full, "role"}}}};
    const std::string code = full.substr(0, 7);
    CHECK(assigned(Kind::statement, {("plan." + code + "=named").c_str()}, fields) ==
          json{{"plan", {{full, "named"}}}});
    CHECK(assigned(Kind::statement, {"plan.P-7K3QD=named"}, fields)["plan"].size() == 2);
}

TEST_CASE("assign refuses an unknown path with the nearest ones, and changes nothing",
          "[records][assign]") {
    CHECK(set_refusal(Kind::person, "name=Sok Dara") ==
          "there is no field called \"name\" | did you mean names?");
    CHECK(set_refusal(Kind::incident, "country=TH") ==
          "there is no field called \"country\" | did you mean place.country?");
    CHECK(set_refusal(Kind::incident, "place.contry=TH") ==
          "there is no field called \"place.contry\" | did you mean place.country?");
    CHECK(set_refusal(Kind::incident, "title") ==
          "\"title\" sets nothing | write FIELD=VALUE, such as title=\"…\"");
    CHECK(set_refusal(Kind::incident, "=x").rfind("\"=x\" sets nothing", 0) == 0);
    CHECK(set_refusal(Kind::incident, "title=") ==
          "no value for title | to remove it: --unset title");
    CHECK(set_refusal(Kind::incident, "title.x=y").rfind("\"title\" has no part \"x\"", 0) == 0);
    CHECK(set_refusal(Kind::incident, "place=Bangkok") ==
          "place has parts | write place.text=… or place={…}");
    CHECK(set_refusal(Kind::person, "names=Sok Dara")
              .rfind("names is a list of parts | write names.1.text=…", 0) == 0);
    CHECK(set_refusal(Kind::person, "names.text=Sok Dara")
              .rfind("\"names\" is a list, and \"text\" is no position in it", 0) == 0);
    CHECK(set_refusal(Kind::person, "names.2.text=Sok Dara").rfind("there is no \"names.2\"", 0) ==
          0);
    CHECK(set_refusal(Kind::person, "names.0.text=Sok Dara").rfind("there is no \"names.0\"", 0) ==
          0);
    CHECK(set_refusal(Kind::person, "names.1=Sok Dara") != "taken");
    CHECK(set_refusal(Kind::person, "aliases.1.x=y") != "taken");
    CHECK(set_refusal(Kind::person, "names={\"text\":") != "taken");
    CHECK(set_refusal(Kind::person, "dependants=two") == "dependants must be a whole number | ");
    CHECK(set_refusal(Kind::person, "dependants=2.5") == "dependants must be a whole number | ");
    CHECK(set_refusal(Kind::person, "deceased=maybe") == "deceased must be true or false | ");
    CHECK(set_refusal(Kind::consent, "scopes.publish_named.x=y") != "taken");
    CHECK(set_refusal(Kind::consent, "scopes=granted") != "taken");
    CHECK(set_refusal(Kind::incident, "..=x") != "taken");
    CHECK(set_refusal(Kind::incident, (std::string(501, 'a') + "=x").c_str()) ==
          "the name of a field is longer than any field's | ");
    CHECK(set_refusal(Kind::incident, (std::string(500, 'a') + "=x").c_str())
              .rfind("there is no field called", 0) == 0);
    CHECK(set_refusal(Kind::incident, "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=x")
              .rfind("there is no field called", 0) == 0);
    CHECK(set_refusal(Kind::incident, "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=x")
              .rfind("no field lies so deep", 0) == 0);
    CHECK(set_refusal(Kind::incident,
                      (std::string("title=") + std::string(kTextSizeMax + 1, 'a')).c_str()) !=
          "taken");
}

TEST_CASE("unassign removes fields, items and entries", "[records][assign]") {
    const std::string full = sample_text(Kind::person);
    json fields = {
        {"title", "x"}, {"tags", {"a", "b"}}, {"place", {{"country", "TH"}, {"text", "y"}}}};
    unassign(builtin_schema(), Kind::incident, fields, "tags.1");
    unassign(builtin_schema(), Kind::incident, fields, "place.text");
    unassign(builtin_schema(), Kind::incident, fields, "title");
    CHECK(fields == json{{"tags", {"b"}}, {"place", {{"country", "TH"}}}});
    for (const char* path : {"title", "place.text", "tags.2", "tags.0", "titel", "place.country.x",
                             "summary.x", "", "."}) {
        INFO(path);
        const json before = fields;
        CHECK(refusal_of([&] { unassign(builtin_schema(), Kind::incident, fields, path); }) !=
              "taken");
        CHECK(fields == before);
    }
    json plan = {{"plan", {{full, "role"}}}};
    unassign(builtin_schema(), Kind::statement, plan, "plan." + full.substr(0, 7));
    CHECK(plan == json{{"plan", json::object()}});
    json names = {{"names", {{{"text", "A"}, {"kind", "legal"}}}}};
    unassign(builtin_schema(), Kind::person, names, "names.1.kind");
    CHECK(names == json{{"names", {{{"text", "A"}}}}});
}

TEST_CASE("assignments over any sample never throw anything but a usage error",
          "[records][assign]") {
    for (const auto& [kind, sample] : design_samples()) {
        for (const char* path : {"a", "place", "place.", "names.1", "names.1.text.x", "plan",
                                 "plan.", "plan.P-1", "scopes.", "tags.1.2", "paragraphs.1"}) {
            for (const char* value :
                 {"=x", "={}", "=[]", "=[1]", "={\"a\":1}", "=true", "=7", "=null"}) {
                json fields = sample;
                const std::string assignment = std::string(path) + value;
                (void)refusal_of([&] { assign(builtin_schema(), kind, fields, assignment); });
                (void)check_sample(kind, fields);
                (void)refusal_of([&] { unassign(builtin_schema(), kind, fields, path); });
            }
        }
    }
}

}  // namespace custos::vault
