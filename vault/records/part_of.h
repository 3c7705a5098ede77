// SPDX-License-Identifier: GPL-3.0-or-later
// What is part of what must end somewhere: no record is part of itself, by however many steps. A
// step is a field called part_of or a link with that role.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "vault/records/describe.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault {

inline constexpr std::string_view kPartOf = "part_of";

// What a record is said to be part of. One that is still to come is part of nothing yet.
[[nodiscard]] std::vector<RecordId> wholes_of(const Vault& vault, const RecordId& part);

// If `whole` is `part` or a part of it: the way round, each part of the next, from `part` to
// `part`. Else empty.
using WholesOf = std::function<std::vector<RecordId>(const RecordId& part)>;
[[nodiscard]] std::vector<RecordId> way_round(const RecordId& part, const RecordId& whole,
                                              const WholesOf& wholes);

// Error{usage}, with the way round, if `whole` is `part` or a part of it.
void refuse_cycle(const Vault& vault, const RecordId& part, const RecordId& whole);
// The same for what the fields of `part` name.
void refuse_cycle(const Vault& vault, const RecordId& part,
                  const std::vector<FieldReference>& references);

}  // namespace custos::vault
