// SPDX-License-Identifier: GPL-3.0-or-later
// What computers leave behind of people: addresses of devices, and links that say who followed or
// shared them. Plain ASCII text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "vault/publish/utf8.h"

namespace custos::vault::publish {

// Each returns the place behind what begins at `at`, or 0.

// 203.0.113.7: four numbers, two of them of two digits, which sections and versions seldom are.
[[nodiscard]] std::size_t ipv4_end(std::string_view text, std::size_t at);
// utm_source=, fbclid=: what begins behind the `?` or `&` at `at`.
[[nodiscard]] std::size_t tracking_parameter_end(std::string_view text, std::size_t at);

// 2001:db8::7 around the colon at `at`.
[[nodiscard]] std::optional<Range> ipv6_around(std::string_view text, std::size_t at);
// 00:1A:2B:3C:4D:5E or with hyphens, around the first of them, which stands at `at`.
[[nodiscard]] std::optional<Range> mac_around(std::string_view text, std::size_t at);
// bit.ly/x around the slash at `at`: a link whose maker sees who follows it.
[[nodiscard]] std::optional<Range> short_link_around(std::string_view text, std::size_t at);

}  // namespace custos::vault::publish
