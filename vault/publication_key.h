// SPDX-License-Identifier: GPL-3.0-or-later
// The organisation's key, which signs publications. Its seed lies in the log, so that backups bring
// it back; everything that minisign needs follows from the seed.
#pragma once

#include "crypto/minisign.h"
#include "vault/vault.h"

namespace custos::vault {

// Error{not_found} in a vault without one, Error{integrity} if what is there is damaged.
[[nodiscard]] crypto::minisign::SecretKey publication_secret_key(const Vault& vault);
[[nodiscard]] crypto::minisign::PublicKey publication_key(const Vault& vault);

}  // namespace custos::vault
