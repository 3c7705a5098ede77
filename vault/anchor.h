// SPDX-License-Identifier: GPL-3.0-or-later
// What this device remembers of a vault: the newest head that it has seen, outside of the vault.
//
// SQLCipher cannot tell an old page, file or journal from a new one. The anchor can: a vault that
// is older than it, or that took another way, is noticed at the next open. One small file per vault
// in the state directory, named by the vault id; it holds a signed checkpoint and the header
// generation, both of which the vault's thief has anyway. Where there is no state directory nothing
// is promised.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vault/keys/header.h"
#include "vault/os/file.h"

namespace custos::vault {

struct Anchor {
    std::uint64_t generation = 0;  // of vault.hdr
    std::string checkpoint;        // signed note
    bool operator==(const Anchor&) const = default;
};

// Nothing if there is none, or no state directory. Error{integrity} if it is there and malformed.
[[nodiscard]] std::optional<Anchor> read_anchor(const Path& state_directory, const VaultId& id);

// Replaces it atomically. Does nothing without a state directory.
void write_anchor(const Path& state_directory, const VaultId& id, const Anchor& anchor);

}  // namespace custos::vault
