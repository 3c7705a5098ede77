// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/snippet.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/utf8.h"

namespace custos::vault {

namespace {

// The snippet with its hits in brackets and its cuts as dots.
std::string shown(std::string_view text, std::string_view query,
                  std::size_t characters = kSnippetCharacters) {
    static Tokenizer tokenizer;
    const Snippet snippet =
        make_snippet(tokenizer, text, parse_search(tokenizer, query), characters);
    std::string out = snippet.cut_before ? "..." : "";
    std::size_t place = 0;
    for (const Snippet::Hit& hit : snippet.hits) {
        REQUIRE(hit.begin >= place);
        REQUIRE(hit.end <= snippet.text.size());
        out += snippet.text.substr(place, hit.begin - place) + "[" +
               snippet.text.substr(hit.begin, hit.end - hit.begin) + "]";
        place = hit.end;
    }
    return out + snippet.text.substr(place) + (snippet.cut_after ? "..." : "");
}

}  // namespace

TEST_CASE("snippet marks words, phrases and beginnings as they stand in the text",
          "[vault][search]") {
    CHECK(shown("Two men in a white van took him.", "took \"white van\"") ==
          "Two men in a [white van] [took] him.");
    CHECK(shown("A caf\u00e9, CAFES and cafe\u0301.", "cafe") ==
          "A [caf\u00e9], CAFES and [cafe\u0301].");
    CHECK(shown("A caf\u00e9, CAFES", "caf*") == "A [caf\u00e9], [CAFES]");
    CHECK(shown("white white van", "\"white van\"") == "white [white van]");
    CHECK(shown("a b a b a", "\"a b a\"") == "[a b a b a]");
    CHECK(shown("van", "van -white") == "[van]");
    CHECK(shown("nothing here", "van") == "nothing here");
    CHECK(shown("", "van").empty());
}

TEST_CASE("snippet marks pieces of text without spaces", "[vault][search]") {
    CHECK(shown("\u5f20\u738b\u660e\u6751\u6c11", "\u738b\u660e") ==
          "\u5f20[\u738b\u660e]\u6751\u6c11");
    CHECK(shown("\u5f20\u738b\u660e\u6751\u6c11", "\u660e") == "\u5f20\u738b[\u660e]\u6751\u6c11");
    CHECK(shown("\u5f20\u738b\u660e", "\u660e") == "\u5f20\u738b[\u660e]");
    CHECK(shown("\u1795\u17d2\u1791\u17c7 \u17e2\u17e2", "\u17d2\u1791") ==
          "\u1795[\u17d2\u1791]\u17c7 \u17e2\u17e2");
    CHECK(shown("\u1795\u17d2\u1791\u17c7 \u17e2\u17e2", "22") ==
          "\u1795\u17d2\u1791\u17c7 [\u17e2\u17e2]");
}

TEST_CASE("snippet is one line around the densest group of different words", "[vault][search]") {
    std::string text;
    for (int number = 0; number < 50; ++number) text += "van filler ";
    text += "van\n\n\ttook   him";
    for (int number = 0; number < 50; ++number) text += " filler";
    const std::string found = shown(text, "van took", 60);
    CHECK(found.find("[van] [took] him") != std::string::npos);
    CHECK(found.starts_with("..."));
    CHECK(found.ends_with("..."));
    CHECK(found.find('\n') == std::string::npos);
}

TEST_CASE("snippet keeps to its size, whole characters and valid text, whatever the text",
          "[vault][search]") {
    static Tokenizer tokenizer;
    std::uint32_t state = 3;
    const auto next = [&] { return state = state * 1664525U + 1013904223U; };
    const char* const pieces[] = {
        "van ",   "took", "\u1795\u17d2\u1791", " ", "\n",     "\u738b\u660e",
        "\u0301", "\xff", "\xe1\x80",           "x", "\u200b", "\u0e33"};
    const SearchQuery query = parse_search(tokenizer, "van OR \u1795 OR \u738b\u660e OR took*");
    for (int round = 0; round < 5'000; ++round) {
        std::string text;
        for (std::uint32_t size = next() >> 25U; size > 0; --size)
            text += pieces[(next() >> 16U) % std::size(pieces)];
        const std::size_t width = 1 + (next() >> 26U);
        const Snippet snippet = make_snippet(tokenizer, text, query, width);
        std::size_t count = 0;
        REQUIRE(crypto::all_code_points(snippet.text, [&](char32_t point) {
            ++count;
            return point != U'\n';
        }));
        REQUIRE(count <= width);
        std::size_t place = 0;
        for (const Snippet::Hit& hit : snippet.hits) {
            REQUIRE(hit.begin >= place);
            REQUIRE(hit.begin < hit.end);
            REQUIRE(hit.end <= snippet.text.size());
            place = hit.end;
        }
    }
}

}  // namespace custos::vault
