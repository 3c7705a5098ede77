// SPDX-License-Identifier: GPL-3.0-or-later
// The sample statement with a picture: its footnote shows {E-JJJJJ}.
#pragma once

#include <string>
#include <string_view>

#include "vault/publish/statement.h"

namespace custos::test {

[[nodiscard]] Bytes clean_jpeg();
// 1 x 4 pixels, with these bytes as a palette that no rule forbids.
[[nodiscard]] Bytes palette_png(std::string_view palette);
// A clean PNG of about so many bytes.
[[nodiscard]] Bytes noisy_png(std::size_t size);

[[nodiscard]] vault::publish::Material material_with_picture(
    const Bytes& picture, const std::string& media_type = "image/jpeg");

}  // namespace custos::test
