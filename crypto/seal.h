// SPDX-License-Identifier: GPL-3.0-or-later
// Sealing of short values (a key in a keyslot): XChaCha20-Poly1305 with key commitment.
//
// XChaCha20-Poly1305 alone does not bind a ciphertext to one key: one text can be made that opens
// under two. So 64 bytes are derived from the input key: 32 to seal with, and 32 that are stored in
// front and compared, in constant time, before anything is opened (docs/formats/keyslots.md).
#pragma once

#include <array>
#include <optional>
#include <span>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos::crypto {

inline constexpr std::size_t kSealSaltSize = 32;
inline constexpr std::size_t kCommitmentSize = 32;
inline constexpr std::size_t kSealTagSize = 16;
// What seal() adds: commitment || ciphertext || tag.
inline constexpr std::size_t kSealOverhead = kCommitmentSize + kSealTagSize;

using SealingKey = Secret<struct SealingKeyKind, 32>;

// The commitment is public: it says which key, and nothing about it.
struct SealingKeys {
    SealingKey key;
    std::array<std::uint8_t, kCommitmentSize> commitment{};
};

// HKDF-SHA256 of `input_key`. The nonce of seal() is zero, so these keys may seal ONE value: draw
// `salt` (32 bytes) afresh for every value and every change of one. `info` names the purpose.
[[nodiscard]] SealingKeys derive_sealing_keys(ByteView input_key,
                                              std::span<const std::uint8_t, kSealSaltSize> salt,
                                              ByteView info);

// Encrypts `plain` and binds it to `context`, which is not stored and must be given again to open.
[[nodiscard]] Bytes seal(const SealingKeys& keys, ByteView plain, ByteView context);

// The plaintext, or nothing if the key, the context or any bit of `sealed` is not what seal() was
// given. These are not told apart.
[[nodiscard]] std::optional<SecretBytes> open(const SealingKeys& keys, ByteView sealed,
                                              ByteView context);

// Whether `sealed` was made with these keys, by its commitment alone. Opens nothing.
[[nodiscard]] bool is_sealed_with(const SealingKeys& keys, ByteView sealed) noexcept;

}  // namespace custos::crypto
