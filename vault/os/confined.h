// SPDX-License-Identifier: GPL-3.0-or-later
// A program of somebody else's on our terminal, that may write to one directory only.
#pragma once

#include <string>
#include <vector>

#include "vault/os/file.h"

namespace custos::vault {

struct ConfinedProgram {
    Path program;                          // absolute
    std::vector<std::string> arguments;    // without the program's name
    std::vector<std::string> environment;  // all of it, NAME=VALUE
    Path directory;                        // its working directory
};

// Runs it and waits. Where the kernel has Landlock (5.13 and later) it can make, change and remove
// files below `directory` alone, and write to terminals and /dev/null; elsewhere that is up to
// the program. Returns its exit status, 128 + n when signal n ended it. Error{failed} when it
// cannot be started.
int run_confined(const ConfinedProgram& program);

// Whether this kernel can confine programs.
[[nodiscard]] bool can_confine() noexcept;

}  // namespace custos::vault
