// SPDX-License-Identifier: GPL-3.0-or-later
// The index rebuilt from the log: for `check`, which compares, and for restore, which has nothing
// else.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "vault/db/database.h"
#include "vault/log/log.h"

namespace custos::vault {

struct LogFinding {
    std::uint64_t index = 0;  // of the entry
    std::string what;         // in plain words
};

// Reads every entry in order and looks at each: canonical text, index, log id, known author, body
// against its digest. What is wrong goes to `finding` and the rest is still read. Returns the root
// recomputed from the rows.
crypto::Digest verify_log(Database& database, const VaultId& id,
                          const std::function<void(const LogFinding&)>& finding);

// An empty database in memory with the tables of the index.
[[nodiscard]] Database empty_index();

// Applies every entry of `log` to the empty index of `to`. Error{integrity} if one does not fit.
void replay(const Log& log, Transaction& to);
void replay(const Log& log, Database& to);

// Makes the index of a vault again, beside the log in the same database. The log is verified first:
// Error{integrity} if anything in it is wrong, or its root is not that of its head.
void rebuild_index(const Log& log, const VaultId& id, Transaction& transaction);

// What differs between two indexes, in plain words, at most one finding a table. The full-text
// index is compared by its words and places.
[[nodiscard]] std::vector<std::string> compare_indexes(Database& left, Database& right);

}  // namespace custos::vault
