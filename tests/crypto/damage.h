// SPDX-License-Identifier: GPL-3.0-or-later
// Ways to damage bytes.
#pragma once

#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::test {

inline Bytes flipped(ByteView bytes, std::size_t bit) {
    Bytes copy = to_bytes(bytes);
    copy[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    return copy;
}

inline std::string flipped(std::string_view text, std::size_t bit) {
    return to_string(flipped(bytes_of(text), bit));
}

}  // namespace custos::test
