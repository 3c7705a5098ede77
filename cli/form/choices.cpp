// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/choices.h"

#include <algorithm>
#include <charconv>

#include <unicode/unistr.h>

#include "cli/harmless.h"

namespace custos::cli {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kAcrossMax = 8;   // columns of choices
constexpr std::size_t kGap = 3;         // between columns
constexpr std::size_t kNumberSize = 4;  // "12  "

std::string folded(std::string_view text) {
    std::string out;
    icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
        .foldCase()
        .toUTF8String(out);
    // A word's key has underscores where its label has spaces.
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '_' || c == '-'; }, ' ');
    return out;
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace

bool holds_words(std::string_view text, std::string_view words) {
    const std::string all = folded(text);
    const std::vector<std::string> wanted = words_of(folded(words));
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto& word) {
        return all.find(word) != std::string::npos;
    });
}

std::size_t number_of(std::string_view text, std::size_t most) {
    std::size_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool whole = read.ec == std::errc{} && read.ptr == end;
    return whole && number >= 1 && number <= most ? number : 0;
}

Terms terms_below(const vault::Vocabulary& words, std::string_view parent) {
    Terms terms;
    for (const vault::Term& term : words.terms) {
        if (term.parent == parent && !term.retired) terms.push_back(&term);
    }
    return terms;
}

Terms terms_with(const vault::Vocabulary& words, std::string_view text) {
    const std::string begin = folded(text);
    Terms first;
    Terms second;
    Terms third;
    for (const vault::Term& term : words.terms) {
        if (term.retired) continue;
        const std::string name = std::string(term.label) + " " + std::string(term.key);
        const std::string more =
            name + " " + std::string(term.help) + " " + std::string(term.huridocs);
        if (folded(term.label).starts_with(begin)) {
            first.push_back(&term);
        } else if (holds_words(name, text)) {
            second.push_back(&term);
        } else if (holds_words(more, text)) {
            third.push_back(&term);
        }
    }
    first.insert(first.end(), second.begin(), second.end());
    first.insert(first.end(), third.begin(), third.end());
    return first;
}

std::string term_text(const vault::Term& term) {
    constexpr std::size_t kLetterOrTwo = 2;
    const std::string label(term.label);
    return term.key.size() <= kLetterOrTwo ? std::string(term.key) + " " + label : label;
}

std::string choice_text(const vault::Vocabulary& words, const vault::Term& term) {
    std::string text = term_text(term);
    if (!terms_below(words, term.key).empty()) text += " …";
    return text;
}

namespace {

std::string numbered_across(const std::vector<std::string>& texts, std::size_t columns,
                            std::size_t rows, std::size_t across_max) {
    if (texts.empty()) return {};
    std::size_t widest = 0;
    for (const std::string& text : texts) widest = std::max(widest, columns_of(text));
    const std::size_t cell = kNumberSize + widest + kGap;
    const std::size_t fitting = columns > kIndent ? (columns - kIndent) / cell : 1;
    const std::size_t across = std::clamp<std::size_t>(fitting, 1, across_max);
    const std::size_t needed = (texts.size() + across - 1) / across;
    const std::size_t down = std::max<std::size_t>(1, std::min(needed, rows));
    const std::size_t shown = std::min(texts.size(), down * across);
    const std::size_t room =
        columns > kIndent + kNumberSize + 1 ? columns - kIndent - kNumberSize - 1 : 1;

    std::string out;
    for (std::size_t row = 0; row < down; ++row) {
        std::string line;
        for (std::size_t column = 0; column < across; ++column) {
            const std::size_t i = column * down + row;
            if (i >= shown) break;
            std::string number = std::to_string(i + 1);
            number.insert(0, number.size() < 2 ? 2 - number.size() : 0, ' ');
            std::string entry = number + "  " + shortened(texts[i], room);
            const bool last = column + 1 == across || (column + 1) * down + row >= shown;
            if (!last) entry.append(cell - std::min(cell, columns_of(entry)), ' ');
            line += entry;
        }
        out += "  " + line + "\n";
    }
    if (shown < texts.size()) {
        out += shortened("  … and " + std::to_string(texts.size() - shown) +
                             " more: type a part of a word",
                         columns) +
               "\n";
    }
    return out;
}

}  // namespace

std::string numbered(const std::vector<std::string>& texts, std::size_t columns, std::size_t rows) {
    return numbered_across(texts, columns, rows, kAcrossMax);
}

std::string numbered_down(const std::vector<std::string>& texts, std::size_t columns,
                          std::size_t rows) {
    return numbered_across(texts, columns, rows, 1);
}

bool is_yes(std::string_view text) { return text == "y" || text == "yes" || text == "true"; }

}  // namespace custos::cli
