// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/table.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Tables : VaultFixture {
    Vault vault = create();
    ImportOptions options;
    ImportCount count;
    std::vector<Prepared> told;

    void import(const std::string& text, const std::string& mapping) {
        told.clear();
        const auto source = table_records(builtin_schema(), Source(text), parse_mapping(mapping));
        count = import_records(
            vault, *source, options, [&](const Prepared& record) { told.push_back(record); },
            [](std::uint64_t) {});
    }
    json fields(std::size_t i) { return get_record(vault, told.at(i).id).fields; }
    std::string problems() const {
        std::string text;
        for (const Prepared& record : told) {
            for (const Problem& problem : record.problems)
                text += "line " + std::to_string(record.line) + ": " + to_text(problem) + "\n";
        }
        return text;
    }
};

std::string refusal_of(const std::string& text, const std::string& mapping) {
    try {
        (void)table_records(builtin_schema(), Source(text), parse_mapping(mapping));
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return error.what();
    }
    return "taken";
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("columns that are called as fields need no mapping", "[exchange][table]") {
    Tables tables;
    tables.import(
        "ref;names.1.text;names.1.language;role;tags;names.1.mononym\r\n"
        "p1;Sok Dara;km;witness;urgent; TRUE\r\n"
        "p2;\"Two\r\nlines\";;;;\r\n"
        "p3;'=Dara;;;\"a; b ;c\";\r\n",
        R"({"kind":"person"})");

    CHECK(tables.problems() ==
          "line 3: names.1.text: must be one line, without line feeds and tabs\n");
    tables.import(
        "ref;names.1.text;names.1.language;role;tags;names.1.mononym\r\n"
        "p1;Sok Dara;km;witness;urgent; TRUE\r\n"
        "p3;'=Dara;;;\"a; b ;c\";\r\n",
        R"({"kind":"person"})");
    INFO(tables.problems());
    REQUIRE(tables.count.created == 2);
    CHECK(tables.fields(0) ==
          json{{"names",
                json::array({{{"text", "Sok Dara"}, {"language", "km"}, {"mononym", true}}})},
               {"role", "witness"},
               {"tags", {"urgent"}}});
    CHECK(tables.fields(1) ==
          json{{"names", json::array({{{"text", "=Dara"}}})}, {"tags", {"a", "b", "c"}}});
}

TEST_CASE("a mapping turns an office's table into records", "[exchange][table]") {
    Tables tables;
    tables.import(
        "No,Titre,Date,Pays,Mots,Mot 2,Tél 1,Remarque\n"
        "7,Enlèvement,22/12/2562,Thaïlande,,b,,secret\n"
        "8,Menaces,,Laos,a,b,,\n",
        R"({"kind":"incident","constants":{"protection":"P2","place.publish_precision":"province"},
            "columns":{"No":"ref","Titre":"title",
                       "Date":{"to":"date","date":"DD/MM/YYYY","calendar":"thai_solar"},
                       "Pays":{"to":"place.country","values":{"Thaïlande":"TH","Laos":"LA"}},
                       "Mots":"tags.1","Mot 2":"tags.2","Tél 1":null,"Remarque":null}})");

    INFO(tables.problems());
    REQUIRE(tables.count.created == 2);
    CHECK(tables.told[0].ref == "7");
    CHECK(tables.fields(0) ==
          json{{"title", "Enlèvement"},
               {"date", "2019-12-22"},
               {"date_verbatim", "22/12/2562"},
               {"calendar", "thai_solar"},
               {"place", {{"country", "TH"}, {"publish_precision", "province"}}},
               {"tags", {"b"}},
               {"protection", "P2"}});
    CHECK(tables.fields(1)["tags"] == json{"a", "b"});
}

TEST_CASE("constants below an item are for rows that have the item", "[exchange][table]") {
    Tables tables;
    tables.import("name,phone\nA,1\nB,\n",
                  R"({"kind":"person","constants":{"contacts.1.type":"phone"},
                      "columns":{"name":"names.1.text","phone":"contacts.1.value"}})");
    INFO(tables.problems());
    REQUIRE(tables.count.created == 2);
    CHECK(tables.fields(0)["contacts"] == json::array({{{"type", "phone"}, {"value", "1"}}}));
    CHECK_FALSE(tables.fields(1).contains("contacts"));
}

