// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/hpke.h"

#include <algorithm>
#include <string_view>

#include <sodium.h>

#include "crypto/error.h"

namespace custos::crypto::age {
namespace {

using SharedSecret = BriefSecret<struct HpkeSharedSecretKind, 32>;
static_assert(kHpkeSeedSize == crypto_kem_xwing_SECRETKEYBYTES);
static_assert(kHpkePublicKeySize == crypto_kem_xwing_PUBLICKEYBYTES);
static_assert(kHpkeEncapsulationSize == crypto_kem_xwing_CIPHERTEXTBYTES);
static_assert(SharedSecret::kSize == crypto_kem_xwing_SHAREDSECRETBYTES);
static_assert(kHpkeTagSize == crypto_aead_chacha20poly1305_ietf_ABYTES);

constexpr std::size_t kHashSize = crypto_auth_hmacsha256_BYTES;

// "HPKE" and the ids of the KEM, the KDF and the AEAD.
constexpr std::string_view kSuite{"HPKE\x64\x7a\x00\x01\x00\x03", 10};
constexpr std::string_view kVersion = "HPKE-v1";

// HMAC-SHA256 over pieces: both labelled functions of RFC 9180 section 4 are one such call here,
// because no output is longer than a hash.
class Hmac {
public:
    explicit Hmac(ByteView key) { crypto_auth_hmacsha256_init(&state_, key.data(), key.size()); }
    ~Hmac() { sodium_memzero(&state_, sizeof state_); }
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;

    Hmac& add(ByteView piece) {
        crypto_auth_hmacsha256_update(&state_, piece.data(), piece.size());
        return *this;
    }
    Hmac& add(std::string_view piece) { return add(bytes_of(piece)); }
    Hmac& add(std::uint8_t byte) { return add(ByteView(&byte, 1)); }
    void finish(std::span<std::uint8_t, kHashSize> out) {
        crypto_auth_hmacsha256_final(&state_, out.data());
    }

private:
    crypto_auth_hmacsha256_state state_{};
};

void labeled_extract(ByteView salt, std::string_view label, ByteView input,
                     std::span<std::uint8_t, kHashSize> out) {
    Hmac(salt).add(kVersion).add(kSuite).add(label).add(input).finish(out);
}

void labeled_expand(ByteView prk, std::string_view label, ByteView info, MutableByteView out) {
    // The first block of HKDF-Expand: T(1) = HMAC(prk, info || 0x01).
    BriefSecret<struct HpkeBlockKind, kHashSize> block;
    const auto size = static_cast<std::uint8_t>(out.size());
    Hmac(prk)
        .add(std::uint8_t{0})
        .add(size)
        .add(kVersion)
        .add(kSuite)
        .add(label)
        .add(info)
        .add(std::uint8_t{1})
        .finish(block.reveal());
    std::ranges::copy(block.reveal().first(out.size()), out.begin());
}

}  // namespace

HpkeContext hpke_context(std::span<const std::uint8_t, 32> shared_secret, ByteView info) {
    constexpr std::uint8_t base_mode = 0;
    std::array<std::uint8_t, 1 + 2 * kHashSize> context{base_mode};
    const std::span<std::uint8_t> hashes = std::span(context).subspan(1);
    labeled_extract({}, "psk_id_hash", {}, hashes.first<kHashSize>());
    labeled_extract({}, "info_hash", info, hashes.last<kHashSize>());

    BriefSecret<struct HpkeSecretKind, kHashSize> secret;
    labeled_extract(shared_secret, "secret", {}, secret.reveal());
    HpkeContext keys;
    labeled_expand(secret.reveal(), "key", context, keys.key.reveal());
    labeled_expand(secret.reveal(), "base_nonce", context, keys.base_nonce);
    return keys;
}

HpkePublicKey hpke_public_key(HpkeSeedView seed) {
    HpkePublicKey key;
    BriefSecret<struct HpkeSeedKind, kHpkeSeedSize>
        same;  // libsodium writes the secret key too, which is the seed
    crypto_kem_xwing_seed_keypair(key.data(), same.reveal().data(), seed.data());
    return key;
}

HpkeSealed hpke_seal(const HpkePublicKey& key, ByteView info, ByteView plain) {
    HpkeSealed sealed{Bytes(kHpkeEncapsulationSize), Bytes(plain.size() + kHpkeTagSize)};
    SharedSecret shared;
    if (crypto_kem_xwing_enc(sealed.encapsulation.data(), shared.reveal().data(), key.data()) !=
        0) {
        throw Error{ErrorCode::usage,
                    "cannot seal to this post-quantum recipient: it is not a valid key",
                    "ask its owner for it again"};
    }
    const HpkeContext context = hpke_context(shared.reveal(), info);
    crypto_aead_chacha20poly1305_ietf_encrypt(
        sealed.ciphertext.data(), nullptr, plain.data(), plain.size(), nullptr, 0, nullptr,
        context.base_nonce.data(), context.key.reveal().data());
    return sealed;
}

HpkeOpening hpke_open(HpkeSeedView seed, ByteView info, ByteView encapsulation, ByteView ciphertext,
                      MutableByteView out) {
    if (encapsulation.size() != kHpkeEncapsulationSize ||
        ciphertext.size() != out.size() + kHpkeTagSize) {
        return HpkeOpening::malformed;
    }
    SharedSecret shared;
    if (crypto_kem_xwing_dec(shared.reveal().data(), encapsulation.data(), seed.data()) != 0) {
        return HpkeOpening::malformed;
    }
    const HpkeContext context = hpke_context(shared.reveal(), info);
    const bool is_ours =
        crypto_aead_chacha20poly1305_ietf_decrypt(
            out.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(), nullptr, 0,
            context.base_nonce.data(), context.key.reveal().data()) == 0;
    return is_ours ? HpkeOpening::opened : HpkeOpening::not_ours;
}

}  // namespace custos::crypto::age
