// SPDX-License-Identifier: GPL-3.0-or-later
// Characters of texts in UTF-8, also of those that are only nearly that.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace custos::vault::publish {

// The next code point of `text` at `at`, which is moved past it; 0xFFFFFFFF for a byte that begins
// no valid UTF-8 (one byte is passed).
inline constexpr char32_t kNoCharacter = 0xFFFFFFFF;
char32_t next_long_character(std::string_view text, std::size_t& at);
inline char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return next_long_character(text, at);
    ++at;
    return byte;
}
void append_long_utf8(std::string& to, char32_t character);
inline void append_utf8(std::string& to, char32_t character) {
    if (character >= 0x80) return append_long_utf8(to, character);
    to.push_back(static_cast<char>(character));
}

// The first byte from `at` on that is not ASCII, or the end.
[[nodiscard]] std::size_t end_of_ascii(std::string_view text, std::size_t at);

// Bytes [first, last) of a text.
struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
};

[[nodiscard]] bool is_utf8(std::string_view bytes);

}  // namespace custos::vault::publish
