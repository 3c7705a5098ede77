// SPDX-License-Identifier: GPL-3.0-or-later
// The register as the vault's log has it: one entry about the vault for each act, each naming the
// one before it, so that purging a statement takes nothing out of it.
#pragma once

#include <string>
#include <vector>

#include "vault/os/file.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/register.h"
#include "vault/publish/statement.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// In order.
[[nodiscard]] std::vector<RegisterLine> register_lines(const Vault& vault);
// Numbers the line and appends its entry.
Entry append_register_line(Change& change, RegisterLine& line);

// The index that a publication of this statement under `index` replaces; empty if none.
[[nodiscard]] std::string replaced_index(const Vault& vault, const Statement& statement,
                                         const std::string& index);

// Withdraws the publication of this statement with this index (empty: the newest that is not
// withdrawn). Error: not_found, usage (no reason), refused (the reason names a protected person).
RegisterLine retract_statement(Vault& vault, const RecordId& id, const std::string& index,
                               const std::string& reason);

// register.json, index.html and the key, signed. Error{refused} if a protected person is in them.
[[nodiscard]] Files make_register(const Vault& vault);
// Writes them to a directory that does not exist yet, or holds an older register, and logs it.
void write_register_to(Vault& vault, const Path& directory);

}  // namespace custos::vault::publish
