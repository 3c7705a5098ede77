// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/escape.h"

#include <optional>

#include <nlohmann/json.hpp>

#include "crypto/utf8.h"

namespace custos::vault {
namespace {

void append_unit(std::string& text, std::uint32_t unit) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) text += kHex[unit >> shift & 0xFU];
}

void append_escaped(std::string& text, char32_t point) {
    if (point < 0x10000) return append_unit(text, point);
    append_unit(text, 0xD800 + ((point - 0x10000) >> 10U));
    append_unit(text, 0xDC00 + ((point - 0x10000) & 0x3FFU));
}

}  // namespace

bool steers(char32_t point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x206F) ||
           point == 0xFEFF || point == 0x2028 || point == 0x2029 ||
           (point >= 0xE0000 && point <= 0xE007F) ||
           (crypto::is_control(point) && point != U'\n' && point != U'\t');
}

std::string json_line(const nlohmann::json& value) {
    const std::string dumped = value.dump();
    std::string line;
    line.reserve(dumped.size() + 1);
    std::string_view rest = dumped;
    while (!rest.empty()) {
        // What is not ASCII stands inside strings only.
        std::size_t ascii = 0;
        while (ascii < rest.size() && static_cast<unsigned char>(rest[ascii]) < 0x7F) ++ascii;
        line += rest.substr(0, ascii);
        rest.remove_prefix(ascii);
        if (rest.empty()) break;
        const std::string_view before = rest;
        const std::optional<char32_t> point = crypto::take_code_point(rest);
        if (point && !steers(*point)) {
            line += before.substr(0, before.size() - rest.size());
        } else {
            append_escaped(line, point.value_or(0xFFFD));
            if (!point) rest.remove_prefix(1);
        }
    }
    return line + "\n";
}

std::string xml_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> point = crypto::take_code_point(text);
        if (!point) text.remove_prefix(1);
        const std::string_view bytes = before.substr(0, before.size() - text.size());
        if (!point || steers(*point) || *point == 0xFFFE || *point == 0xFFFF)
            out += "\uFFFD";
        else if (*point == U'<')
            out += "&lt;";
        else if (*point == U'>')
            out += "&gt;";
        else if (*point == U'&')
            out += "&amp;";
        else if (*point == U'"')
            out += "&quot;";
        else
            out += bytes;
    }
    return out;
}

std::string dot_text(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> point = crypto::take_code_point(text);
        if (!point) text.remove_prefix(1);
        if (!point || steers(*point) || *point == U'\n') {
            out += "\uFFFD";
        } else {
            if (*point == U'"' || *point == U'\\') out += '\\';
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out + "\"";
}

}  // namespace custos::vault
