// SPDX-License-Identifier: GPL-3.0-or-later
// JSON from outside, strictly: RFC 8259 and nothing that two readers could take differently.
// Refused are repeated keys, invalid UTF-8, numbers with a fraction or an exponent or beyond 2^53
// (to be written as text), nesting and sizes beyond the limits, and anything after the value.
#pragma once

#include <cstddef>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace custos::vault {

inline constexpr std::size_t kJsonSizeMax = std::size_t{8} << 20;
inline constexpr std::size_t kJsonDepthMax = 16;      // a record needs 5, an import line 7
inline constexpr std::size_t kJsonItemsMax = 10'000;  // of one array or object

// Error{usage}: "not valid JSON at line 3, column 17: the key is there twice". Nothing of the text
// is in the message but the name of a repeated key. `first_line` is the number of the first line,
// for files with one object a line.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, std::size_t first_line = 1);

}  // namespace custos::vault
