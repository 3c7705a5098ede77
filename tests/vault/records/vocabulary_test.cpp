// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/vocabulary.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "vault/records/schema.h"

namespace custos::vault {
namespace {

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_key(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
               c == '_';
    });
}

}  // namespace

TEST_CASE("vocabularies are found by their names, and every term by its key and label",
          "[records][vocabulary]") {
    std::size_t terms = 0;
    for (const Vocabulary& words : builtin_vocabularies()) {
        INFO(words.name);
        CHECK(builtin_schema().vocabulary_named(words.name) ==
              &builtin_schema().vocabulary(words.id));
        CHECK_FALSE(words.help.empty());
        CHECK_FALSE(words.terms.empty());
        std::set<std::string_view> labels;
        for (const Term& term : words.terms) {
            INFO(term.key);
            ++terms;
            CHECK(is_key(term.key));
            CHECK(labels.insert(term.label).second);
            CHECK(find_term(builtin_vocabulary(words.id), term.key) == &term);
            CHECK(find_written_term(builtin_vocabulary(words.id), term.key) == &term);
            CHECK(find_written_term(builtin_vocabulary(words.id), term.label) == &term);
            CHECK(label_of(builtin_vocabulary(words.id), term.key) == term.label);
            std::string loud(term.key);
            for (char& c : loud) c = c == '_' ? ' ' : static_cast<char>(std::toupper(c));
            CHECK(find_written_term(builtin_vocabulary(words.id), loud) == &term);
            CHECK(std::all_of(term.huridocs.begin(), term.huridocs.end(),
                              [](char c) { return c >= '0' && c <= '9'; }));
        }
    }
    CHECK(terms > 600);
    CHECK(builtin_schema().vocabulary_named("no_such_vocabulary") == nullptr);
}

TEST_CASE("terms are not guessed", "[records][vocabulary]") {
    CHECK(find_written_term(builtin_vocabulary(VocabularyId::act_type), "abductio") == nullptr);
    CHECK(find_written_term(builtin_vocabulary(VocabularyId::act_type), "") == nullptr);
    CHECK(find_written_term(builtin_vocabulary(VocabularyId::act_type), "\xFF\xFE") == nullptr);
    CHECK(find_written_term(builtin_vocabulary(VocabularyId::act_type),
                            std::string(100'000, 'a')) == nullptr);
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_type), "Abduction") == nullptr);
    CHECK(label_of(builtin_vocabulary(VocabularyId::act_type), "no_such_term") == "no_such_term");
}

TEST_CASE("a broader term finds its narrower ones and nothing else", "[records][vocabulary]") {
    const auto liberty =
        with_narrower(builtin_vocabulary(VocabularyId::act_type), "deprivation_of_liberty");
    CHECK(contains(liberty, "deprivation_of_liberty"));
    CHECK(contains(liberty, "abduction"));
    CHECK(contains(liberty, "incommunicado_detention"));  // two below
    CHECK_FALSE(contains(liberty, "forced_return"));
    CHECK(with_narrower(builtin_vocabulary(VocabularyId::act_type), "abduction").size() == 1);
    CHECK(with_narrower(builtin_vocabulary(VocabularyId::act_type), "no_such_term").empty());
}

TEST_CASE("the words that this work needs are there, with their HURIDOCS numbers",
          "[records][vocabulary]") {
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_type), "abduction")->huridocs == "030104");
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_type), "forced_return")->huridocs ==
          "380101");
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_type), "passport_cancellation")
              ->huridocs.empty());
    CHECK(find_term(builtin_vocabulary(VocabularyId::act_method), "electric_shock")->huridocs ==
          "0308");
    CHECK(find_term(builtin_vocabulary(VocabularyId::perpetrator_type), "foreign_state_agent") !=
          nullptr);
    CHECK(find_term(builtin_vocabulary(VocabularyId::completion), "attempted") != nullptr);
    for (const char* role : {"about", "witness", "victim", "part_of", "supports", "contradicts",
                             "derived_from", "spouse_of", "member_of"}) {
        CHECK(find_term(builtin_vocabulary(VocabularyId::link_role), role) != nullptr);
    }
    for (const char* level : {"P0", "P1", "P2", "P3", "P4"})
        CHECK(find_term(builtin_vocabulary(VocabularyId::protection), level) != nullptr);
}

}  // namespace custos::vault
