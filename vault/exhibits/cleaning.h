// SPDX-License-Identifier: GPL-3.0-or-later
// What the two formats share in cleaning.
#pragma once

#include <array>

#include "vault/exhibits/clean.h"

namespace custos::vault::exhibits {

[[nodiscard]] Cleaned clean_jpeg(ByteView file);
[[nodiscard]] Cleaned clean_png(ByteView file);

// A TIFF that says how the picture is to be turned, 2 to 8, and nothing else.
[[nodiscard]] std::array<std::uint8_t, 26> orientation_alone(unsigned orientation);
// What the EXIF in `tiff` says of that; 1 if nothing.
[[nodiscard]] unsigned orientation_in(ByteView tiff);

}  // namespace custos::vault::exhibits
