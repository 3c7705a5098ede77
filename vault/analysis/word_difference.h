// SPDX-License-Identifier: GPL-3.0-or-later
// How one text became another, word by word. Pure.
//
// Words are cut by ICU's rules (Unicode Standard Annex 29), with its dictionaries for Khmer, Thai,
// Lao, Burmese, Chinese and Japanese. A cut never falls inside of a syllable as a reader sees it:
// marks stay with what they stand on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/analysis/edit_script.h"

namespace custos::vault::analysis {

struct TextPiece {
    Edit edit = Edit::keep;
    std::string text;
    bool operator==(const TextPiece&) const = default;
};

// The kept and removed pieces are `before`, the kept and added ones `after`, byte for byte.
// Neighbours differ in their edit; a removed piece stands before the added one that replaces it.
// White space alone between two changes is part of them.
[[nodiscard]] std::vector<TextPiece> word_difference(std::string_view before,
                                                     std::string_view after);

// The words and what stands between them, in order; all of `text`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

}  // namespace custos::vault::analysis
