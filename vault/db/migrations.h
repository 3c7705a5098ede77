// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the database, as the steps that led to it.
#pragma once

#include <span>

#include "vault/db/database.h"

namespace custos::vault {

// steps[n] is SQL that brings a database from version n to n + 1. Steps are added at the end and
// never changed once released. Runs the missing ones in one transaction; Error{failed} when a newer
// custos has written the database, which is left alone.
void migrate(Database& database, std::span<const char* const> steps);

// Same refusal without changing anything; Error{failed} also when a step is missing (for readers).
void require_version(Database& database, std::size_t steps);

}  // namespace custos::vault
