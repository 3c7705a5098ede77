// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/seal.h"

#include <algorithm>

#include <sodium.h>

#include "crypto/kdf.h"

namespace custos::crypto {
namespace {

static_assert(SealingKey::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealTagSize == crypto_aead_xchacha20poly1305_ietf_ABYTES);

// Zero: a key seals one value, because every value has a salt of its own.
constexpr std::array<std::uint8_t, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> kNonce{};

}  // namespace

SealingKeys derive_sealing_keys(ByteView input_key,
                                std::span<const std::uint8_t, kSealSaltSize> salt, ByteView info) {
    Secret<struct SealingOutputKind, SealingKey::kSize + kCommitmentSize> output;
    hkdf_sha256(input_key, salt, info, output.reveal());

    const ByteView bytes = output.reveal();
    SealingKeys keys{SealingKey(bytes.first(SealingKey::kSize)), {}};
    std::ranges::copy(bytes.last(kCommitmentSize), keys.commitment.begin());
    return keys;
}

Bytes seal(const SealingKeys& keys, ByteView plain, ByteView context) {
    Bytes sealed(plain.size() + kSealOverhead);
    std::ranges::copy(keys.commitment, sealed.begin());
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.data() + kCommitmentSize, nullptr, plain.data(), plain.size(), context.data(),
        context.size(), nullptr, kNonce.data(), keys.key.reveal().data());
    return sealed;
}

bool is_sealed_with(const SealingKeys& keys, ByteView sealed) noexcept {
    if (sealed.size() < kSealOverhead) return false;
    return equal_secrets(sealed.first(kCommitmentSize), keys.commitment);
}

std::optional<SecretBytes> open(const SealingKeys& keys, ByteView sealed, ByteView context) {
    if (!is_sealed_with(keys, sealed)) return std::nullopt;

    const ByteView encrypted = sealed.subspan(kCommitmentSize);
    SecretBytes plain(encrypted.size() - kSealTagSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain.reveal().data(), nullptr, nullptr, encrypted.data(), encrypted.size(),
            context.data(), context.size(), kNonce.data(), keys.key.reveal().data()) != 0) {
        return std::nullopt;
    }
    return plain;
}

}  // namespace custos::crypto
