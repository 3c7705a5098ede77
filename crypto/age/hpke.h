// SPDX-License-Identifier: GPL-3.0-or-later
// Hybrid public-key encryption (RFC 9180), base mode, in the one suite that age uses:
// MLKEM768-X25519 (X-Wing, 0x647a), HKDF-SHA256, ChaCha20-Poly1305. A key pair seals one message.
//
// X-Wing is secure while either ML-KEM-768 or X25519 is; the KEM is libsodium's.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "crypto/brief_secret.h"
#include "crypto/bytes.h"

namespace custos::crypto::age {

inline constexpr std::size_t kHpkeSeedSize = 32;
inline constexpr std::size_t kHpkePublicKeySize = 1216;
inline constexpr std::size_t kHpkeEncapsulationSize = 1120;
inline constexpr std::size_t kHpkeTagSize = 16;

using HpkeSeedView = std::span<const std::uint8_t, kHpkeSeedSize>;
using HpkePublicKey = std::array<std::uint8_t, kHpkePublicKeySize>;

// What follows from the shared secret, and seals message number 0.
struct HpkeContext {
    BriefSecret<struct HpkeKeyKind, 32> key;
    std::array<std::uint8_t, 12> base_nonce{};
};
[[nodiscard]] HpkeContext hpke_context(std::span<const std::uint8_t, 32> shared_secret,
                                       ByteView info);

[[nodiscard]] HpkePublicKey hpke_public_key(HpkeSeedView seed);

struct HpkeSealed {
    Bytes encapsulation;  // kHpkeEncapsulationSize
    Bytes ciphertext;     // as long as the plaintext, plus kHpkeTagSize
};

// Seals `plain` for the holder of the seed of `key`. Throws Error{usage} for a key that is no valid
// encoding: a sender must notice.
[[nodiscard]] HpkeSealed hpke_seal(const HpkePublicKey& key, ByteView info, ByteView plain);

enum class HpkeOpening {
    opened,
    not_ours,   // sealed for another key, or changed: these are not told apart
    malformed,  // wrong sizes, or an encapsulation that no sender makes
};

// Opens what hpke_seal() made. `out` must be kHpkeTagSize shorter than `ciphertext`, else
// malformed; it holds nothing of use unless opened.
[[nodiscard]] HpkeOpening hpke_open(HpkeSeedView seed, ByteView info, ByteView encapsulation,
                                    ByteView ciphertext, MutableByteView out);

}  // namespace custos::crypto::age
