// SPDX-License-Identifier: GPL-3.0-or-later
// Coordinates as people write them, as decimal degrees:
//
//   13.75          13,75 is neither one number nor two: it could be either
//   13°45'N        13° 45' 30.5" N      N13 45 30      13.75 N
//   13.75, 100.5   13°45'N 100°30'E     both in one text
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace custos::vault {

inline constexpr std::size_t kCoordinatesSizeMax = 100;

enum class Axis { latitude, longitude };

// Decimal degrees as text; a decimal number comes back as it is written. Nothing for a text that is
// none of the forms, or names the other axis. Whether it is on the globe is not looked at.
[[nodiscard]] std::optional<std::string> decimal_degrees(std::string_view text, Axis axis);

struct Coordinates {
    std::string lat;
    std::string lon;

    bool operator==(const Coordinates&) const = default;
};
// Both in one text, latitude first unless the letters say otherwise.
[[nodiscard]] std::optional<Coordinates> parse_coordinates(std::string_view text);

}  // namespace custos::vault
