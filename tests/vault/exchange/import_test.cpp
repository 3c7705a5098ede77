// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/import.h"

#include <algorithm>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Importing : VaultFixture {
    Vault vault = create();
    ImportOptions options;
    ImportCount count;
    std::vector<Prepared> told;

    // What was stored, in the order of the lines.
    std::vector<Prepared> import(const std::string& text) {
        told.clear();
        const auto source = jsonl_records(Source(text));
        count = import_records(
            vault, *source, options, [&](const Prepared& record) { told.push_back(record); },
            [](std::uint64_t) {});
        std::vector<Prepared> stored;
        for (const Prepared& record : told) {
            if (record.action != Action::refuse) stored.push_back(record);
        }
        std::stable_sort(stored.begin(), stored.end(),
                         [](const Prepared& a, const Prepared& b) { return a.line < b.line; });
        return stored;
    }
    // Every problem, as "line N: …" lines.
    std::string problems() const {
        std::string text;
        for (const Prepared& record : told) {
            for (const Problem& problem : record.problems)
                text += "line " + std::to_string(record.line) + ": " + to_text(problem) + "\n";
        }
        return text;
    }
    std::string refusal_of(const std::string& text) {
        const Head before = vault.log().head();
        import(text);
        CHECK_FALSE(count.stored);
        CHECK(count.refused > 0);
        CHECK(vault.log().head() == before);
        return problems();
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
    for (std::size_t i = 0; i < kImportRefusedMax + 5; ++i) bad += "{\n";
    const std::string refusal = importing.refusal_of(bad);
    CHECK(importing.count.stopped);
    CHECK(refusal.find("line 10000: ") != std::string::npos);
    CHECK(refusal.find("line 10001: ") == std::string::npos);
}

TEST_CASE("import of nothing is nothing", "[vault][import]") {
    Importing importing;
    const Head before = importing.vault.log().head();
    CHECK(importing.import("").empty());
    CHECK(importing.import("\n \r\n\t\n").empty());
    CHECK(importing.count.stored);
    CHECK(importing.vault.log().head() == before);
}

TEST_CASE("import refuses what no line of a record can be", "[vault][import]") {
    Importing importing;
    const std::string start = R"({"kind":"source","fields":)";
    for (const std::string& bad : {
             start + std::string(1'000'000, '[') + "\n",      // a million deep
             start + "{\"title\":\"\xFF\"}}\n",               // not UTF-8
             start + R"({"title":"a","title":"b"}})" + "\n",  // a key twice
             start + R"({"title":"x"},"link":[]})" + "\n",    // an unknown key
             start + "{\"title\":\"x\"}}" + std::string(kImportLineSizeMax, ' ') + "\n",
             std::string(3 << 20, 'x') + "\n",
             std::string("\0\0", 2) + "\n",
             std::string(R"({"kind":"source","ref":7,"fields":{"title":"x"}})"),
             std::string(R"({"kind":"source","update":"merge","fields":{"title":"x"}})"),
             std::string(R"({"id":"D-7K3QD","fields":{"title":"x"}})"),
             std::string(R"({"kind":"source","links":[7],"fields":{"title":"x"}})"),
             std::string(R"({"kind":"source","links":[{"role":"about"}],"fields":{"title":"x"}})"),
         }) {
        INFO(bad.substr(0, 80));
        const std::string refusal = importing.refusal_of(line(named("fine")) + bad);
        CHECK(refusal.starts_with("line 2: "));
        CHECK(refusal.size() < 400);
    }
}

