// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a target would bring the vault back: every part is looked at, and what is missing,
// damaged, too many or from elsewhere is named. Never stops at the first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vault/backup/chain.h"
#include "vault/backup/create.h"
#include "vault/check.h"

namespace custos::vault {

struct TargetReport {
    std::vector<Finding> findings;
    std::uint64_t segments = 0;  // in the chain
    std::uint64_t objects = 0;   // that the log names
    std::uint64_t bytes = 0;     // of all files
    std::optional<Head> head;    // verified; nothing if the log could not be followed to its end
    std::optional<Milliseconds> time;  // of the newest segment
};

// Decrypts and verifies every segment, follows the log to its head, and reads every object. With a
// vault, also whether that log is a part of the vault's, and how much newer the vault is.
[[nodiscard]] TargetReport verify_target(const Target& target, Identities identities,
                                         const Vault* vault, const BackupProgress& progress);

// What can be seen without any key: that each file has the form of its kind and a possible size,
// and that nothing else is there. Whether a part is missing does not show.
[[nodiscard]] TargetReport look_at_target(const Target& target);

}  // namespace custos::vault
