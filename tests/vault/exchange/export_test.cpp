// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/export.h"

#include <cmath>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/exchange/escape.h"
#include "vault/exchange/geojson.h"
#include "vault/exchange/graph.h"
#include "vault/exchange/output_file.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Exporting : VaultFixture {
    Vault vault = create();
    std::map<std::string, RecordId> ids;

    void add(const std::string& name, Kind kind, json fields) {
        Change change(vault);
        for (auto& [field, value] : fields.items()) {
            if (value.is_string() && ids.contains(value.get<std::string>()))
                value = to_text(ids.at(value.get<std::string>()));
        }
        ids[name] = create_record(change, kind, fields);
        change.commit();
    }
    std::string code(const std::string& name) { return code_of(vault, ids.at(name)); }

    std::string graph(GraphFormat format, Identities identities) {
        std::string text;
        (void)export_graph(vault, format, identities,
                           [&](std::string_view piece) { text += piece; });
        return text;
    }
    json map() {
        std::string text;
        (void)export_geojson(vault, {}, [&](std::string_view piece) { text += piece; });
        return json::parse(text);
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

json place(const char* precision) {
    json made = {{"lat", "13.75631"}, {"lon", "100.50182"},  {"country", "TH"},
                 {"text", "Soi 7"},   {"admin1", "Bangkok"}, {"admin2", "Bang Rak"},
                 {"address", "14/2"}};
    if (*precision != '\0') made["publish_precision"] = precision;
    return made;
}

}  // namespace

TEST_CASE("a graph has protected persons by their code alone, unless asked", "[exchange][graph]") {
    Exporting from;
    from.add("p", Kind::person,
             {{"names", json::array({{{"text", "Vireak <&\" \\ Chhun"}}})}, {"protection", "P3"}});
    from.add("q", Kind::person, {{"names", json::array({{{"text", "Nobody Said"}}})}});
    from.add("o", Kind::person,
             {{"names", json::array({{{"text", "Open \"Name\""}}})}, {"protection", "P0"}});
    from.add("i", Kind::incident, {{"title", "Vireak was taken"}, {"date", "2019-12"}});
    from.add("a", Kind::act, {{"type", "abduction"}, {"victim", "p"}, {"incident", "i"}});
    from.add("v", Kind::involvement, {{"act", "a"}, {"perpetrator", "o"}});
    from.add("c", Kind::case_, {{"title", "not in it"}});
    Change change(from.vault);
    link_records(change, from.ids["p"], "about", from.ids["i"]);
    link_records(change, from.ids["p"], "about", from.ids["c"]);
    change.commit();

    for (const GraphFormat format : {GraphFormat::dot, GraphFormat::graphml}) {
        const std::string graph = from.graph(format, Identities::leave_out);
        INFO(graph);
        CHECK_FALSE(has(graph, "Vireak"));
        CHECK_FALSE(has(graph, "Nobody"));
        CHECK_FALSE(has(graph, from.code("c")));
        CHECK(
            has(graph, format == GraphFormat::dot ? "Open \\\"Name\\\"" : "Open &quot;Name&quot;"));
        const std::string named = from.graph(format, Identities::write);
        CHECK(has(named, format == GraphFormat::dot ? "Vireak <&\\\" \\\\ Chhun"
                                                    : "Vireak &lt;&amp;&quot; \\ Chhun"));
        CHECK(has(named, "Vireak was taken"));
    }
    const std::string dot = from.graph(GraphFormat::dot, Identities::leave_out);
    const auto edge = [&](const char* a, const char* role, const char* b) {
        return "\"" + from.code(a) + "\" -> \"" + from.code(b) + "\" [label=\"" + role + "\"]";
    };
    CHECK(has(dot, edge("a", "victim", "p")));
    CHECK(has(dot, edge("a", "incident", "i")));
    CHECK(has(dot, edge("v", "perpetrator", "o")));
    CHECK(has(dot, edge("p", "about", "i")));
}

