// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that make a log searchable: derived from the entries and their bodies, by this code
// only, whether an entry is new, replayed by `check`, or comes back from a backup.
//
// Two vaults with the same log have the same rows. No table holds a body: the log does, once.
#pragma once

#include <array>
#include <optional>

#include "crypto/bytes.h"
#include "vault/db/database.h"
#include "vault/log/entry.h"

namespace custos::vault {

// SQL that makes the tables of the index, apart from the full-text one (vault/search/index.h).
extern const char* const kIndexTables;

// Applies one entry. `body` is absent if it was erased. Entries come in the order of their indexes.
// Error{integrity} if the entry does not fit what came before (a revision of an unknown record).
void apply_to_index(Transaction& transaction, const Entry& entry, const std::optional<Bytes>& body);

// The tables and the columns by which two indexes are compared, in a fixed order.
struct IndexTable {
    const char* name;
    const char* rows;  // SELECT that gives every row in a fixed order
};
extern const std::array<IndexTable, 9> kComparedTables;

}  // namespace custos::vault
