// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text and back. Decoders are strict: one text for one value, anything else is nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::crypto {

// Lower-case hexadecimal. The decoder takes lower case only.
[[nodiscard]] std::string hex(ByteView bytes);
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4 (standard alphabet) and 5 (URL alphabet). The decoders take exactly what the
// encoders write: no white space, canonical trailing bits, padding where the name says so.
enum class Padding { yes, no };
[[nodiscard]] std::string base64(ByteView bytes, Padding padding = Padding::yes);
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text,
                                               Padding padding = Padding::yes);
[[nodiscard]] std::string base64url(ByteView bytes);  // no padding
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

// Crockford's base 32 (0-9 and A-Z without I, L, O, U), most significant bit first, the last digit
// padded with zero bits: 16 bytes are 26 digits. canonical_crockford() turns what a person types
// (lower case, O for 0, I and L for 1) into the written form, or gives nothing if a character is no
// digit at all.
[[nodiscard]] std::string crockford(ByteView bytes);
[[nodiscard]] std::optional<std::string> canonical_crockford(std::string_view text);

// A number as std::to_string() writes it: decimal digits, no sign, no leading zeros, below 2^64.
[[nodiscard]] std::optional<std::uint64_t> from_decimal(std::string_view text);

}  // namespace custos::crypto
