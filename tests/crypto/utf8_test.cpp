// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/utf8.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

namespace custos::crypto {
namespace {

bool anything(char32_t) { return true; }

std::string encoded(char32_t point) {
    const auto byte = [](char32_t value) {
        return static_cast<char>(static_cast<unsigned char>(value));
    };
    if (point < 0x80) return {byte(point)};
    if (point < 0x800) return {byte(0xC0 | (point >> 6)), byte(0x80 | (point & 0x3F))};
    if (point < 0x10000) {
        return {byte(0xE0 | (point >> 12)), byte(0x80 | ((point >> 6) & 0x3F)),
                byte(0x80 | (point & 0x3F))};
    }
    return {byte(0xF0 | (point >> 18)), byte(0x80 | ((point >> 12) & 0x3F)),
            byte(0x80 | ((point >> 6) & 0x3F)), byte(0x80 | (point & 0x3F))};
}

TEST_CASE("take_code_point reads every code point and no surrogate", "[crypto][utf8]") {
    int wrong = 0;
    for (char32_t point = 0; point <= 0x110000; ++point) {
        const std::string text = encoded(point);
        std::string_view rest = text;
        const auto read = take_code_point(rest);
        const bool valid = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        if (valid ? (read != point || !rest.empty()) : read.has_value()) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("take_code_point takes one of 65,536 two-byte texts only where RFC 3629 does",
          "[crypto][utf8]") {
    int accepted = 0;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = {static_cast<char>(first), static_cast<char>(second)};
            if (all_code_points(text, anything)) ++accepted;
        }
    }
    CHECK(accepted == 128 * 128 + 30 * 64);  // two ASCII characters, or U+0080 to U+07FF
}

TEST_CASE("all_code_points refuses overlong and cut-off forms", "[crypto][utf8]") {
    for (const char* const text :
         {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x80\x80\x80",
          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xED\xA0\x80",
          "\xED\xBF\xBF", "\x80", "\xE1\x9E", "\xF0\x9F\x98", "a\xC3", "\xC3(", "\xE1\x9E("}) {
        CHECK_FALSE(all_code_points(text, anything));
    }
    CHECK(all_code_points("", anything));
    CHECK(all_code_points("ភាសាខ្មែរ ไทย 😀", anything));
}

TEST_CASE("is_control and is_white_space hold for exactly their ranges", "[crypto][utf8]") {
    int controls = 0;
    int spaces = 0;
    for (char32_t point = 0; point <= 0x10FFFF; ++point) {
        if (is_control(point)) ++controls;
        if (is_white_space(point)) ++spaces;
    }
    CHECK(controls == 32 + 33);
    CHECK(spaces == 25);  // PropList.txt of Unicode counts as many
    CHECK(is_control(0x9B));
    CHECK(is_white_space(0x3000));
    CHECK_FALSE(is_white_space(0x200B));
}

}  // namespace
}  // namespace custos::crypto
