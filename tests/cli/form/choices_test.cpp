// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/choices.h"

#include <catch2/catch_test_macros.hpp>

#include "cli/form/groups.h"
#include "cli/form/merge.h"
#include "cli/harmless.h"
#include "cli/wrap.h"

using namespace custos;
using namespace custos::cli;
using vault::VocabularyId;

TEST_CASE("a part of a word finds terms anywhere in the tree", "[cli][choices]") {
    const Terms hits = terms_with(vault::builtin_vocabulary(VocabularyId::act_method), "SHOCK");
    REQUIRE_FALSE(hits.empty());
    CHECK(hits.front()->key == "electric_shock");

    CHECK(terms_with(vault::builtin_vocabulary(VocabularyId::act_method), "electric_shock")
              .front()
              ->key == "electric_shock");
    CHECK(terms_with(vault::builtin_vocabulary(VocabularyId::act_method), "no such thing").empty());
    CHECK(terms_with(vault::builtin_vocabulary(VocabularyId::act_method), " ").empty());
    // Every term is found by its own label, and first among those that begin so or near it.
    for (const vault::Vocabulary& words : vault::builtin_vocabularies()) {
        for (const vault::Term& term : words.terms) {
            if (term.retired) continue;
            const Terms found = terms_with(words, term.label);
            INFO(words.name << ' ' << term.label);
            CHECK(std::find(found.begin(), found.end(), &term) != found.end());
        }
    }
}

TEST_CASE("every term is reached from the top", "[cli][choices]") {
    for (const vault::Vocabulary& words : vault::builtin_vocabularies()) {
        std::size_t reached = 0;
        Terms level = terms_below(words, "");
        while (!level.empty()) {
            Terms next;
            for (const vault::Term* term : level) {
                ++reached;
                for (const vault::Term* below : terms_below(words, term->key))
                    next.push_back(below);
            }
            level = next;
        }
        CHECK(reached == static_cast<std::size_t>(
                             std::count_if(words.terms.begin(), words.terms.end(),
                                           [](const vault::Term& term) { return !term.retired; })));
    }
}

TEST_CASE("numbered choices fit the terminal", "[cli][choices]") {
    CHECK(numbered({"one", "two"}, 80, 10) == "   1  one    2  two\n");
    CHECK(numbered({"one", "two"}, 10, 10) == "   1  one\n   2  two\n");
    CHECK(numbered({"a", "b", "c"}, 8, 2) == "   1  a\n   2  b\n  … and…\n");
    CHECK(numbered_down({"one", "two"}, 80, 10) == "   1  one\n   2  two\n");
    CHECK(wrapped("one two three", 80) == "one two three");
    CHECK(wrapped("  one two three", 10) == "  one two\n  three");
    CHECK(wrapped("", 10).empty());
    CHECK(numbered({}, 80, 10).empty());

    std::vector<std::string> many(100, std::string(200, 'x'));
    for (const std::size_t columns : {std::size_t{20}, std::size_t{80}, std::size_t{200}}) {
        const std::string text = numbered(many, columns, 12);
        std::size_t from = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos;
             from = end + 1, end = text.find('\n', from)) {
            CHECK(columns_of(text.substr(from, end - from)) <= columns);
        }
    }
}

TEST_CASE("numbers are numbers of the list and nothing else", "[cli][choices]") {
    CHECK(number_of("1", 3) == 1);
    CHECK(number_of("3", 3) == 3);
    for (const char* text :
         {"0", "4", "-1", "+1", "1 ", " 1", "1.", "", "x", "99999999999999999999"})
        CHECK(number_of(text, 3) == 0);
}

TEST_CASE("the order of the questions fits the schema, and leaves no field out", "[cli][groups]") {
    for (const GroupRow& row : group_rows()) {
        for (std::string_view rest = row.fields; !rest.empty();) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            INFO(name_of(row.kind) << ' ' << rest.substr(0, end));
            CHECK(vault::find_field(vault::builtin_schema().fields(row.kind),
                                    rest.substr(0, end)) != nullptr);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    for (const vault::KindRow& kind : vault::kKinds) {
        INFO(kind.name);
        std::vector<const vault::Field*> asked;
        for (const QuestionGroup& group : groups_of(vault::builtin_schema(), kind.kind))
            asked.insert(asked.end(), group.fields.begin(), group.fields.end());
        std::sort(asked.begin(), asked.end());
        CHECK(std::adjacent_find(asked.begin(), asked.end()) == asked.end());
        CHECK(asked.size() == vault::builtin_schema().fields(kind.kind).count);
        CHECK(groups_of(vault::builtin_schema(), kind.kind).front().fields.size() <= 14);
    }
}

TEST_CASE("the parts of a part are all asked for, once", "[cli][groups]") {
    for (const vault::KindRow& kind : vault::kKinds) {
        for (const vault::Field& field : vault::builtin_schema().fields(kind.kind)) {
            const Parts parts = parts_of(field);
            INFO(kind.name << ' ' << field.name);
            CHECK(parts.first.size() + parts.rest.size() == field.children.count);
            if (field.children.count > 0) CHECK_FALSE(parts.first.empty());
        }
    }
}

TEST_CASE("two changes of one record are put together field by field", "[cli][merge]") {
    using nlohmann::json;
    const json base = {{"title", "a"}, {"date", "2019"}, {"tags", {"x"}}};
    json mine = base;
    mine["title"] = "b";
    json theirs = base;
    theirs["date"] = "2019-12";
    theirs.erase("tags");

    const Merged merged = merge_fields(base, mine, theirs);
    CHECK(merged.contested.empty());
    CHECK(merged.fields == json{{"title", "b"}, {"date", "2019-12"}});

    theirs["title"] = "c";
    const Merged contested = merge_fields(base, mine, theirs);
    CHECK(contested.contested == "title");
    CHECK(contested.fields["title"] == "b");

    theirs["title"] = "b";
    CHECK(merge_fields(base, mine, theirs).contested.empty());
}
