// SPDX-License-Identifier: GPL-3.0-or-later
// One backup run: what a target lacks of a vault is put there. Its cost follows what changed.
//
// The segment is written last and appears whole: a run that was interrupted has changed nothing
// that anyone reads, and the next one goes on with the objects that are there.
#pragma once

#include <functional>
#include <string>

#include "vault/vault.h"

namespace custos::vault {

// Told when a part begins with the bytes or entries to come, and how far it is. May throw, to stop.
struct BackupProgress {
    std::function<void(const std::string& part, std::uint64_t total)> begin = [](auto&&, auto) {};
    std::function<void(std::uint64_t more)> done = [](auto) {};
};

struct BackupResult {
    std::string segment;      // name; empty if there was nothing new to put into one
    std::uint64_t first = 0;  // entries in it
    std::uint64_t end = 0;
    std::uint64_t segments = 0;  // that the target has now
    std::uint64_t objects = 0;   // copied
    std::uint64_t bytes = 0;     // written in all
    Head head;                   // of the log that the target holds now
};

// `target` is made if it is missing. A run that puts a segment there is noted in the log first, so
// that what is restored is the log to its last entry. Error: no_space before anything is written if
// the objects cannot fit.
BackupResult create_backup(Vault& vault, const Path& target, const BackupProgress& progress);

}  // namespace custos::vault
