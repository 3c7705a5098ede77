// SPDX-License-Identifier: GPL-3.0-or-later
// A new publication key, and the old one's word for it or against itself.
#pragma once

#include <string>

#include "crypto/minisign.h"
#include "vault/publish/key_history.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// What the vault's publication keys said of each other, oldest first.
[[nodiscard]] KeyHistory key_history(const Vault& vault);

// A new key, which the old one vouches for. Durable and logged when it returns.
crypto::minisign::PublicKey rotate_publication_key(Vault& vault);

// A new key, for which nobody vouches, and the old one's word that it is not to be believed any
// more: it may have come into other hands. Publications that it signed verify as revoked for those
// who have heard of it.
crypto::minisign::PublicKey revoke_publication_key(Vault& vault, const std::string& reason);

}  // namespace custos::vault::publish
