// SPDX-License-Identifier: GPL-3.0-or-later
// bangkok.jsonl: the facts of a real kind of public statement, with invented names, as a user would
// import them. The schema must be able to say all of it.
#include <fstream>
#include <map>
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/describe.h"
#include "vault/records/json_input.h"

namespace custos::vault {
namespace {

struct Imported {
    Kind kind;
    nlohmann::json line;
};

std::vector<Imported> imported_lines(std::map<std::string, RecordId, std::less<>>& names) {
    std::ifstream file(CUSTOS_RECORDS_TESTS "/bangkok.jsonl");
    std::vector<Imported> lines;
    std::string text;
    while (std::getline(file, text)) {
        Imported imported{Kind::case_, parse_json(text, lines.size() + 1)};
        imported.kind = require_kind(imported.line.at("kind").get<std::string>());
        const bool fresh = names.emplace(imported.line.at("ref").get<std::string>(), random_id(imported.kind)).second;
        REQUIRE(fresh);
        lines.push_back(std::move(imported));
    }
    return lines;
}

}  // namespace

TEST_CASE("the schema can say all of an attempted abduction and what surrounds it", "[records][bangkok]") {
    std::map<std::string, RecordId, std::less<>> names;
    const auto lines = imported_lines(names);
    const auto known = [&](std::string_view name) -> std::optional<RecordId> {
        const auto found = names.find(name);
        return found == names.end() ? std::nullopt : std::optional(found->second);
    };

    std::set<Kind> kinds;
    for (const Imported& imported : lines) {
        INFO(imported.line.at("ref").get<std::string>());
        kinds.insert(imported.kind);
        const auto given = with_local_names(imported.kind, imported.line.at("fields"), known);
        const Checked checked = check_fields(imported.kind, given, resolve_full_id);
        std::string problems;
        for (const Problem& problem : checked.problems) problems += to_text(problem) + "\n";
        CHECK(problems.empty());
        CHECK(checked.fields == given);
        CHECK_FALSE(title_of(imported.kind, checked.fields).empty());
        for (const FieldReference& reference : references(imported.kind, checked.fields)) {
            CHECK(imported.line.dump().find(reference.path.substr(0, reference.path.find('.'))) != std::string::npos);
        }
        for (const auto& link : imported.line.value("links", nlohmann::json::array())) {
            CHECK(find_term(VocabularyId::link_role, link.at("role").get<std::string>()) != nullptr);
            CHECK(known(link.at("to").get<std::string>()));
        }
    }
    CHECK(lines.size() > 50);
    CHECK(kinds.size() == kKinds.size());
}

}  // namespace custos::vault
