// SPDX-License-Identifier: GPL-3.0-or-later
// How long a sealed object is: so that its size tells little of which file it holds.
//
// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
// PURBs", 2019): sizes are rounded up so that only O(log log size) bits of them remain, at a cost
// of at most 12 %, under 4 % from 4 MiB on. Everything up to kPaddedSizeMin looks the same.
#pragma once

#include <cstdint>

namespace custos::vault {

inline constexpr std::uint64_t kPaddedSizeMin =
    4096;  // what a file system gives out at once anyway
// 64 TiB: larger than any file that can be here, small enough that no sum overflows.
inline constexpr std::uint64_t kObjectSizeMax = std::uint64_t{1} << 46;

// `size` must be at most kObjectSizeMax.
[[nodiscard]] std::uint64_t padded_size(std::uint64_t size) noexcept;

}  // namespace custos::vault
