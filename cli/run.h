// SPDX-License-Identifier: GPL-3.0-or-later
// The whole program but for what a main() decides.
#pragma once

#include "cli/context.h"

namespace custos::cli {

// Hardens the process, understands the command line, runs the command, tells what went wrong, and
// returns the exit status.
[[nodiscard]] int run(int argc, char** argv, const Setup& setup);

}  // namespace custos::cli
