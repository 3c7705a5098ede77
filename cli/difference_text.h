// SPDX-License-Identifier: GPL-3.0-or-later
// What changed, as people read it: [-removed-]{+added+}, coloured as well where there is colour.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/printer.h"
#include "vault/analysis/field_difference.h"
#include "vault/analysis/word_difference.h"

namespace custos::cli {

// Of what stayed, so many words are shown on each side of a change.
inline constexpr std::size_t kWordsAround = 12;

// The lines of one difference, the first of them with the path: "summary: two [-men-]{+women+}".
[[nodiscard]] std::vector<std::vector<StyledText>> difference_lines(
    const vault::Schema& schema, const vault::analysis::FieldDifference& difference);

// {"field","before","after"}, and for texts "words": [{"edit":"keep|remove|add","text"}].
[[nodiscard]] nlohmann::json difference_json(const vault::analysis::FieldDifference& difference);

}  // namespace custos::cli
