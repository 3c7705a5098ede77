// SPDX-License-Identifier: GPL-3.0-or-later
// To whom backups are sealed, and what opens them. docs/decisions/0003-recovery-identity.md.
//
// Two recipients: the vault itself, by a key that follows from its master key, so that header and
// passphrase are enough; and the recovery recipient, if there is one. Both are post-quantum, or
// both classic: age never mixes them in a file, because it would be as weak as the weaker.
#pragma once

#include <vector>

#include "crypto/age/keys.h"
#include "crypto/kdf.h"
#include "vault/vault.h"

namespace custos::vault {

// The vault's own: one of either kind, since the kind of the recovery recipient may have changed
// between two backups.
[[nodiscard]] std::vector<crypto::age::Identity> backup_identities(const crypto::MasterKey& master,
                                                                   const VaultId& vault);

// Error{integrity} if the log's recovery recipient is none.
[[nodiscard]] std::vector<crypto::age::Recipient> backup_recipients(const Vault& vault);

}  // namespace custos::vault
