// SPDX-License-Identifier: GPL-3.0-or-later
// A QR code, for paper and for pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace custos::vault::publish {

inline constexpr std::size_t kQrTextMax = 1024;

// A square of modules, row by row; true is dark. Level M. The same text gives the same code.
struct QrCode {
    std::size_t size = 0;
    std::vector<bool> dark;
};

// Error{refused} for text that is empty or longer than kQrTextMax.
[[nodiscard]] QrCode make_qr(std::string_view text);

// As an SVG element to stand in a page, with its quiet zone, dark on white. `label` says what it
// holds to whoever cannot see it.
[[nodiscard]] std::string qr_svg(const QrCode& code, std::string_view label);

}  // namespace custos::vault::publish
