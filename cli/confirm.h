// SPDX-License-Identifier: GPL-3.0-or-later
// A last look before what cannot be undone.
#pragma once

#include <string>

#include "cli/context.h"

namespace custos::cli {

// On a terminal says `what` and waits until `word` is typed; anything else is Error{refused}. Where
// nobody is there to ask (no terminal, --no-input) it returns at once: the command was the
// decision.
void confirm_by_typing(Context& context, const std::string& what, const std::string& word);

}  // namespace custos::cli
