// SPDX-License-Identifier: GPL-3.0-or-later
// A second person stands for a publication: its final bytes, what the leak check passed over, and
// the rules that it went by. Any byte changed voids it.
#pragma once

#include <string_view>
#include <vector>

#include "vault/publish/approval.h"
#include "vault/publish/statements.h"

namespace custos::vault::publish {

// The word of the person who unlocked the vault for these very bytes, logged. Error{refused} if
// there are findings, or if that person wrote some of the statement.
Approval approve_statement(Vault& vault, const RecordId& id,
                           const std::vector<Acceptance>& accepted, std::string_view reason,
                           WithPdf with_pdf = WithPdf::if_possible);

// Looks for an approval of exactly this and puts it into `check.parts`; says whether there is one.
// Where one was given of something else, `check.approval_void` says what differs.
bool add_approval(const Vault& vault, const RecordId& id, Check& check);

// Error{refused} unless there is no finding; Error{usage} where a finding is accepted without a
// reason. For approving and publishing alike.
void require_clean(const Vault& vault, const RecordId& id, const Check& check,
                   std::string_view reason, std::string_view verb);

}  // namespace custos::vault::publish
