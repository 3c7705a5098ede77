// SPDX-License-Identifier: GPL-3.0-or-later
// Every invariant of a vault, looked at one after the other; never stops at the first that is
// broken.
//
// What is signed is believed, and nothing else: the log's entries against its checkpoints, bodies
// against entries, tables and full-text index against the log, sealed objects against the bodies.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/vault.h"

namespace custos::vault {

enum class Severity {
    note,     // worth knowing
    warning,  // to be put right; nothing is lost or wrong yet
    error,    // something is lost, or not what was stored
};
[[nodiscard]] std::string_view name_of(Severity severity);

struct Finding {
    Severity severity = Severity::error;
    std::string what;   // "log entry 7 was changed"
    std::string where;  // "log", "vault.db", "objects/ab/…"
    std::string next;   // what to do
};

[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

struct CheckOptions {
    // Reads every byte of every sealed object; without it, only their sizes.
    bool read_objects = true;
};

// Told when a part begins ("objects") with the bytes or entries to come (0: not known), and how far
// it is. May throw, to stop. Called from several threads at once while objects are read.
struct CheckProgress {
    std::function<void(const std::string& part, std::uint64_t total)> begin = [](auto&&, auto) {};
    std::function<void(std::uint64_t more)> done = [](auto) {};
};

[[nodiscard]] std::vector<Finding> check_vault(Vault& vault, const CheckOptions& options,
                                               const CheckProgress& progress);

}  // namespace custos::vault