TEST_CASE("a map is no more exact than may be published", "[exchange][geojson]") {
    Exporting from;
    for (const char* precision : {"exact", "street", "district", "province", "country", "none", ""})
        from.add(std::string("p:") + precision, Kind::incident,
                 {{"title", "secret"}, {"date", "2019-12-22"}, {"place", place(precision)}});
    from.add("P3", Kind::incident,
             {{"title", "x"}, {"protection", "P3"}, {"place", place("exact")}});
    from.add("P4", Kind::incident,
             {{"title", "x"}, {"protection", "P4"}, {"place", place("exact")}});

    const json map = from.map();
    std::map<std::string, json> shown;
    for (const json& feature : map["features"]) shown[feature["properties"]["id"]] = feature;
    CHECK(shown.size() == 7);
    const auto of = [&](const std::string& name) { return shown.at(from.code(name)); };
    CHECK(of("p:exact")["geometry"]["coordinates"] == json{100.50182, 13.75631});
    CHECK(of("p:street")["geometry"]["coordinates"] == json{100.502, 13.756});
    CHECK(of("p:district")["geometry"]["coordinates"] == json{100.5, 13.8});
    CHECK(of("p:province")["geometry"]["coordinates"] == json{101.0, 14.0});
    CHECK(of("p:country")["geometry"].is_null());
    CHECK(of("p:")["properties"] ==
          of("p:province")["properties"].patch(json::parse(
              R"([{"op":"replace","path":"/id","value":")" + from.code("p:") + "\"}]")));
    CHECK(of("P3")["properties"]["precision"] == "province");
    CHECK_FALSE(shown.contains(from.code("P4")));
    CHECK_FALSE(shown.contains(from.code("p:none")));

    CHECK(of("p:country")["properties"] == json{{"id", from.code("p:country")},
                                                {"kind", "incident"},
                                                {"place", "place"},
                                                {"precision", "country"},
                                                {"country", "TH"},
                                                {"date", "2019"}});
    CHECK(of("p:province")["properties"]["date"] == "2019-12");
    const std::string all = map.dump();
    for (const char* text : {"secret", "Soi 7", "14/2"}) CHECK_FALSE(has(all, text));
}

TEST_CASE("coordinates are rounded to the cell", "[exchange][geojson]") {
    CHECK(rounded("-0.04", Precision::district) == 0.0);
    CHECK_FALSE(std::signbit(*rounded("-0.04", Precision::district)));
    CHECK(rounded("-179.96", Precision::district) == -180.0);
    CHECK(rounded("+13.7563", Precision::street) == 13.756);
    CHECK(rounded("13.7563999", Precision::exact) == 13.7564);
    CHECK_FALSE(rounded("13.75", Precision::country));
    CHECK_FALSE(rounded("x", Precision::exact));
    CHECK_FALSE(rounded("", Precision::exact));
}

TEST_CASE("JSON lines hold no character that steers", "[exchange][export]") {
    const json value = {{"a", "x\u202Ey\uFEFF\U000E0041\u007F ខ្មែរ\u200B"}};
    const std::string line = json_line(value);
    CHECK(line == "{\"a\":\"x\\u202ey\\ufeff\\udb40\\udc41\\u007f ខ្មែរ\u200B\"}\n");
    CHECK(json::parse(line) == value);
}

TEST_CASE("a file that goes out is there whole or not at all", "[exchange][export]") {
    ScratchDirectory scratch;
    const Path path = scratch.path / "out";
    {
        OutputFile out(path, Existing::refuse);
        out.write("half");
    }
    CHECK(names_in(scratch.path).empty());
    {
        OutputFile out(path, Existing::refuse);
        out.write("who");
        out.write("le");
        CHECK(out.finish() == crypto::sha256(bytes_of("whole")));
        CHECK_FALSE(std::filesystem::exists(path));
        out.publish();
    }
    CHECK(to_string(read_file(path, 100)) == "whole");
    CHECK(failure_of([&] { OutputFile out(path, Existing::refuse); }) == ErrorCode::conflict);
    {
        OutputFile out(path, Existing::replace);
        out.write("new");
        (void)out.finish();
        out.publish();
    }
    CHECK(to_string(read_file(path, 100)) == "new");
    CHECK(names_in(scratch.path) == std::vector<std::string>{"out"});
    std::filesystem::create_symlink(path, scratch.path / "link");
    CHECK(failure_of([&] { OutputFile out(scratch.path / "link", Existing::replace); }) ==
          ErrorCode::conflict);
}

}  // namespace custos::vault
