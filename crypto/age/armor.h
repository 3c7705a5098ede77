// SPDX-License-Identifier: GPL-3.0-or-later
// ASCII armor: an age file as text, for e-mail and paper. RFC 7468, strict: 64 columns, padded
// base64, one label. Whole files in memory: armor is for short ones.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::crypto::age {

// Lines end in LF.
[[nodiscard]] std::string armor(ByteView file);

// Whether the file starts like armor, after white space. The white space looked at is limited.
inline constexpr std::size_t kArmorMarginMax = 1024;
[[nodiscard]] bool looks_armored(ByteView file) noexcept;

// The file inside. Nothing, unless `text` is what armor() writes, give or take: lines that all end
// in CR LF, a last line without an end, and up to kArmorMarginMax bytes of white space around it.
[[nodiscard]] std::optional<Bytes> dearmor(std::string_view text);

}  // namespace custos::crypto::age
