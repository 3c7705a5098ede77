// SPDX-License-Identifier: GPL-3.0-or-later
// All tables of a vault's database: those of the log, which are the truth, and those of the index,
// which are derived from it (docs/decisions/0006-versioned-index.md).
//
// To add a table to the index, or to change what one holds:
//   1) make it in kIndexTables (vault/records/index.cpp), and fill it in IndexWriter::apply(),
//      from entries and bodies alone;
//   2) add its rows to kComparedTables there, so that `check` compares it;
//   3) raise kIndexVersion by one: vaults with an older index get a new one when they are opened.
// A table of the log is changed by a step added to kLogSteps (vault/tables.cpp), never otherwise.
#pragma once

#include <array>
#include <cstdint>

#include "vault/db/database.h"

namespace custos::vault {

inline constexpr std::uint32_t kIndexVersion = 3;

// The steps that led to the tables of the log (vault/db/migrations.h).
const std::array<const char*, 1>& log_steps();

// Makes the tables of the index, empty.
void make_index_tables(Database& database);

}  // namespace custos::vault
