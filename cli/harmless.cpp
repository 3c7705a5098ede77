// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/harmless.h"

#include <array>
#include <cstdint>

#include <unicode/uchar.h>

namespace custos::cli {
namespace {

struct Read {
    char32_t point = 0;
    std::size_t size = 1;
    bool valid = false;  // if not: one byte that starts no code point
};

// The code point at the start of `text`, which is not empty.
Read read_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return {first, 1, true};
    std::size_t size = 0;
    char32_t point = 0;
    if (first >= 0xC2 && first <= 0xDF) {
        size = 2;
        point = first & 0x1FU;
    } else if (first >= 0xE0 && first <= 0xEF) {
        size = 3;
        point = first & 0x0FU;
    } else if (first >= 0xF0 && first <= 0xF4) {
        size = 4;
        point = first & 0x07U;
    }
    if (size == 0 || text.size() < size) return {};
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {};
        point = (point << 6) | (byte(i) & 0x3FU);
    }
    const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (overlong || surrogate || point > 0x10FFFF) return {};
    return {point, size, true};
}

struct Range {
    char32_t first, last;
};

// Invisible, and of use to honest writers.
constexpr std::array kZeroWidth = {Range{0x200B, 0x200D}, Range{0xFEFF, 0xFEFF}};

// Invisible or steering, and of no use in a terminal.
constexpr std::array kSteering = {
    Range{0x0000, 0x001F},    // C0, line feeds and tabs are decided before
    Range{0x007F, 0x009F},    // delete, C1
    Range{0x00AD, 0x00AD},    // soft hyphen
    Range{0x034F, 0x034F},    // combining grapheme joiner
    Range{0x061C, 0x061C},    // Arabic letter mark
    Range{0x115F, 0x1160},    // Hangul fillers
    Range{0x180E, 0x180E},    // Mongolian vowel separator
    Range{0x200E, 0x200F},    // left-to-right and right-to-left mark
    Range{0x2028, 0x202E},    // line and paragraph separator, embeddings, overrides
    Range{0x2060, 0x206F},    // word joiner, isolates, deprecated format characters
    Range{0x3164, 0x3164},    // Hangul filler
    Range{0xFFF9, 0xFFFB},    // interlinear annotation
    Range{0xE0000, 0xE0FFF},  // tags and what else is reserved there
};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t point) {
    for (const Range& range : ranges) {
        if (point >= range.first && point <= range.last) return true;
    }
    return false;
}

std::string hex_digits(char32_t value, std::size_t least) {
    std::string digits;
    for (; value != 0 || digits.size() < least; value /= 16) {
        digits.insert(digits.begin(), "0123456789abcdef"[value % 16]);
    }
    return digits;
}

std::string json_escape(char32_t point) {
    if (point < 0x10000) return "\\u" + hex_digits(point, 4);
    const char32_t rest = point - 0x10000;
    return "\\u" + hex_digits(0xD800 + (rest >> 10), 4) + "\\u" +
           hex_digits(0xDC00 + (rest & 0x3FFU), 4);
}

}  // namespace

std::string harmless(std::string_view text, LineFeeds line_feeds) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Read next = read_code_point(text);
        const bool line_feed = next.point == U'\n' || next.point == U'\t';
        if (!next.valid) {
            out += "\\x{" + hex_digits(static_cast<std::uint8_t>(text[0]), 2) + "}";
        } else if (line_feed && line_feeds == LineFeeds::keep) {
            out += text[0];
        } else if (is_in(kSteering, next.point)) {
            out += "\\u{" + hex_digits(next.point, 1) + "}";
        } else if (!is_in(kZeroWidth, next.point)) {
            out += text.substr(0, next.size);
        }
        text.remove_prefix(next.size);
    }
    return out;
}

std::string harmless_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const Read next = read_code_point(json);
        // Below 0x7F the serialiser has escaped already what stands inside strings.
        if (next.valid && next.point >= 0x7F &&
            (is_in(kSteering, next.point) || is_in(kZeroWidth, next.point))) {
            out += json_escape(next.point);
        } else {
            out += json.substr(0, next.size);
        }
        json.remove_prefix(next.size);
    }
    return out;
}

namespace {

std::size_t columns_of_point(char32_t point) {
    if (point < 0x7F) return 1;
    const auto code = static_cast<UChar32>(point);
    switch (u_charType(code)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR: return 0;
        default: break;
    }
    // Vowels and finals of Hangul syllables in parts: they join what stands before.
    const int syllable = u_getIntPropertyValue(code, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
    const int width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Read next = read_code_point(text);
        columns += columns_of_point(next.point);
        text.remove_prefix(next.size);
    }
    return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    std::string out;
    std::size_t used = 1;  // for the mark
    while (!text.empty()) {
        const Read next = read_code_point(text);
        const std::size_t width = columns_of_point(next.point);
        if (used + width > columns) break;
        used += width;
        out += text.substr(0, next.size);
        text.remove_prefix(next.size);
    }
    return out + "…";
}

}  // namespace custos::cli