TEST_CASE("a refusal names the field, what was written and what was meant", "[vault][import]") {
    Importing importing;
    const std::string refusal = importing.refusal_of(
        line(named("article")) +
        R"({"kind":"act","fields":{"type":"abducton","victm":"P-1","place":{"country":"TX"}}})"
        "\n"
        R"({"kind":"act","fields":{"type":"abduction"},"links":[{"role":"abuot","to":"artcle"}]})"
        "\n"
        R"({"kid":"act"})"
        "\n"
        R"({"kind":"acts of war"})"
        "\n");
    for (const char* part :
         {"line 2: type: ", "\"abducton\" (did you mean abduction",
          "line 2: victm: there is no such field (did you mean victim", "line 2: place.country: ",
          "line 3: links.1.role: there is no such role of a link: \"abuot\" (did you mean about",
          "line 3: links.1.to: there is no such record or name: \"artcle\" (did you mean article?)",
          "line 4: kid: there is no such key (did you mean kind", "line 5: kind: "}) {
        INFO(part << "\n" << refusal);
        CHECK(refusal.find(part) != std::string::npos);
    }
}

TEST_CASE("import by id merges, replaces, leaves alone and refuses", "[vault][import]") {
    Importing importing;
    const RecordId id = importing
                            .import(line({{"kind", "person"},
                                          {"fields",
                                           {{"role", "witness"},
                                            {"notes", "first"},
                                            {"names", json::array({{{"text", "Sok Dara"}}})}}}}))[0]
                            .id;
    const auto about = [&](json fields, json more = json::object()) {
        more["id"] = to_text(id);
        more["fields"] = std::move(fields);
        return line(more);
    };

    auto done = importing.import(about({{"notes", "second"}, {"role", nullptr}}));
    CHECK(done[0].action == Action::update);
    CHECK(done[0].changed == std::vector<std::string>{"notes", "role"});
    CHECK(importing.fields(id) ==
          json{{"notes", "second"}, {"names", json::array({{{"text", "Sok Dara"}}})}});

    const Head before = importing.vault.log().head();
    CHECK(importing.import(about({{"notes", "second"}}))[0].action == Action::unchanged);
    CHECK(importing.vault.log().head() == before);

    CHECK(importing.refusal_of(about({{"notes", "x"}}, {{"revision", 1}})).find("revision: ") !=
          std::string::npos);
    CHECK(importing.import(about({{"notes", "third"}}, {{"revision", 2}})).size() == 1);
    CHECK(importing.refusal_of(about({{"notes", "x"}}, {{"update", "refuse"}}))
              .find("is there already") != std::string::npos);

    importing.import(about({{"role", "activist"}}, {{"update", "replace"}}));
    CHECK(importing.fields(id) == json{{"role", "activist"}});
    CHECK(get_record(importing.vault, id).revision == 4);
    CHECK(importing.refusal_of(about({{"role", "x"}}, {{"kind", "case"}})).find("kind: ") !=
          std::string::npos);
    CHECK(importing.refusal_of(about({{"role", "a"}}) + about({{"role", "b"}}))
              .find("line 2: id: is there twice, first on line 1") != std::string::npos);
}

TEST_CASE("replacing with links leaves those and no others", "[vault][import]") {
    Importing importing;
    const auto made = importing.import(line(named("a")) + line(named("b")) + line(named("c")));
    const std::string id = to_text(made[0].id);
    const auto linked = [&](const char* mode, json links) {
        importing.import(line({{"id", id},
                               {"update", mode},
                               {"links", std::move(links)},
                               {"fields", {{"title", "x"}}}}));
        return get_record(importing.vault, made[0].id).links;
    };
    const json to_b = {{"role", "about"}, {"to", to_text(made[1].id)}};
    const json to_c = {{"role", "about"}, {"to", to_text(made[2].id)}};

    CHECK(linked("merge", json::array({to_b})).size() == 1);
    CHECK(linked("merge", json::array({to_b, to_c})).size() == 2);
    const auto left = linked("replace", json::array({to_c}));
    REQUIRE(left.size() == 1);
    CHECK(left[0].to == made[2].id);
}

