// SPDX-License-Identifier: GPL-3.0-or-later
// What decides the bytes of a package on a command line, for check, approve and publish alike: an
// approval is of the bytes that the same options give.
#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/context.h"
#include "vault/publish/statements.h"

namespace custos::cli {

inline constexpr Option kAcceptOption{"accept", '\0', Takes::values, "RULE:RECORD",
                                      "pass over fuzzy findings that were looked at"};
inline constexpr Option kReasonOption{"reason", '\0', Takes::value, "TEXT",
                                      "why they were accepted, for the log"};
inline constexpr Option kPdfOption{"pdf", '\0', Takes::nothing, "",
                                   "refuse to go without statement.pdf, where none can be drawn"};
inline constexpr Option kNoPdfOption{"no-pdf", '\0', Takes::nothing, "", "leave statement.pdf out"};

[[nodiscard]] std::vector<vault::publish::Acceptance> acceptances(const Arguments& arguments);
// Error{usage} for both --pdf and --no-pdf.
[[nodiscard]] vault::publish::WithPdf with_pdf(const Arguments& arguments);
void warn_of_missing_pdf(Context& context, const std::string& why);

}  // namespace custos::cli
