// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/harmless.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace custos::cli;

TEST_CASE("harmless leaves the scripts of the world alone", "[cli][harmless]") {
    for (const char* text :
         {"Sok Dara", "ឈូក រតនា", "สมชาย", "မောင်", "张伟", "محمد", "Ольга", "e\u0301", "😀"}) {
        CHECK(harmless(text) == text);
    }
}

TEST_CASE("harmless shows every control character and lets none through", "[cli][harmless]") {
    for (unsigned code = 0; code < 0x20; ++code) {
        const std::string text = harmless(std::string("a") + static_cast<char>(code) + "b");
        CHECK(text.starts_with("a\\u{"));
        CHECK(text.ends_with("}b"));
    }
    CHECK(harmless("\x7f") == "\\u{7f}");
    CHECK(harmless("\xc2\x9b") == "\\u{9b}");
    CHECK(harmless("\x1b[2J") == "\\u{1b}[2J");
}

TEST_CASE("harmless shows bidirectional controls, tags and line separators", "[cli][harmless]") {
    CHECK(harmless("\u202e") == "\\u{202e}");
    CHECK(harmless("\u2066\u2069") == "\\u{2066}\\u{2069}");
    CHECK(harmless("\u200e\u200f\u061c") == "\\u{200e}\\u{200f}\\u{61c}");
    CHECK(harmless("\u2028") == "\\u{2028}");
    CHECK(harmless("\U000E0041") == "\\u{e0041}");
}

TEST_CASE("harmless leaves zero-width spaces and joiners out", "[cli][harmless]") {
    CHECK(harmless("ក\u200bខ\u200c\u200d\ufeff") == "កខ");
}

TEST_CASE("harmless shows bytes that are no UTF-8", "[cli][harmless]") {
    CHECK(harmless("\xff") == "\\x{ff}");
    CHECK(harmless("\xc0\x80") == "\\x{c0}\\x{80}");             // overlong
    CHECK(harmless("\xed\xa0\x80") == "\\x{ed}\\x{a0}\\x{80}");  // surrogate
    CHECK(harmless("\xf4\x90\x80\x80").starts_with("\\x{f4}"));  // beyond U+10FFFF
    CHECK(harmless("\xe1\x9e") == "\\x{e1}\\x{9e}");             // cut off
}

TEST_CASE("harmless keeps line feeds only where they are wanted", "[cli][harmless]") {
    CHECK(harmless("a\nb\tc") == "a\\u{a}b\\u{9}c");
    CHECK(harmless("a\nb\tc", LineFeeds::keep) == "a\nb\tc");
    CHECK(harmless("a\rb", LineFeeds::keep) == "a\\u{d}b");
}

TEST_CASE("harmless_json is the same document with nothing to obey in it", "[cli][harmless]") {
    const nlohmann::json document = {{"text", "a\u202eb\u200bc\u009bd\U000E0041e\x7f"},
                                     {"km", "ខ្មែរ"}};

    const std::string text = harmless_json(document.dump());

    CHECK(nlohmann::json::parse(text) == document);
    CHECK(text.find("\\u202e") != std::string::npos);
    CHECK(text.find("\\udb40\\udc41") != std::string::npos);
    CHECK(text.find("ខ្មែរ") != std::string::npos);
    CHECK(harmless(text) == text);
}

TEST_CASE("columns_of counts what a terminal shows", "[cli][harmless]") {
    CHECK(columns_of("abc") == 3);
    CHECK(columns_of("张伟") == 4);
    CHECK(columns_of("e\u0301") == 1);
    CHECK(columns_of("") == 0);
    CHECK(columns_of("ខ្មែរ") == 4);  // U+17D2 joins, U+17C2 stands alone
    CHECK(columns_of("น้ำ") == 2);    // tone mark above, vowel behind
    CHECK(columns_of("မြန်မာ") == 5);
    CHECK(columns_of("مُحَمَّد") == 4);
    CHECK(columns_of("\u1112\u1161\u11ab") == 2);  // one syllable in three parts
    CHECK(columns_of("ﾃﾞ") == 2);                  // half width
}

TEST_CASE("shortened cuts between code points and says so", "[cli][harmless]") {
    CHECK(shortened("abcdef", 6) == "abcdef");
    CHECK(shortened("abcdefg", 6) == "abcde…");
    CHECK(shortened("张伟张伟", 6) == "张伟…");
}
