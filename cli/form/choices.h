// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a vocabulary as numbered choices, finding one by a part of what it says, and what
// people type to choose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/records/vocabulary.h"

namespace custos::cli {

using Terms = std::vector<const vault::Term*>;

// Retired terms are never among them.
// The terms directly below `parent`; with an empty one, those at the top.
[[nodiscard]] Terms terms_below(const vault::Vocabulary& words, std::string_view parent);
// Terms whose key, label, help or code holds every word of `text`, whatever the case; those whose
// label begins with it first.
[[nodiscard]] Terms terms_with(const vault::Vocabulary& words, std::string_view text);

// "electric shock"; "P3 protected", where people know the key.
[[nodiscard]] std::string term_text(const vault::Term& term);
// The same with a mark when there are narrower terms.
[[nodiscard]] std::string choice_text(const vault::Vocabulary& words, const vault::Term& term);

// Numbered from 1, in as many columns as fit, at most `rows` rows: what does not fit is counted in
// a last line. Lines end in a line feed and begin with two spaces.
[[nodiscard]] std::string numbered(const std::vector<std::string>& texts, std::size_t columns,
                                   std::size_t rows);

// The same one below the other, for texts that are long.
[[nodiscard]] std::string numbered_down(const std::vector<std::string>& texts, std::size_t columns,
                                        std::size_t rows);

// Whether every word of `words` is in `text`, whatever the case.
[[nodiscard]] bool holds_words(std::string_view text, std::string_view words);

// "3" of so many: 3. Nothing for anything else.
[[nodiscard]] std::size_t number_of(std::string_view text, std::size_t most);

[[nodiscard]] bool is_yes(std::string_view text);

}  // namespace custos::cli
