// SPDX-License-Identifier: GPL-3.0-or-later
// Pages as a PDF, by cairo. The same document and the same fonts give the same bytes.
#pragma once

#include <string>
#include <vector>

#include "cli/pdf/compose.h"

namespace custos::pdf {

[[nodiscard]] std::string draw(const Document& document, const std::vector<Page>& pages);

}  // namespace custos::pdf
