// SPDX-License-Identifier: GPL-3.0-or-later
// Just enough UTF-8 to say whether a foreign text is well-formed and what it is made of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace custos::crypto {

// Takes the first code point off `rest`, which must not be empty. Nothing, and `rest` as it was, if
// it does not start with one: overlong forms, surrogates and values above U+10FFFF are no UTF-8.
[[nodiscard]] std::optional<char32_t> take_code_point(std::string_view& rest) noexcept;

// Whether `text` is UTF-8 throughout and `accepts` every one of its code points.
template <class Predicate>
[[nodiscard]] bool all_code_points(std::string_view text, Predicate accepts) {
    while (!text.empty()) {
        const std::optional<char32_t> point = take_code_point(text);
        if (!point || !accepts(*point)) return false;
    }
    return true;
}

// `point` is one: at most U+10FFFF and no surrogate.
void append_utf8(std::string& text, char32_t point);

// U+0000 to U+001F, U+007F to U+009F.
[[nodiscard]] bool is_control(char32_t point) noexcept;
// The White_Space property of Unicode.
[[nodiscard]] bool is_white_space(char32_t point) noexcept;

}  // namespace custos::crypto
