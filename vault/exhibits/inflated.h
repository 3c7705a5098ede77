// SPDX-License-Identifier: GPL-3.0-or-later
// One compressed part of a file whose beginning and end are known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "crypto/bytes.h"

namespace custos::vault::exhibits {

// Deflated bytes with zlib's header (RFC 1950) as text; nothing if they are damaged or would become
// longer than `limit`.
[[nodiscard]] std::optional<std::string> inflated(ByteView packed, std::size_t limit);

}  // namespace custos::vault::exhibits
