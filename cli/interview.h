// SPDX-License-Identifier: GPL-3.0-or-later
// A record asked for field by field on the terminal, so that no name needs a command line.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cli/context.h"
#include "vault/records/id.h"
#include "vault/records/schema.h"

namespace custos::cli {

// stdin and stderr are terminals, and asking is not off.
[[nodiscard]] bool can_interview(const Context& context);

// Asks for every field of the schema. Enter leaves a field out, "?" explains it, a single dot ends
// the interview, and ends a long text. Each answer is checked at once and asked for again if it is
// wrong; references to records are checked when the record is stored. Error{interrupted} after
// Ctrl-C and Error{usage} at the end of input: nothing is stored then.
[[nodiscard]] nlohmann::json interview(Context& context, const vault::Schema& schema,
                                       vault::Kind kind);

}  // namespace custos::cli
