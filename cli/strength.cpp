// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/strength.h"

#include <algorithm>
#include <array>

namespace custos::cli {
namespace {

// A word counts as one of about 4,000, however long; three letters or fewer as letters.
constexpr int kWordBits = 12;
constexpr int kLetterBits = 4;
constexpr int kDigitBits = 3;
constexpr int kSignBits = 4;
constexpr int kYearBits = 7;
constexpr int kOrderBits = 5;  // for a row of keys, or the same again
constexpr int kRunMin = 3;

enum class Sort { letter, digit, other_script, sign, space };

Sort sort_of(std::uint8_t c) {
    if (c >= 0x80) return Sort::other_script;
    if (c >= '0' && c <= '9') return Sort::digit;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Sort::letter;
    return c == ' ' ? Sort::space : Sort::sign;
}

std::uint8_t lower(std::uint8_t c) {
    return c >= 'A' && c <= 'Z' ? static_cast<std::uint8_t>(c - 'A' + 'a') : c;
}

bool stand_together(std::uint8_t a, std::uint8_t b) {
    constexpr std::array<std::string_view, 6> kRows = {"abcdefghijklmnopqrstuvwxyz",
                                                       "0123456789",
                                                       "1234567890",
                                                       "qwertyuiop",
                                                       "asdfghjkl",
                                                       "zxcvbnm"};
    if (a == b) return true;
    return std::any_of(kRows.begin(), kRows.end(), [&](std::string_view row) {
        const std::size_t i = row.find(static_cast<char>(a));
        const std::size_t j = row.find(static_cast<char>(b));
        return i != std::string_view::npos && j != std::string_view::npos &&
               (i + 1 == j || j + 1 == i);
    });
}

// "aaaa", "1234", "qwert".
bool is_run(ByteView part) {
    for (std::size_t i = 1; i < part.size(); ++i) {
        if (!stand_together(lower(part[i - 1]), lower(part[i]))) return false;
    }
    return part.size() >= kRunMin;
}

bool is_year(ByteView part) {
    return part.size() == 4 && ((part[0] == '1' && part[1] == '9') ||
                                (part[0] == '2' && (part[1] == '0' || part[1] == '5')));
}

int characters(ByteView part) {
    return static_cast<int>(std::count_if(part.begin(), part.end(), [](std::uint8_t c) {
        return (c & 0xC0U) != 0x80U;  // not the second byte of one
    }));
}

int bits_of(ByteView part, Sort sort) {
    const int count = characters(part);
    if (is_run(part)) return kOrderBits;
    switch (sort) {
        case Sort::letter: return std::min(kWordBits, kLetterBits * count);
        // Scripts without spaces: a word is some four characters long.
        case Sort::other_script:
            return std::max(std::min(kWordBits, kLetterBits * count), kDigitBits * count);
        case Sort::digit: return is_year(part) ? kYearBits : kDigitBits * count;
        case Sort::sign: return std::min(kSignBits * count, kSignBits + count);
        case Sort::space: return 0;
    }
    return 0;
}

bool is_again(ByteView whole, std::size_t at, std::size_t size) {
    const auto same = [](std::uint8_t a, std::uint8_t b) { return lower(a) == lower(b); };
    const ByteView before = whole.first(at);
    const ByteView part = whole.subspan(at, size);
    return size >= kRunMin && std::search(before.begin(), before.end(), part.begin(), part.end(),
                                          same) != before.end();
}

}  // namespace

int guessing_bits(ByteView utf8) {
    int bits = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const Sort sort = sort_of(utf8[at]);
        std::size_t end = at + 1;
        while (end < utf8.size() && sort_of(utf8[end]) == sort) ++end;
        bits += is_again(utf8, at, end - at) ? 1 : bits_of(utf8.subspan(at, end - at), sort);
        at = end;
    }
    return bits;
}

std::string advice_on(ByteView utf8) {
    if (guessing_bits(utf8) >= kWeakBits) return {};
    return "This passphrase could be guessed by somebody who has the vault and time. Six words "
           "drawn "
           "by dice or at random are better than anything made up: custos key passphrase changes "
           "it.";
}

}  // namespace custos::cli
