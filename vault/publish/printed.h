// SPDX-License-Identifier: GPL-3.0-or-later
// What nothing that is printed may hold, wherever in a statement it stands. Its body is looked
// through by markup_problems() as well.
#pragma once

#include <string>
#include <vector>

#include "vault/publish/plan.h"
#include "vault/publish/render.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// Characters that hide text or turn its direction, in all that is printed beside the body; and an
// index or a title that is too long.
[[nodiscard]] std::vector<Problem> printed_problems(const Edition& edition);

// Codes of records: they are the vault's own, and a handle that was mistyped shows one.
[[nodiscard]] std::vector<Problem> code_problems(const Vault& vault, const Edition& edition);

}  // namespace custos::vault::publish
