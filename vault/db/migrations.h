// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the database. PRAGMA user_version holds two versions, so both change with the
// transaction that changes the tables: the number of steps that led to the tables of the truth (low
// half), and the version of the tables that are derived from it (high half), which are not changed
// by steps but made again.
#pragma once

#include <cstdint>
#include <span>

#include "vault/db/database.h"

namespace custos::vault {

// steps[n] is SQL that brings a database from version n to n + 1. Steps are added at the end and
// never changed once released. Runs the missing ones in one transaction; Error{failed} when a newer
// custos has written the database, which is left alone.
void migrate(Database& database, std::span<const char* const> steps);

// Same refusal without changing anything; Error{failed} also when a step is missing (for readers).
void require_version(Database& database, std::size_t steps);

// The version of the derived tables; 0 if there are none, or those of the first release.
// Error{failed} if it is above `newest`: a newer custos has written them.
[[nodiscard]] std::uint32_t derived_version(Database& database, std::uint32_t newest);
void set_derived_version(Transaction& transaction, std::uint32_t version);

// Drops every table but those whose names begin with `kept`. For derived tables, whatever they
// were.
void drop_tables_but(Transaction& transaction, std::string_view kept);

}  // namespace custos::vault
