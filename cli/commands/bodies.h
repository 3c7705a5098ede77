// SPDX-License-Identifier: GPL-3.0-or-later
// The bodies of all commands, each in a file of this folder.
#pragma once

#include "cli/command.h"

namespace custos::cli {

extern const Body kCompletion;  // completion.cpp
extern const Body kHelp;        // help.cpp
extern const Body kVersion;     // version.cpp

}  // namespace custos::cli
