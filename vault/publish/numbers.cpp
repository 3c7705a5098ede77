// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/numbers.h"

#include <algorithm>
#include <utility>

namespace custos::vault::publish {
namespace {

// Digits within a word as long as this belong to a digest or a key, not to a person.
constexpr std::size_t kDigestWordMin = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint32_t key_of(std::string_view digits) {
    auto key = static_cast<std::uint32_t>(digits.size());
    for (const char c : digits) key = key * 10 + static_cast<std::uint32_t>(c - '0');
    return key;
}

// Whether the row [begin, end) lies in one very long word of letters and digits.
bool in_digest(const Folded& text, std::size_t begin, std::size_t end) {
    if (text.edge(begin) == Edge::hard && text.edge(end) == Edge::hard &&
        end - begin < kDigestWordMin) {
        return false;
    }
    while (begin > 0 && text.edge(begin) != Edge::hard) --begin;
    while (end < text.size() && text.edge(end) != Edge::hard) ++end;
    return end - begin >= kDigestWordMin;
}

}  // namespace

NumberTable::NumberTable(std::vector<NumberForm> numbers) : numbers_(std::move(numbers)) {
    for (std::uint32_t i = 0; i < numbers_.size(); ++i) {
        const NumberForm& number = numbers_[i];
        add(number.digits, i, std::min(number.digits.size(), kNumberSuffix));
        if (number.rule != Rule::identifier) continue;
        for (std::size_t size = kNumberDigitsMin;
             size < std::min(number.digits.size(), kNumberSuffix); ++size) {
            add(number.digits, i, size);
        }
    }
}

void NumberTable::add(std::string_view digits, std::uint32_t number, std::size_t size) {
    by_suffix_.emplace(key_of(digits.substr(digits.size() - size)), number);
}

void NumberTable::find_in_row(const Folded& text, std::size_t begin, std::size_t end,
                              const Match& match) const {
    const std::string_view row = std::string_view(text.letters).substr(begin, end - begin);
    for (std::size_t size = kNumberDigitsMin; size <= std::min(kNumberSuffix, row.size()); ++size) {
        for (std::size_t at = 0; at + size <= row.size(); ++at) {
            const std::string_view piece = row.substr(at, size);
            const auto [first, last] = by_suffix_.equal_range(key_of(piece));
            for (auto it = first; it != last; ++it) {
                const NumberForm& number = numbers_[it->second];
                const bool whole = number.digits.size() == size;
                // A few digits are evidence only where they stand alone.
                const bool alone = text.edge(begin + at) == Edge::hard &&
                                   text.edge(begin + at + size) == Edge::hard;
                if (size < kNumberSuffix && !alone) continue;
                const Severity severity =
                    whole || size == kNumberSuffix ? Severity::exact : Severity::fuzzy;
                match(number, severity, begin + at, begin + at + size);
            }
        }
    }
}

void NumberTable::find(const Folded& text, Stretch stretch, std::size_t& done,
                       const Match& match) const {
    if (numbers_.empty()) return;
    for (std::size_t i = stretch.first; i < stretch.last; ++i) {
        const std::size_t begin = text.starts[i].letter;
        if (begin < done || !is_digit(text.letters[begin])) continue;
        std::size_t end = begin;
        while (is_digit(text.letters[end])) ++end;
        done = end;
        if (end - begin < kNumberDigitsMin || in_digest(text, begin, end)) continue;
        find_in_row(text, begin, end, match);
    }
}

}  // namespace custos::vault::publish
