// SPDX-License-Identifier: GPL-3.0-or-later
// Vocabularies as commands show them: custos schema, custos help vocabulary, custos term.
#pragma once

#include <string>

#include "cli/context.h"
#include "vault/records/schema.h"

namespace custos::cli {

// Error{usage} with the nearest name for one that there is not.
[[nodiscard]] const vault::Vocabulary& require_vocabulary(const vault::Schema& schema,
                                                          const std::string& name);

// Shows the words; with `search`, those that it is part of. Error{not_found} if there are none.
void show_vocabulary(Context& context, const vault::Vocabulary& words, const std::string& search);

// The names of all vocabularies, and what each is about.
void show_vocabularies(Context& context, const vault::Schema& schema);

}  // namespace custos::cli
