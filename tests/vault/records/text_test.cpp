// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/text.h"

#include <catch2/catch_test_macros.hpp>

namespace custos::vault {

using Words = std::vector<std::string>;

TEST_CASE("text_refusal takes every script and refuses what is no text", "[records][text]") {
    CHECK_FALSE(text_refusal("plain", Lines::one));
    CHECK_FALSE(text_refusal("សុខ ដារា · ชื่อ · 名前 · اسم", Lines::one));
    CHECK_FALSE(text_refusal("two\nlines\tand a tab", Lines::many));
    CHECK(text_refusal("two\nlines", Lines::one));
    CHECK(text_refusal("a\xFF"
                       "b",
                       Lines::many) == "byte 2 is not UTF-8");
    CHECK(text_refusal("\xC0\x80", Lines::many));
    CHECK(text_refusal("\xED\xA0\x80", Lines::many));
    for (char c = 0; c < ' '; ++c) {
        const bool taken = c == '\n' || c == '\t';
        CHECK(text_refusal(std::string("a") + c, Lines::many).has_value() == !taken);
        CHECK(text_refusal(std::string("a") + c, Lines::one));
    }
    CHECK(text_refusal(std::string("a\x1b", 2), Lines::many) ==
          "holds the control character U+001B at byte 2");
}

TEST_CASE("harmless_excerpt shows what a terminal would obey", "[records][text]") {
    CHECK(harmless_excerpt("a\x1b[31mb") == "a\\u{1B}[31mb");
    CHECK(harmless_excerpt("a\u202Eb\u200Bc") == "a\\u{202E}b\\u{200B}c");
    CHECK(harmless_excerpt("a\xFFz") == "a\\x{FF}z");
    CHECK(harmless_excerpt("one\ntwo") == "one two");
    CHECK(harmless_excerpt(std::string(60, 'x'), 60) == std::string(60, 'x'));
    CHECK(harmless_excerpt(std::string(61, 'x'), 60) == std::string(60, 'x') + "…");
    CHECK(harmless_excerpt("ខខខខ", 3) == "ខខខ…");
}

TEST_CASE("harmless_excerpt gives UTF-8 for every two bytes", "[records][text]") {
    for (int a = 0; a < 256; ++a) {
        for (int b = 0; b < 256; ++b) {
            const std::string text = {static_cast<char>(a), static_cast<char>(b)};
            REQUIRE(is_utf8(harmless_excerpt(text)));
        }
    }
}

TEST_CASE("nearest finds the word that was meant", "[records][text]") {
    const std::vector<std::string_view> words = {"title", "summary",        "date",
                                                 "place", "electric_shock", "publish_named"};
    CHECK(nearest("titel", words) == Words{"title"});
    CHECK(nearest("Summry", words) == Words{"summary"});
    CHECK(nearest("shock", words) == Words{"electric_shock"});
    CHECK(nearest("electric shock", words) == Words{"electric_shock"});
    CHECK(nearest("publish-name", words) == Words{"publish_named"});
    CHECK(nearest("dat", words).front() == "date");
    CHECK(nearest("zzzzzz", words).empty());
    CHECK(nearest("", words).empty());
    CHECK(nearest(std::string(100'000, 'a'), words).empty());
}

TEST_CASE("either writes alternatives as a person does", "[records][text]") {
    CHECK(either({}).empty());
    CHECK(either({"a"}) == "a");
    CHECK(either({"a", "b"}) == "a or b");
    CHECK(either({"a", "b", "c"}) == "a, b or c");
}

}  // namespace custos::vault
