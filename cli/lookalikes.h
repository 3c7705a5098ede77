// SPDX-License-Identifier: GPL-3.0-or-later
// What could be the same as a record, as it is told.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/context.h"
#include "vault/analysis/duplicates.h"

namespace custos::cli {

// {"id","title","score","why"}
[[nodiscard]] nlohmann::json json_of(const vault::analysis::Lookalike& lookalike);

// A list of them, for a new record.
[[nodiscard]] nlohmann::json lookalikes_json(const vault::Vault& vault, const vault::RecordId& id);

// "same contact, names sound alike"
[[nodiscard]] std::string reasons_of(const vault::analysis::Lookalike& lookalike);

// Notes on stderr, one for each lookalike of a new record.
void note_lookalikes(Context& context, const vault::Vault& vault, const vault::RecordId& id);

}  // namespace custos::cli
