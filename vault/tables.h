// SPDX-License-Identifier: GPL-3.0-or-later
// All tables of a vault's database, as the steps that led to them (vault/db/migrations.h).
#pragma once

#include <array>

namespace custos::vault {

const std::array<const char*, 1>& vault_tables();

}  // namespace custos::vault
