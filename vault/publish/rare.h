// SPDX-License-Identifier: GPL-3.0-or-later
// Rare combinations: facts that name nobody one by one, and somebody together.
//
// Counted are persons of the vault. A vault is a sample of the people that readers would think of,
// so the count is a warning and no proof: findings are fuzzy, and a vault with few persons, where
// every combination is rare, gives none.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vault/publish/leak_scan.h"
#include "vault/publish/plan.h"
#include "vault/publish/statement.h"

namespace custos::vault::publish {

inline constexpr std::size_t kRareBelow = 5;       // k
inline constexpr std::size_t kPopulationMin = 50;  // persons in the vault; fewer say nothing
inline constexpr std::size_t kFactsMin = 2;        // one fact alone is no combination

// Of each person whom the statement mentions without a name, the facts that are printed of it:
// those of the incidents shown in which it has a part, and those of the person's own that stand in
// the text as words.
[[nodiscard]] std::map<std::string, Facts> printed_facts(const Material& material, const Plan& plan,
                                                         const std::string& text);

// A fuzzy finding of rule rare_combination for each of them that fewer than kRareBelow persons of
// the vault share, taking what earlier publications said of the person together with it; and one of
// rule said_before for each that an earlier publication named.
[[nodiscard]] std::vector<Finding> rare_combinations(const Material& material,
                                                     const std::map<std::string, Facts>& printed);

}  // namespace custos::vault::publish
