// SPDX-License-Identifier: GPL-3.0-or-later
// Reads out of an open vault what the pure parts of publication are fed.
#pragma once

#include "vault/publish/guarded.h"
#include "vault/publish/statement.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// Everything that the statement and its check need. Error{usage} if `id` is no statement,
// Error{refused} if it is in the trash.
[[nodiscard]] Material gather(const Vault& vault, const RecordId& id);

// What records of every kind but persons say in guarded fields.
[[nodiscard]] Guarded gather_guarded(const Vault& vault);

}  // namespace custos::vault::publish