TEST_CASE("a full id that nobody has is kept", "[vault][import]") {
    Importing importing;
    const RecordId person = random_id(Kind::person);
    const RecordId act = random_id(Kind::act);
    const auto done = importing.import(
        line({{"id", to_text(act)},
              {"revision", 7},
              {"fields", {{"type", "abduction"}, {"victim", to_text(person).substr(0, 12)}}},
              {"links", json::array({{{"role", "about"}, {"to", to_text(person)}}})}}) +
        line({{"id", to_text(person)}, {"kind", "person"}, {"fields", {{"role", "x"}}}}));

    REQUIRE(done.size() == 2);
    CHECK(done[0].id == act);
    CHECK(importing.fields(act)["victim"] == to_text(person));
    CHECK(get_record(importing.vault, act).links.at(0).to == person);
}

TEST_CASE("partial leaves out what is refused and what points at it", "[vault][import]") {
    Importing importing;
    importing.options.partial = true;
    const auto done = importing.import(
        line(
            {{"kind", "act"}, {"ref", "a"}, {"fields", {{"type", "abduction"}, {"victim", "p"}}}}) +
        line({{"kind", "involvement"}, {"fields", {{"act", "a"}}}}) + line(named("alone")) +
        line({{"kind", "person"}, {"ref", "p"}, {"fields", {{"rle", "x"}}}}) +
        line({{"kind", "person"}, {"ref", "q"}, {"fields", {{"role", "x"}}}}) +
        line({{"kind", "act"}, {"fields", {{"type", "abduction"}, {"victim", "q"}}}}));

    CHECK(importing.count.stored);
    CHECK(importing.count.created == 3);
    CHECK(importing.count.refused == 3);
    REQUIRE(done.size() == 3);
    CHECK(done[0].line == 3);
    const std::string problems = importing.problems();
    INFO(problems);
    CHECK(problems.find("line 1: victim: points at line 4, which is refused") != std::string::npos);
    CHECK(problems.find("line 2: act: points at line 1, which is refused") != std::string::npos);
    CHECK(list_records(importing.vault, {.kind = Kind::act, .where = {}, .sort = {}}).total == 1);
}

TEST_CASE("references are created only when allowed, each once", "[vault][import]") {
    Importing importing;
    const std::string two =
        line({{"kind", "act"}, {"fields", {{"type", "abduction"}, {"victim", "Sok Dara"}}}}) +
        line({{"kind", "act"},
              {"fields", {{"type", "abduction"}, {"victim", "Sok Dara"}, {"incident", "Taken"}}}});
    CHECK(importing.refusal_of(two).find("line 1: victim: not an id") != std::string::npos);

    importing.options.prepare.create_references = true;
    importing.import(two);
    CHECK(importing.count.created == 4);
    CHECK(importing.count.references == 2);
    const auto persons =
        list_records(importing.vault, {.kind = Kind::person, .where = {}, .sort = {}});
    REQUIRE(persons.total == 1);
    CHECK(persons.items[0].fields["names"][0]["text"] == "Sok Dara");
    CHECK(importing
              .refusal_of(line(
                  {{"kind", "act"}, {"fields", {{"type", "abduction"}, {"victim", "P-00000"}}}}))
              .find("there is no such person") != std::string::npos);
}

TEST_CASE("a dry run says the same and stores nothing", "[vault][import]") {
    Importing importing;
    const RecordId id = importing.import(line(named("a")))[0].id;
    const std::string text =
        line({{"id", to_text(id)}, {"fields", {{"title", "y"}}}}) +
        line({{"kind", "act"}, {"fields", {{"type", "abduction"}, {"victim", "p"}}}}) +
        line({{"kind", "person"}, {"ref", "p"}, {"fields", {{"role", "x"}}}});
    importing.options.store = false;
    const Head before = importing.vault.log().head();

    const auto told = importing.import(text);
    REQUIRE(told.size() == 3);
    CHECK(told[0].action == Action::update);
    CHECK(told[1].action == Action::create);
    CHECK_FALSE(importing.count.stored);
    CHECK(importing.vault.log().head() == before);
}

