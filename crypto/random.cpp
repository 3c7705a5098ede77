// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/random.h"

#include <sodium.h>

namespace custos::crypto {

void fill_random(MutableByteView bytes) noexcept {
    if (!bytes.empty()) randombytes_buf(bytes.data(), bytes.size());
}

Bytes random_bytes(std::size_t size) {
    Bytes fresh(size);
    fill_random(fresh);
    return fresh;
}

std::uint32_t random_below(std::uint32_t bound) noexcept { return randombytes_uniform(bound); }

}  // namespace custos::crypto
