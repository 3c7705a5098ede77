// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 signatures (RFC 8032), by libsodium: strict, small-order and non-canonical points
// refused.
#pragma once

#include <array>
#include <compare>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos::crypto {

// 32 random bytes from which a key pair follows. Held by vault/keys and crypto/minisign.
using SigningSeed = Secret<struct SigningSeedKind, 32>;

struct VerifyKey {
    std::array<std::uint8_t, 32> bytes{};
    auto operator<=>(const VerifyKey&) const = default;
};

using Signature = std::array<std::uint8_t, 64>;

[[nodiscard]] VerifyKey verify_key_of(const SigningSeed& seed);
[[nodiscard]] Signature sign(const SigningSeed& seed, ByteView message);
[[nodiscard]] bool verify(const VerifyKey& key, ByteView message, ByteView signature64);

}  // namespace custos::crypto
