// SPDX-License-Identifier: GPL-3.0-or-later
// From the global options to an open vault.
#pragma once

#include "cli/context.h"
#include "vault/vault.h"

namespace custos::cli {

// --vault or CUSTOS_VAULT, else the working directory if it is a vault. Error{no_vault} otherwise.
[[nodiscard]] vault::Path vault_directory(const Context& context);

// The last part of its path, to speak of it.
[[nodiscard]] std::string name_of_vault(const vault::Path& directory);

[[nodiscard]] vault::Surroundings surroundings(const Context& context);

// On stderr, if the system does not let this process lock memory. Programs find it in `status
// --json`.
void warn_about_memory(Context& context);

// Finds the vault, then asks for its passphrase (cli/passphrase.h), then opens it.
[[nodiscard]] vault::Vault open_vault(Context& context, vault::Access access);

}  // namespace custos::cli
