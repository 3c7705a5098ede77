// SPDX-License-Identifier: GPL-3.0-or-later
// Time as the machine claims it. Passed in as a function, so that tests can fix it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace custos::vault {

// Milliseconds since 1970-01-01T00:00:00Z.
using Milliseconds = std::int64_t;
using Clock = std::function<Milliseconds()>;

[[nodiscard]] Milliseconds system_time();

// "2026-11-23T20:15:00.123Z", for years 0000 to 9999 (others are clamped).
[[nodiscard]] std::string utc_text(Milliseconds time);
// The reverse, of exactly that form.
[[nodiscard]] std::optional<Milliseconds> from_utc_text(std::string_view text);

}  // namespace custos::vault
