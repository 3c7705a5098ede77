// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that are spelled out in English: "zero eight one, double five, nought".
#pragma once

#include <cstddef>
#include <functional>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

// Fewer digits in a row are words.
inline constexpr std::size_t kSpelledMin = 5;
// So many of them must be words; the others may be digits.
inline constexpr std::size_t kSpelledWordsMin = 3;

// Every number that begins in the stretch as a folded row of digits, with their places in the text;
// its first and last digit have hard edges. Until the next call.
void each_spelled_number(const Folded& text, Stretch stretch, Folded& digits,
                         const std::function<void()>& visit);

}  // namespace custos::vault::publish
