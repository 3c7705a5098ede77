// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/tokenizer.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "crypto/utf8.h"
#include "vault/search/fold_table.h"

namespace custos::vault {

namespace {

struct Token {
    std::string text;
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Token> tokens_of(std::string_view text, TextPurpose purpose = TextPurpose::document) {
    static Tokenizer tokenizer;
    std::vector<Token> tokens;
    tokenizer.tokenize(text, purpose,
                       [&](std::string_view token, std::size_t begin, std::size_t end) {
                           tokens.push_back({std::string(token), begin, end});
                           return true;
                       });
    return tokens;
}

std::string joined(std::string_view text, TextPurpose purpose = TextPurpose::document) {
    std::string all;
    for (const Token& token : tokens_of(text, purpose))
        all += (all.empty() ? "" : "|") + token.text;
    return all;
}

std::string utf8(char32_t point) {
    std::string text;
    const auto byte = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xc0U | (point >> 6U));
        byte(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        byte(0xe0U | (point >> 12U));
        byte(0x80U | ((point >> 6U) & 0x3fU));
        byte(0x80U | (point & 0x3fU));
    } else {
        byte(0xf0U | (point >> 18U));
        byte(0x80U | ((point >> 12U) & 0x3fU));
        byte(0x80U | ((point >> 6U) & 0x3fU));
        byte(0x80U | (point & 0x3fU));
    }
    return text;
}

}  // namespace

TEST_CASE("tokenizer folds words of scripts with spaces", "[vault][search]") {
    CHECK(joined("The WHITE van, at 21:30!") == "the|white|van|at|21|30");
    CHECK(joined("Caf\u00e9 cafe\u0301 CAFE") == "cafe|cafe|cafe");
    CHECK(joined("Stra\u00dfe STRASSE") == "strasse|strasse");
    CHECK(
        joined(
            "\u0141\u00f3d\u017a \u0130stanbul \u0131rmak \u00c6r\u00f8 \u0110\u1eafk L\u1eafk") ==
        "lodz|istanbul|irmak|aero|dak|lak");
    CHECK(joined("\u039f\u0394\u039f\u03a3 \u03bf\u03b4\u03cc\u03c2") ==
          "\u03bf\u03b4\u03bf\u03c3|\u03bf\u03b4\u03bf\u03c3");
    CHECK(joined("\u0401\u041b\u041a\u0410 \u0435\u043b\u043a\u0430") ==
          "\u0435\u043b\u043a\u0430|\u0435\u043b\u043a\u0430");
    CHECK(joined("\ufb01nd \uff26\uff35\uff2c\uff2c \u00bd") == "find|full|1|2");
    CHECK(joined("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd") == "\u05e9\u05dc\u05d5\u05dd");
    // Vowel signs, a stretching line, hamza on its seats, Persian letters.
    CHECK(joined("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f") ==
          joined("\u0645\u062d\u0645\u0640\u0640\u062f"));
    CHECK(joined("\u0623\u062d\u0645\u062f") == joined("\u0627\u062d\u0645\u062f"));
    CHECK(joined("\u06a9\u0631\u06cc\u0645") == joined("\u0643\u0631\u064a\u0645"));
    CHECK(joined("\u02bfAl\u012b") == "ali");
}

TEST_CASE("tokenizer keeps the signs of scripts that need them", "[vault][search]") {
    CHECK(joined("\u0939\u093f\u0928\u094d\u0926\u0940") == "\u0939\u093f\u0928\u094d\u0926\u0940");
    // Composed and decomposed are one: Bengali o, Hangul.
    CHECK(joined("\u0995\u09cb") == joined("\u0995\u09c7\u09be"));
    CHECK(joined("\ud55c\uad6d \ud55c") ==
          joined("\u1112\u1161\u11ab\u1100\u116e\u11a8 \u1112\u1161\u11ab"));
}

TEST_CASE("tokenizer writes the digits of every script in ASCII", "[vault][search]") {
    CHECK(joined("\u17e2\u17e0\u17e1\u17e9 \u0e52\u0e51 \u0667\u0668 \u06f7 \u1040\u1041 \u0966 "
                 "\uff11") == "2019|21|78|7|01|0|1");
    CHECK(joined("\u1790\u17d2\u1784\u17c3\u17e2\u17e2") ==
          "\u1790\u17d2|\u17d2\u1784|\u1784\u17c3|\u17c3|22");
}

TEST_CASE("tokenizer cuts scripts without spaces into pairs and the end of each run",
          "[vault][search]") {
    CHECK(joined("\u738b\u660e\u6751") == "\u738b\u660e|\u660e\u6751|\u6751");
    CHECK(joined("\u738b") == "\u738b");
    CHECK(joined("\u738b\u660e 2019 ab\u738b") == "\u738b\u660e|\u660e|2019|ab|\u738b");
    CHECK(joined("\u738b\u660e\u6751", TextPurpose::query) == "\u738b\u660e|\u660e\u6751");
    CHECK(joined("\u738b", TextPurpose::query) == "\u738b");
    CHECK(joined("\u738b\u660e \u6751", TextPurpose::query) == "\u738b\u660e|\u660e|\u6751");
    CHECK(joined("\u738b\u660e, a", TextPurpose::query) == "\u738b\u660e|\u660e|a");
    // Thai AM is taken apart, so that both ways to write it are found.
    CHECK(joined("\u0e19\u0e33") == "\u0e19\u0e4d|\u0e4d\u0e32|\u0e32");
    CHECK(joined("\u0e19\u0e33") == joined("\u0e19\u0e4d\u0e32"));
    CHECK(joined("\u1026\u1038") == joined("\u1025\u102e\u1038"));
    // Kana: voiced ones are characters of their own, however they were typed.
    CHECK(joined("\u30ac\u30b9") == "\u30ac\u30b9|\u30b9");
    CHECK(joined("\u30ac\u30b9") == joined("\u30ab\u3099\u30b9"));
    CHECK(joined("\u30ac\u30b9") == joined("\uff76\uff9e\uff7d"));
    CHECK(joined("\u30e9\u30fc\u30e1\u30f3") == "\u30e9\u30fc|\u30fc\u30e1|\u30e1\u30f3|\u30f3");
}

TEST_CASE("tokenizer passes over what nobody sees", "[vault][search]") {
    const std::string plain = joined("\u1795\u17d2\u1791\u17c7");
    for (const char* hidden : {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e",
                               "\u200f", "\ufe0f"}) {
        CHECK(joined(std::string("\u1795\u17d2") + hidden + "\u1791\u17c7" + hidden) == plain);
        CHECK(joined(std::string("ab") + hidden + "cd") == "abcd");
    }
}

TEST_CASE("tokenizer says where in the text each token stands", "[vault][search]") {
    const std::string text = "A caf\u00e9 cafe\u0301, \u738b\u200b\u660e.";
    const auto tokens = tokens_of(text);
    REQUIRE(tokens.size() == 5);
    const auto piece = [&](std::size_t number) {
        return text.substr(tokens[number].begin, tokens[number].end - tokens[number].begin);
    };
    CHECK(piece(0) == "A");
    CHECK(piece(1) == "caf\u00e9");
    CHECK(piece(2) == "cafe\u0301");
    CHECK(piece(3) == "\u738b\u200b\u660e");
    CHECK(piece(4) == "\u660e");
}

TEST_CASE("tokenizer leaves out the rest of a very long word, wherever it was cut",
          "[vault][search]") {
    const std::string limit(kTokenBytesMax, 'a');
    CHECK(joined(limit) == limit);
    CHECK(joined(limit + "b") == limit);
    CHECK(joined(limit.substr(1) + "\u0436") == limit.substr(1));
    CHECK(joined(limit.substr(1) + "\u0436z") == limit.substr(1));
    CHECK(tokens_of(limit + "bc").front().end == kTokenBytesMax + 2);
}

TEST_CASE("tokenizer stops when it is told to", "[vault][search]") {
    Tokenizer tokenizer;
    for (const char* text :
         {"a b c", "\u738b\u660e\u6751", "\u00bd \u00bd", "\u738b\u660e a \u738b"}) {
        for (const TextPurpose purpose : {TextPurpose::document, TextPurpose::query}) {
            int taken = 0;
            tokenizer.tokenize(text, purpose, [&](std::string_view, std::size_t, std::size_t) {
                ++taken;
                return false;
            });
            CHECK(taken == 1);
        }
    }
}

TEST_CASE("tokenizer gives tokens that are tokens of themselves, for every character",
          "[vault][search]") {
    std::size_t wrong = 0;
    for (char32_t point = 1; point < 0x33480; ++point) {  // behind that there are no letters
        if (point >= 0xd800 && point < 0xe000) continue;
        for (const Token& token :
             tokens_of("a " + utf8(point) + utf8(point) + " b", TextPurpose::query)) {
            const auto again = tokens_of(token.text, TextPurpose::query);
            if (again.size() == 1 && again.front().text == token.text) continue;
            if (++wrong < 5)
                FAIL_CHECK("U+" << std::hex << static_cast<std::uint32_t>(point) << " gives "
                                << token.text);
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("tokenizer takes arbitrary bytes and keeps its places between characters",
          "[vault][search]") {
    std::uint32_t state = 1;
    const auto next = [&] { return state = state * 1664525U + 1013904223U; };
    const std::string pieces[] = {
        "\u1780", "\u17d2", "\u0e19", "\u738b", "a",    " ",        "\u00e9",
        "\u0301", "\u200b", "\xe1",   "\x80",   "\xff", "\xf0\x9f", std::string(1, '\0'),
        "\u0e33", "\u3099", "\u30ab"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::uint32_t size = next() >> 28U; size > 0; --size) {
            text += (next() >> 30U) == 0 ? std::string(1, static_cast<char>(next() >> 24U))
                                         : pieces[(next() >> 16U) % std::size(pieces)];
        }
        std::size_t last = 0;
        for (const Token& token : tokens_of(text)) {
            REQUIRE(token.begin <= token.end);
            REQUIRE(token.end <= text.size());
            REQUIRE(token.begin >= last);
            last = token.begin;
            std::string_view source =
                std::string_view(text).substr(token.begin, token.end - token.begin);
            REQUIRE(crypto::take_code_point(source));
            std::string_view valid = token.text;
            REQUIRE_FALSE(valid.empty());
            REQUIRE(crypto::all_code_points(valid, [](char32_t) { return true; }));
        }
    }
}

}  // namespace custos::vault
