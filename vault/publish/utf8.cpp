// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <unicode/utf8.h>

namespace custos::vault::publish {

char32_t next_long_character(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::size_t begin = at;
    UChar32 character = -1;
    // ICU counts in int32_t; a character has four bytes at most.
    const auto length = static_cast<int32_t>(std::min<std::size_t>(text.size() - begin, 4));
    int32_t used = 0;
    U8_NEXT(bytes + begin, used, length, character);
    if (character < 0) {
        at = begin + 1;
        return kNoCharacter;
    }
    at = begin + static_cast<std::size_t>(used);
    return static_cast<char32_t>(character);
}

std::size_t end_of_ascii(std::string_view text, std::size_t at) {
    std::uint64_t word = 0;
    for (; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080u) != 0) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at)) {
        if (next_character(bytes, at) == kNoCharacter) return false;
    }
    return true;
}

void append_long_utf8(std::string& to, char32_t character) {
    std::array<char, 4> buffer{};
    std::size_t size = 0;
    const auto put = [&](char32_t byte) { buffer.at(size++) = static_cast<char>(byte); };
    if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
    to.append(buffer.data(), size);
}

}  // namespace custos::vault::publish
