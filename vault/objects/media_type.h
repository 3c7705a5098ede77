// SPDX-License-Identifier: GPL-3.0-or-later
// What a file seems to be, by its first bytes. Nothing is parsed: that is for programs without
// keys.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::vault {

// As many of a file's first bytes as media_type_of() looks at.
inline constexpr std::size_t kSignatureSizeMax = 512;

// "image/jpeg"; "text/plain" for UTF-8 without control characters; "application/octet-stream" for
// what is in no table.
[[nodiscard]] std::string_view media_type_of(ByteView beginning) noexcept;

}  // namespace custos::vault
