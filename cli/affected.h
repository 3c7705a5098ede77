// SPDX-License-Identifier: GPL-3.0-or-later
// What is said when a consent is taken back: which publications are out already.
#pragma once

#include "cli/context.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::cli {

// A note on stderr for each publication that mentions the person, if the record is a consent that
// takes something back; nothing for any other record.
void note_affected(Context& context, const vault::Vault& vault, const vault::RecordId& id);

}  // namespace custos::cli
