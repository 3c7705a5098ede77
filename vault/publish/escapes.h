// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that are written as something else: entities and tags of HTML, percent signs, and
// backslashes of JSON and programs.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "vault/publish/decode.h"

namespace custos::vault::publish {

// Ways to write them.
inline constexpr std::size_t kEscapeWays = 4;

// The view `from`, whose text is given, with every place that is written in the `way` read; nothing
// if there is none. `way` is below kEscapeWays.
[[nodiscard]] std::optional<View> unescaped(const View& from, std::string_view text,
                                            std::size_t way);

// Of a hexadecimal digit; -1 for what is none.
[[nodiscard]] constexpr int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Whether it is a code point of a character, and not zero.
[[nodiscard]] constexpr bool is_character(char32_t c) {
    return c != 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

}  // namespace custos::vault::publish
