// SPDX-License-Identifier: GPL-3.0-or-later
// A peer for imports: the same SQLCipher library without a key and with its default settings, the
// vault's own tables, and the rows that the vault has after the import, in the order in which it
// wrote them. The words for FTS5 come cut. So it does nothing but store: it neither reads JSON nor
// checks, cuts words, hashes, signs or encrypts.
#pragma once

#include <string>

#include "vault/vault.h"

namespace custos::vault {

struct StoringTime {
    double wall_ms = 0;
    double cpu_ms = 0;
};

// Stores every row of the vault in a new database and says how long storing took; getting the rows
// out of the vault, a thousand records at a time, is not counted.
[[nodiscard]] StoringTime store_same_rows(const Vault& vault, const std::string& file);

}  // namespace custos::vault
