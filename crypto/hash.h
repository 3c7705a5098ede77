// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes. SHA-256 (FIPS 180-4) comes from OpenSSL, which uses the CPU's SHA instructions; BLAKE2b
// (RFC 7693) and HMAC-SHA256 (RFC 2104) from libsodium.
#pragma once

#include <array>
#include <compare>
#include <memory>

#include "crypto/bytes.h"

namespace custos::crypto {

// A SHA-256 value. Public.
struct Digest {
    static constexpr std::size_t kSize = 32;
    std::array<std::uint8_t, kSize> bytes{};

    auto operator<=>(const Digest&) const = default;
    ByteView view() const noexcept { return bytes; }
    // Exactly 32 bytes; throws std::length_error otherwise.
    static Digest from(ByteView view);
};

// SHA-256 over pieces. Can be moved, not copied. finish() may be called once.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    Sha256& update(ByteView piece);
    [[nodiscard]] Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] Digest sha256(ByteView bytes);

// BLAKE2b without a key, 64 bytes, over pieces: what minisign signs.
class Blake2b512 {
public:
    Blake2b512();
    Blake2b512(Blake2b512&&) noexcept;
    Blake2b512& operator=(Blake2b512&&) noexcept;
    ~Blake2b512();

    Blake2b512& update(ByteView piece);
    [[nodiscard]] std::array<std::uint8_t, 64> finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] std::array<std::uint8_t, 32> blake2b_256(ByteView bytes);

// HMAC-SHA256 with a key of any length.
[[nodiscard]] Digest hmac_sha256(ByteView key, ByteView message);

}  // namespace custos::crypto
