// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that make what follows look like something else, in files that people open.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace custos::vault {

// Controls but line feed and tab, what turns the direction of writing around, ends a line unseen,
// or is a tag. Joiners and zero-width spaces are letters of their scripts and are none of these.
[[nodiscard]] bool steers(char32_t point);

// JSON on one line, with \u escapes for characters that steer: the same document.
[[nodiscard]] std::string json_line(const nlohmann::json& value);

// For the text and attributes of XML. What XML cannot hold becomes U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

// In quotes, for DOT. Characters that steer, and line ends, become U+FFFD.
[[nodiscard]] std::string dot_text(std::string_view text);

}  // namespace custos::vault
