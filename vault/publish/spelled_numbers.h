// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that are spelled out in English: "zero eight one, double five, nought".
#pragma once

#include <cstddef>
#include <string_view>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

// Fewer digits in a row are words.
inline constexpr std::size_t kSpelledMin = 5;
// So many of them must be words; the others may be digits.
inline constexpr std::size_t kSpelledWordsMin = 3;

// Whether a number may begin with a word, which is folded.
[[nodiscard]] bool is_number_word(std::string_view word);

// The number that begins with the word of text.starts[start] as a folded row of digits, with their
// places in the text; its first and last digit have hard edges. No digits if there is no number.
// Returns the start behind what was read.
[[nodiscard]] std::size_t read_spelled_number(const Folded& text, std::size_t start,
                                              Folded& digits);

}  // namespace custos::vault::publish
