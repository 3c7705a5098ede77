// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean": the candidates nearest to a mistyped word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace custos::cli {

// At most three, nearest first; empty if nothing is near (a third of the word, at least one
// letter).
[[nodiscard]] std::vector<std::string> nearest(std::string_view word,
                                               const std::vector<std::string>& candidates);

// "did you mean add, or edit?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& candidates);

}  // namespace custos::cli
