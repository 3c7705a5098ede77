// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/text.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "crypto/utf8.h"

namespace custos::vault {
namespace {

std::string hex_of(std::uint32_t number) {
    std::string text;
    do {
        text.insert(text.begin(), "0123456789ABCDEF"[number & 15U]);
        number >>= 4U;
    } while (number != 0);
    return text;
}

// What a terminal obeys instead of showing, or shows nothing for.
bool is_invisible(char32_t point) {
    return crypto::is_control(point) || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
           point == 0x061C || point == 0xFEFF || point == 0x2028 || point == 0x2029 ||
           (point >= 0xE0000 && point <= 0xE007F);
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// As people see words: without case, and with one sign for what separates their parts.
std::string comparable(std::string_view word) {
    std::string text;
    text.reserve(word.size());
    for (const char c : word) text += c == '-' || c == ' ' ? '_' : lower(c);
    return text;
}

// Letters changed, added, left out or swapped with their neighbour (optimal string alignment).
std::size_t edit_distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

// How unlike two words are; nothing when they are not alike at all.
std::optional<std::size_t> unlikeness(const std::string& word, const std::string& candidate) {
    if (word.empty()) return std::nullopt;
    if (candidate == word) return 0;
    if (candidate.compare(0, word.size(), word) == 0) return 1;
    const std::size_t allowed =
        word.size() <= 2 ? 1 : std::min<std::size_t>(3, 1 + word.size() / 4);
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer - shorter <= allowed) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance <= allowed && distance < longer) return distance * 2;
    }
    if (word.size() >= 3 && candidate.find(word) != std::string::npos) return 7;
    if (candidate.size() >= 4 && word.find(candidate) != std::string::npos) return 8;
    return std::nullopt;
}

// Longer words than any of ours are near to nothing, and comparing them would cost.
constexpr std::size_t kWordSizeMax = 80;

}  // namespace

bool is_utf8(std::string_view text) {
    return is_plain_ascii(text) || crypto::all_code_points(text, [](char32_t) { return true; });
}

std::size_t code_points(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::optional<std::string> text_refusal(std::string_view text, Lines lines) {
    if (is_plain_ascii(text)) return std::nullopt;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t at = text.size() - rest.size();
        const std::optional<char32_t> point = crypto::take_code_point(rest);
        if (!point) return "byte " + std::to_string(at + 1) + " is not UTF-8";
        if (*point >= U' ') continue;
        const bool breaks_line = *point == U'\n' || *point == U'\t';
        if (breaks_line && lines == Lines::many) continue;
        if (breaks_line) return "must be one line, without line feeds and tabs";
        const std::string digits = hex_of(*point);
        return "holds the control character U+" + std::string(4 - digits.size(), '0') + digits +
               " at byte " + std::to_string(at + 1);
    }
    return std::nullopt;
}

std::string harmless_excerpt(std::string_view text, std::size_t limit) {
    std::string shown;
    std::string_view rest = text;
    for (std::size_t count = 0; !rest.empty(); ++count) {
        if (count == limit) return shown + "…";
        const std::string_view before = rest;
        const std::optional<char32_t> point = crypto::take_code_point(rest);
        if (!point) {
            shown += "\\x{" + hex_of(static_cast<unsigned char>(rest.front())) + "}";
            rest.remove_prefix(1);
        } else if (*point == U'\n' || *point == U'\t') {
            shown += ' ';
        } else if (is_invisible(*point)) {
            shown += "\\u{" + hex_of(static_cast<std::uint32_t>(*point)) + "}";
        } else {
            shown += before.substr(0, before.size() - rest.size());
        }
    }
    return shown;
}

std::vector<std::string> nearest(std::string_view word,
                                 const std::vector<std::string_view>& candidates,
                                 std::size_t limit) {
    if (word.size() > kWordSizeMax) return {};
    const std::string wanted = comparable(word);
    // Unlikeness, then how much longer or shorter, then the order in which they were given.
    std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> found;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const std::string candidate = comparable(candidates[i]);
        const auto unlike = unlikeness(wanted, candidate);
        if (!unlike) continue;
        const std::size_t longer = std::max(wanted.size(), candidate.size());
        found.emplace_back(*unlike, longer - std::min(wanted.size(), candidate.size()), i);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string> words;
    for (const auto& [unlike, difference, i] : found) {
        // Next to a good guess, a poor one only confuses.
        if (unlike > std::get<0>(found.front()) + 1) break;
        std::string text(candidates[i]);
        if (words.size() < limit && std::find(words.begin(), words.end(), text) == words.end()) {
            words.push_back(std::move(text));
        }
    }
    return words;
}

std::string either(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace custos::vault
