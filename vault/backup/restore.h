// SPDX-License-Identifier: GPL-3.0-or-later
// A vault from a target. Everything is verified before the new directory gets its name, so that a
// restore gives the vault whose head was signed, or nothing.
//
// What restores what: a header of the target and its passphrase bring back everything, the persons'
// signing keys included, and the log is the same to its last entry. The recovery identity alone
// brings back records, objects, log and the organisation's key; the vault gets a new master key, a
// new passphrase and a new author, and its log one more entry, the succession.
#pragma once

#include <string>
#include <vector>

#include "vault/backup/chain.h"
#include "vault/backup/create.h"

namespace custos::vault {

struct RestoreOptions {
    // This device has seen a state of the vault that the backup's history does not lead through:
    // one of the two was forged, or the vault went two ways. Without this, that is Error{refused}.
    bool accept_other_history = false;
    // Attachments that the target has lost are left out instead of failing: Restored::lost.
    bool without_lost_objects = false;
};

struct Restored {
    Head backed_up;  // head of the log in the target
    Head head;       // of the new vault: another one after a succession
    std::uint64_t segments = 0;
    std::uint64_t objects = 0;
    std::vector<std::string> lost;   // names of objects that are not there
    std::vector<std::string> notes;  // what a person should know
};

// The keys that a passphrase gets out of one of the target's headers, the newest that it opens.
// Error{wrong_passphrase} if it opens none.
struct UnlockedTarget {
    Header header;
    Unlocked keys;
    bool is_newest = true;
};
[[nodiscard]] UnlockedTarget unlock_target(const Target& target, const SecretBytes& passphrase,
                                           const crypto::Argon2Policy& policy);

// `directory` must not exist: Error{conflict}. Other errors: integrity (nothing is left then),
// no_space.
Restored restore_by_passphrase(const Target& target, const UnlockedTarget& unlocked,
                               const Path& directory, const Surroundings& surroundings,
                               const RestoreOptions& options, const BackupProgress& progress);

// `author` is the name of whoever restores.
Restored restore_by_identity(const Target& target, Identities identities, const Path& directory,
                             const SecretBytes& new_passphrase, const std::string& author,
                             const Surroundings& surroundings, const RestoreOptions& options,
                             const BackupProgress& progress);

}  // namespace custos::vault
