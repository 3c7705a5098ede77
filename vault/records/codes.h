// SPDX-License-Identifier: GPL-3.0-or-later
// Countries, languages and time zones: registers that others keep, asked through ICU.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace custos::vault {

// ISO 3166-1 alpha-2 in upper case ("th" gives "TH"). Nothing for a code that is not assigned to a
// country today; "XK" (Kosovo, by usage) is taken.
[[nodiscard]] std::optional<std::string> country_code(std::string_view text);
[[nodiscard]] const std::vector<std::string>& country_codes();
[[nodiscard]] std::string country_name(std::string_view code);
// Codes a person may have meant: by name ("Thailand"), by alpha-3 ("THA"), by likeness.
[[nodiscard]] std::vector<std::string> nearest_countries(std::string_view text);

// A well-formed BCP 47 tag in canonical case whose language is registered ("KM-khmr" gives
// "km-Khmr"). Local-use languages qaa to qtz are taken, and "und", "mul", "zxx".
[[nodiscard]] std::optional<std::string> language_tag(std::string_view text);
[[nodiscard]] std::string language_name(std::string_view tag);
[[nodiscard]] std::vector<std::string> nearest_languages(std::string_view text);

// An IANA zone name with its canonical spelling ("asia/bangkok" gives "Asia/Bangkok"), or "UTC".
[[nodiscard]] std::optional<std::string> timezone_name(std::string_view text);
[[nodiscard]] std::vector<std::string> nearest_timezones(std::string_view text);

}  // namespace custos::vault