TEST_CASE("columns that go nowhere are refused before anything is read", "[exchange][table]") {
    const std::string refusal =
        refusal_of("titel,title,place.contry,title\n", R"({"kind":"incident"})");
    INFO(refusal);
    CHECK(has(refusal, "\"titel\" is no field of incidents (did you mean title"));
    CHECK(has(refusal, "\"place.contry\""));
    CHECK(has(refusal, "place.country"));
    CHECK(has(refusal, "\"title\" is there twice"));
    CHECK(has(refusal_of("Titre\nx\n", R"({"kind":"incident","columns":{"Titel":"title"}})"),
              "no column \"Titel\", which the mapping names (did you mean Titre?)"));
    CHECK(has(refusal_of("title\nx\n", R"({"kind":"incident","constants":{"tile":"x"}})"),
              "\"tile\""));
    CHECK(has(
        refusal_of("T\nx\n", R"({"kind":"incident","columns":{"T":"titel"}})"),
        "the column \"T\" goes to \"titel\", which is no field of incidents (did you mean title"));
    CHECK(has(refusal_of("", R"({"kind":"incident"})"), "empty"));
    CHECK(has(refusal_of(std::string(kTargetSizeMax + 1, 'x') + "\n", "{}"),
              "longer than 200 bytes"));
    CHECK(refusal_of("Titre,x\n", R"({"kind":"incident","others":"skip"})") == "taken");
}

TEST_CASE("a refused row names its line, column, value and the nearest choice",
          "[exchange][table]") {
    Tables tables;
    tables.import(
        "Type,Opfer,kind,place.country\n"
        "abducton,P-00000,act,TH\n"
        "\"abduction\",,acts of war,\n"
        "abduction,,act,TX,extra\n"
        "abduction,,,\n",
        R"({"columns":{"Type":"type","Opfer":"victim"}})");
    const std::string problems = tables.problems();
    INFO(problems);
    CHECK_FALSE(tables.count.stored);
    CHECK(has(problems, "line 2: type: in the column \"Type\" "));
    CHECK(has(problems, "\"abducton\" (did you mean abduction"));
    CHECK(has(problems,
              "line 2: victim: in the column \"Opfer\" there is no such person: \"P-00000\""));
    CHECK(has(problems, "line 3: kind: there is no such kind of record: \"acts of war\""));
    CHECK(has(problems, "line 4: has more cells than the header has names"));
    CHECK(has(problems, "line 5: kind: is missing"));
}

TEST_CASE("a table updates by id, cell by cell", "[exchange][table]") {
    Tables tables;
    tables.import("ref,names.1.text,names.2.text,role\np,Sok Dara,Dara,witness\n",
                  R"({"kind":"person"})");
    const RecordId id = tables.told.at(0).id;
    const std::string code = code_of(tables.vault, id);

    tables.import("id,revision,names.2.kind,notes,links.about\n" + code + ",1,alias,new,\n",
                  R"({"kind":"person"})");
    INFO(tables.problems());
    CHECK(tables.count.updated == 1);
    const json merged = {
        {"names", json::array({{{"text", "Sok Dara"}}, {{"text", "Dara"}, {"kind", "alias"}}})},
        {"role", "witness"},
        {"notes", "new"}};
    CHECK(tables.fields(0) == merged);

    tables.import("id,revision,notes\n" + code + ",1,newer\n", R"({"kind":"person"})");
    CHECK(has(tables.problems(), "line 2: revision: " + code + " was changed since"));

    tables.import("id,update,role\n" + code + ",replace,activist\n", R"({"kind":"person"})");
    CHECK(tables.fields(0) == json{{"role", "activist"}});
}

TEST_CASE("columns of fields that a vault added are taken", "[exchange][table]") {
    OwnField hair;
    hair.kind = Kind::person;
    hair.name = "x_hair";
    hair.type = FieldType::text_list;
    OwnRows own;
    own.fields.push_back(hair);
    const Schema schema(std::move(own));

    const auto source =
        table_records(schema, Source("x_hair\nred; grey\n"), parse_mapping(R"({"kind":"person"})"));
    REQUIRE(source->next());
    const Incoming record = source->record();
    REQUIRE(record.cells.size() == 1);
    CHECK(record.cells[0].first == "x_hair");
    CHECK(record.cells[0].second == R"(["red","grey"])");
    CHECK(has(refusal_of("x_hair\n", R"({"kind":"person"})"), "\"x_hair\" is no field"));
}

}  // namespace custos::vault
