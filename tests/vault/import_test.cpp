// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/import.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Importing : VaultFixture {
    Vault vault = create();

    std::vector<Imported> import(const std::string& text) {
        Change change(vault);
        std::vector<Imported> imported = import_jsonl(change, text, [](std::size_t) {});
        change.commit();
        return imported;
    }
    std::string refusal_of(const std::string& text) {
        const Head before = vault.log().head();
        try {
            import(text);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::usage);
            CHECK(vault.log().head() == before);
            return error.what();
        }
        return "taken";
    }
    json fields(const RecordId& id) { return get_record(vault, id).fields; }
};

std::string line(const json& object) { return object.dump() + "\n"; }

json named(const std::string& ref) {
    return {{"kind", "source"}, {"ref", ref}, {"fields", {{"title", "x"}}}};
}

}  // namespace

TEST_CASE("import takes names from lines before and after", "[vault][import]") {
    Importing importing;
    const auto imported = importing.import(
        line({{"kind", "act"},
              {"fields", {{"incident", "i"}, {"victim", "p"}, {"type", "abduction"}}}}) +
        "\n" + line({{"kind", "incident"}, {"ref", "i"}, {"fields", {{"title", "Taken"}}}}) +
        "\r\n" + line({{"kind", "person"}, {"ref", "p"}, {"fields", {{"role", "witness"}}}}));

    REQUIRE(imported.size() == 3);
    CHECK(imported[0].line == 1);
    CHECK(imported[1].line == 3);
    CHECK(imported[1].ref == "i");
    CHECK(importing.fields(imported[0].id)["incident"] == to_text(imported[1].id));
    CHECK(importing.fields(imported[0].id)["victim"] == to_text(imported[2].id));
}

TEST_CASE("import links by name and by id", "[vault][import]") {
    Importing importing;
    const auto first = importing.import(line(named("a")));
    json second = named("b");
    second["links"] = json::array(
        {{{"role", "about"},
          {"to",
           importing.vault.log().head().size > 0 ? code_of(importing.vault, first[0].id) : ""}},
         {{"role", "supports"}, {"to", "c"}}});
    const auto rest = importing.import(line(second) + line(named("c")));

    const Record record = get_record(importing.vault, rest[0].id);
    REQUIRE(record.links.size() == 2);
    CHECK(record.links[0].to == first[0].id);
    CHECK(record.links[1].to == rest[1].id);
}

TEST_CASE("import turns names in a statement's body and plan into handles", "[vault][import]") {
    Importing importing;
    const auto imported = importing.import(
        line({{"kind", "statement"},
              {"fields",
               {{"title", "S"},
                {"body", "{p} and {p:x} and {q} {"},
                {"plan", {{"p", "pseudonym"}}}}}}) +
        line({{"kind", "person"}, {"ref", "p"}, {"fields", {{"role", "witness"}}}}));

    const std::string code = code_of(importing.vault, imported[1].id);
    const json fields = importing.fields(imported[0].id);
    CHECK(fields["body"] == "{" + code + "} and {" + code + ":x} and {q} {");
    CHECK(fields["plan"][to_text(imported[1].id)] == "pseudonym");
}

TEST_CASE("import names every line with a problem and stores nothing", "[vault][import]") {
    Importing importing;
    const std::string refusal =
        importing.refusal_of(line(named("a")) + "{\n" + line({{"kind", "cake"}}) +
                             line({{"kind", "source"}, {"fields", {{"titel", "x"}}}}) +
                             line({{"kind", "source"}, {"felds", 1}}) + "[]\n" +
                             line({{"kind", "source"}, {"fields", 7}}));
    for (const char* part : {"line 2: ", "line 3: ", "line 4: ", "titel", "line 5: ", "felds",
                             "line 6: ", "line 7: "}) {
        INFO(part);
        CHECK(refusal.find(part) != std::string::npos);
    }
    CHECK(refusal.find("line 1: ") == std::string::npos);
}

TEST_CASE("import keeps its limits", "[vault][import]") {
    Importing importing;
    CHECK(importing.import(line(named(std::string(kImportNameMax, 'r')))).size() == 1);
    CHECK(importing.refusal_of(line(named(std::string(kImportNameMax + 1, 'r'))))
              .find("longer than 100") != std::string::npos);
    CHECK(importing.refusal_of(line(named("a")) + line(named("a"))).find("there twice") !=
          std::string::npos);

    json many = named("a");
    many["links"] = json::array();
    for (std::size_t i = 0; i <= kImportLinksMax; ++i)
        many["links"].push_back({{"role", "about"}, {"to", "a"}});
    CHECK(importing.refusal_of(line(many)).find("at most 1000") != std::string::npos);

    std::string bad;
    for (std::size_t i = 0; i < kImportProblemsMax + 5; ++i) bad += "{\n";
    const std::string refusal = importing.refusal_of(bad);
    CHECK(refusal.find("line 10: ") != std::string::npos);
    CHECK(refusal.find("line 11: ") == std::string::npos);
}

TEST_CASE("import of nothing is nothing", "[vault][import]") {
    Importing importing;
    Change change(importing.vault);
    CHECK(import_jsonl(change, "", [](std::size_t) {}).empty());
    CHECK(import_jsonl(change, "\n \r\n\t\n", [](std::size_t) {}).empty());
}

}  // namespace custos::vault
