// SPDX-License-Identifier: GPL-3.0-or-later
// Randomness from the operating system, through libsodium. Never fails: it ends the process
// instead.
#pragma once

#include <array>
#include <cstddef>

#include "crypto/bytes.h"

namespace custos::crypto {

void fill_random(MutableByteView bytes) noexcept;

[[nodiscard]] Bytes random_bytes(std::size_t size);

// A number below `bound`, each equally likely. `bound` must not be 0.
[[nodiscard]] std::uint32_t random_below(std::uint32_t bound) noexcept;

template <std::size_t N>
[[nodiscard]] std::array<std::uint8_t, N> random_array() {
    std::array<std::uint8_t, N> fresh{};
    fill_random(fresh);
    return fresh;
}

}  // namespace custos::crypto
