// SPDX-License-Identifier: GPL-3.0-or-later
// Entering records on a terminal, from the command to the record: form, draft and vault together.
//
// While a person types, the vault is closed: nothing is locked, and the draft is on the disk after
// every answer. The draft already has the id of the record that it will be, so that one which was
// saved, but whose file was left behind by a crash, is never saved twice.
#pragma once

#include <string>

#include "cli/context.h"
#include "vault/records/id.h"

namespace custos::cli {

// stdin and stderr are terminals, and asking is not off.
[[nodiscard]] bool can_ask(const Context& context);

// Each returns the exit status: 0 saved, 3 kept as a draft, 1 thrown away. Error{interrupted} names
// the draft in its hint. `editor` is what --editor said, or empty.
int enter_new_record(Context& context, vault::Kind kind, const std::string& editor);
int enter_changes(Context& context, const std::string& record, const std::string& editor);
// `draft` as Drafts::find() takes it.
int enter_draft(Context& context, const std::string& draft, const std::string& editor);

}  // namespace custos::cli
