// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/padding.h"

#include <bit>

namespace custos::vault {

std::uint64_t padded_size(std::uint64_t size) noexcept {
    if (size <= kPaddedSizeMin) return kPaddedSizeMin;
    const unsigned exponent = 63U - static_cast<unsigned>(std::countl_zero(size));
    const unsigned kept_bits = 32U - static_cast<unsigned>(std::countl_zero(exponent));
    const std::uint64_t mask = (std::uint64_t{1} << (exponent - kept_bits)) - 1;
    return (size + mask) & ~mask;
}

}  // namespace custos::vault
