// SPDX-License-Identifier: GPL-3.0-or-later
// What every command is handed: the global options, where to print, and the world around it.
#pragma once

#include <optional>

#include "cli/globals.h"
#include "cli/printer.h"
#include "cli/talk.h"
#include "crypto/kdf.h"
#include "vault/os/clock.h"
#include "vault/os/file.h"
#include "vault/vault.h"

namespace custos::cli {

// What a main() decides. The program that the tests drive has a cheap policy and nothing else that
// differs; no option or environment variable reaches this.
struct Setup {
    crypto::Argon2Policy argon2 = crypto::kArgon2Policy;
    vault::Clock clock = vault::system_time;
};

struct Context {
    Globals globals;
    Setup setup;
    Printer out;
    Talk talk;
    // Where this device keeps what it last saw of each vault: $XDG_STATE_HOME/custos, or
    // ~/.local/state/custos. Empty if neither variable is set.
    vault::Path state_directory;
    // Whether the terminal, if there is one, understands escape sequences (TERM).
    bool can_draw = false;
    // For a command that runs another one: the vault that it opened, which open_vault() hands on.
    std::optional<vault::Vault> opened = std::nullopt;
};

}  // namespace custos::cli