TEST_CASE("names are found however their key is written", "[vault][import]") {
    Importing importing;
    const auto done = importing.import(
        line({{"kind", "act"}, {"fields", {{"type", "abduction"}, {"victim", "p"}}}}) +
        R"({"kind":"person","\u0072\u0065\u0066":"p","fields":{"role":"x"}})"
        "\n");
    INFO(importing.problems());
    REQUIRE(done.size() == 2);
    CHECK(importing.fields(done[0].id)["victim"] == to_text(done[1].id));
}

TEST_CASE("import finds that something would be part of itself before it stores anything",
          "[vault][import]") {
    Importing importing;
    const auto part = [](const std::string& ref, const std::string& whole) {
        return line(
            {{"kind", "incident"}, {"ref", ref}, {"fields", {{"title", ref}, {"part_of", whole}}}});
    };
    const std::string circle = part("a", "b") + part("b", "c") + part("c", "a") + line(named("d"));
    const std::string told =
        "line 3: part_of: nothing can be part of itself: line 3 is part of line 1 is part of line "
        "2 is part of line 3\n";
    CHECK(importing.refusal_of(circle) == told);

    importing.options.store = false;
    importing.import(circle);
    CHECK(importing.problems() == told);

    importing.options = {true, true, {}};
    const auto stored = importing.import(circle);
    REQUIRE(importing.count.stored);
    REQUIRE(stored.size() == 1);  // what points at the refused line cannot be stored either
    CHECK(stored[0].line == 4);
}

TEST_CASE("import sees a circle through records that are there", "[vault][import]") {
    Importing importing;
    const auto first = importing.import(
        line({{"kind", "incident"}, {"ref", "a"}, {"fields", {{"title", "A"}}}}) +
        line({{"kind", "incident"}, {"fields", {{"title", "B"}, {"part_of", "a"}}}}));
    const std::string a = to_text(first[0].id);
    const std::string b = to_text(first[1].id);
    const json closing = {{"kind", "incident"}, {"id", a}, {"fields", {{"part_of", b}}}};
    const std::string told = importing.refusal_of(line(closing));
    CHECK(told.find("nothing can be part of itself") != std::string::npos);
}

TEST_CASE("import stores thousands of records as if it were alone", "[vault][import]") {
    Importing importing;
    std::string text;
    constexpr int kRecords = 3000;
    for (int i = 0; i < kRecords; ++i) {
        const std::string number = std::to_string(i);
        json record = named("r" + number);
        record["fields"]["title"] = "number " + number;
        if (i > 0) record["links"] = {{{"role", "supports"}, {"to", "r" + std::to_string(i - 1)}}};
        text += line(record);
    }
    const auto stored = importing.import(text);
    REQUIRE(stored.size() == kRecords);
    for (int i = 0; i < kRecords; i += 37) {
        const auto at = static_cast<std::size_t>(i);
        const Record record = get_record(importing.vault, stored[at].id);
        REQUIRE(record.fields["title"] == "number " + std::to_string(i));
        if (i > 0) REQUIRE(record.links.at(0).to == stored[at - 1].id);
    }
    RecordSearch search;
    search.text = "number 2741";
    CHECK(search_records(importing.vault, search).total == 1);
}

TEST_CASE("import says what it read in other words than they were written in", "[vault][import]") {
    Importing importing;
    const auto stored = importing.import(line(
        {{"kind", "incident"}, {"fields", {{"title", "x"}, {"date", "thai_solar:2562-12-22"}}}}));
    REQUIRE(stored.size() == 1);
    CHECK(importing.fields(stored[0].id)["date"] == "2019-12-22");
    REQUIRE(stored[0].notes.size() == 1);
    CHECK(stored[0].notes[0].find("2019-12-22") != std::string::npos);
}

}  // namespace custos::vault
