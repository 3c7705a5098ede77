// SPDX-License-Identifier: GPL-3.0-or-later
// A picture without anything but its pixels: docs/formats/pictures.md says what stays and why. The
// coded pixels are copied bit for bit, nothing is decoded and compressed again. The same file gives
// the same bytes under the same rules, on every machine.
#pragma once

#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::vault::exhibits {

// Name of the rules. To change when what they leave changes.
inline constexpr std::string_view kCleanRules = "custos.clean/1";

// Pixels that are looked through before a picture counts as one, unpacked.
inline constexpr std::uint64_t kPixelBytesMax = std::uint64_t{2} << 30U;

struct Cleaned {
    Bytes bytes;
    std::string refused;  // why there are none: "it is cut off"
};

// JPEG and PNG. What comes out was read again, and nothing is left in it.
[[nodiscard]] Cleaned clean_picture(ByteView file);

// Whether clean_picture() would leave it as it is, byte by byte.
[[nodiscard]] bool is_clean_picture(ByteView file);

}  // namespace custos::vault::exhibits
