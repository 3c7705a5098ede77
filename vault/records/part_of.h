// SPDX-License-Identifier: GPL-3.0-or-later
// What is part of what must end somewhere: no record is part of itself, by however many steps. A
// step is a field called part_of or a link with that role.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault {

inline constexpr std::string_view kPartOf = "part_of";

// Error{usage}, with the way round, if `whole` is `part` or a part of it.
void refuse_cycle(const Vault& vault, const RecordId& part, const RecordId& whole);
// The same for what checked fields of `part` say; nothing if they say nothing.
void refuse_cycle(const Vault& vault, const RecordId& part, const nlohmann::json& fields);

}  // namespace custos::vault
