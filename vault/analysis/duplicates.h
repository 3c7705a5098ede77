// SPDX-License-Identifier: GPL-3.0-or-later
// Records that could be one: suggested when one is added, or looked for in the whole vault. Never a
// decision: persons of one name are many.
//
// Candidates come from the index of likenesses (vault/records/name_keys.h), so an answer costs as
// much as there are candidates, not as there are records.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "vault/records/store.h"

namespace custos::vault::analysis {

inline constexpr std::size_t kCandidatesMax = 100;  // that are looked at for one record
inline constexpr std::size_t kLookalikesMax = 5;    // that are named for one

struct Lookalike {
    RecordId id;
    std::string code;
    std::string title;
    double score = 0;
    std::vector<std::string> why;
};

[[nodiscard]] bool can_have_duplicates(Kind kind);

// Live records that could be this one, the likeliest first. Those that are linked to it, or name
// it, are known to be what they are.
[[nodiscard]] std::vector<Lookalike> lookalikes_of(const Vault& vault, const RecordId& id);

struct LookalikePair {
    RecordId first;  // the older record
    std::string code;
    std::string title;
    Lookalike second;
};

struct LookalikePairs {
    std::vector<LookalikePair> pairs;  // the likeliest first
    std::size_t unseen = 0;  // candidates that were not compared: keys that too many records share
};

// In the whole vault; names that sound alike, without the ones that are only near.
[[nodiscard]] LookalikePairs all_lookalikes(const Vault& vault, Kind kind, std::size_t limit);

}  // namespace custos::vault::analysis
