// SPDX-License-Identifier: GPL-3.0-or-later
//   -> mlkem768x25519 <encapsulation>     body: HPKE ciphertext of the file key
//   -> X25519 <ephemeral share>           body: ChaCha20-Poly1305 of it under HKDF(shared secret)
//   -> scrypt <salt> <log2 of N>          body: the same under scrypt(passphrase)
#include "crypto/age/stanzas.h"

#include <algorithm>
#include <array>
#include <limits>

#include <sodium.h>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/kdf.h"
#include "crypto/random.h"

namespace custos::crypto::age {
namespace {

constexpr std::string_view kPostQuantumType = "mlkem768x25519";
constexpr std::string_view kX25519Type = "X25519";
constexpr std::string_view kScryptType = "scrypt";

constexpr std::string_view kPostQuantumInfo = "age-encryption.org/mlkem768x25519";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptInfo = "age-encryption.org/v1/scrypt";

constexpr std::size_t kScryptSaltSize = 16;
constexpr std::size_t kTagSize = crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr std::size_t kBodySize = FileKey::kSize + kTagSize;
static_assert(kBodySize == 32 && kTagSize == kHpkeTagSize);

using WrapKey = BriefSecret<struct AgeWrapKeyKind, 32>;

// A wrap key seals one file key, so the nonce is zero.
constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kNonce{};

Bytes seal_file_key(const FileKey& file_key, const WrapKey& key) {
    Bytes body(kBodySize);
    crypto_aead_chacha20poly1305_ietf_encrypt(body.data(), nullptr, file_key.reveal().data(),
                                              FileKey::kSize, nullptr, 0, nullptr, kNonce.data(),
                                              key.reveal().data());
    return body;
}

// The size was checked: a body of another size could be made to open under many keys.
Unwrapping open_file_key(const Bytes& body, const WrapKey& key, FileKey& file_key) {
    FileKey opened;
    if (crypto_aead_chacha20poly1305_ietf_decrypt(opened.reveal().data(), nullptr, nullptr,
                                                  body.data(), body.size(), nullptr, 0,
                                                  kNonce.data(), key.reveal().data()) != 0) {
        return Unwrapping::not_ours;
    }
    file_key = std::move(opened);
    return Unwrapping::unwrapped;
}

WrapKey x25519_wrap_key(std::span<const std::uint8_t, 32> shared_secret, ByteView share,
                        const X25519PublicKey& recipient) {
    Bytes salt = to_bytes(share);
    append(salt, recipient);
    WrapKey key;
    hkdf_sha256(shared_secret, salt, bytes_of(kX25519Info), key.reveal());
    return key;
}

WrapKey scrypt_wrap_key(const SecretBytes& passphrase, ByteView salt, unsigned work_factor) {
    constexpr std::uint32_t block_size = 8;
    constexpr std::uint32_t lanes = 1;
    Bytes labelled = to_bytes(bytes_of(kScryptInfo));
    append(labelled, salt);
    WrapKey key;
    const ByteView text = passphrase.reveal();
    const std::uint8_t none = 0;  // for an empty one: libsodium wants some address
    if (crypto_pwhash_scryptsalsa208sha256_ll(text.empty() ? &none : text.data(), text.size(),
                                              labelled.data(), labelled.size(),
                                              std::uint64_t{1} << work_factor, block_size, lanes,
                                              key.reveal().data(), WrapKey::kSize) != 0) {
        throw Error{ErrorCode::failed,
                    "cannot turn the passphrase into a key: " +
                        std::to_string((std::uint64_t{1} << work_factor) / 1024) +
                        " MiB of memory are not free",
                    "close other programs and try again"};
    }
    return key;
}

Stanza wrap_x25519(const FileKey& file_key, const X25519PublicKey& recipient) {
    const auto ephemeral = BriefSecret<struct AgeEphemeralKind, 32>::random();
    X25519PublicKey share{};
    BriefSecret<struct AgeSharedSecretKind, 32> shared;
    crypto_scalarmult_curve25519_base(share.data(), ephemeral.reveal().data());
    if (crypto_scalarmult_curve25519(shared.reveal().data(), ephemeral.reveal().data(),
                                     recipient.data()) != 0) {
        throw Error{ErrorCode::usage, "cannot seal to this recipient: it is not a valid key",
                    "ask its owner for it again"};
    }
    return {std::string(kX25519Type),
            {base64(share, Padding::no)},
            seal_file_key(file_key, x25519_wrap_key(shared.reveal(), share, recipient))};
}

Stanza wrap_post_quantum(const FileKey& file_key, const HpkePublicKey& recipient) {
    HpkeSealed sealed = hpke_seal(recipient, bytes_of(kPostQuantumInfo), file_key.reveal());
    return {std::string(kPostQuantumType),
            {base64(sealed.encapsulation, Padding::no)},
            std::move(sealed.ciphertext)};
}

// The first argument, if it is base64 of `size` bytes and there are `count` arguments; else
// nothing, which is no size asked for.
Bytes argument_of(const Stanza& stanza, std::size_t size, std::size_t count = 1) {
    if (stanza.arguments.size() != count || stanza.body.size() != kBodySize) return {};
    Bytes bytes = from_base64(stanza.arguments.front(), Padding::no).value_or(Bytes{});
    if (bytes.size() != size) bytes.clear();
    return bytes;
}

// Decimal digits without leading zeros. A number too large for the type is some number that no
// ceiling allows.
std::optional<unsigned> work_factor_of(const Stanza& stanza) {
    const auto number = from_decimal(stanza.arguments.back());
    if (!number || *number == 0) return std::nullopt;
    constexpr std::uint64_t max = std::numeric_limits<unsigned>::max();
    return static_cast<unsigned>(std::min(*number, max));
}

Unwrapping unwrap_x25519(const Stanza& stanza, const Identity& identity, FileKey& file_key) {
    const Bytes share = argument_of(stanza, X25519PublicKey{}.size());
    if (share.empty()) return Unwrapping::malformed;
    BriefSecret<struct AgeSharedSecretKind, 32> shared;
    // All zero for a share of low order, which no sender makes.
    if (crypto_scalarmult_curve25519(shared.reveal().data(), identity.seed().reveal().data(),
                                     share.data()) != 0) {
        return Unwrapping::malformed;
    }
    const auto own = std::get<X25519PublicKey>(identity.recipient().key());
    return open_file_key(stanza.body, x25519_wrap_key(shared.reveal(), share, own), file_key);
}

Unwrapping unwrap_post_quantum(const Stanza& stanza, const Identity& identity, FileKey& file_key) {
    const Bytes encapsulation = argument_of(stanza, kHpkeEncapsulationSize);
    if (encapsulation.empty()) return Unwrapping::malformed;
    FileKey opened;
    switch (hpke_open(identity.seed().reveal(), bytes_of(kPostQuantumInfo), encapsulation,
                      stanza.body, opened.reveal())) {
        case HpkeOpening::opened: file_key = std::move(opened); return Unwrapping::unwrapped;
        case HpkeOpening::not_ours: return Unwrapping::not_ours;
        case HpkeOpening::malformed: break;
    }
    return Unwrapping::malformed;
}

}  // namespace

Stanza wrap(const FileKey& file_key, const Recipient& recipient) {
    if (const auto* key = std::get_if<HpkePublicKey>(&recipient.key())) {
        return wrap_post_quantum(file_key, *key);
    }
    return wrap_x25519(file_key, std::get<X25519PublicKey>(recipient.key()));
}

Stanza wrap(const FileKey& file_key, const SecretBytes& passphrase, unsigned work_factor) {
    const auto salt = random_array<kScryptSaltSize>();
    return {std::string(kScryptType),
            {base64(salt, Padding::no), std::to_string(work_factor)},
            seal_file_key(file_key, scrypt_wrap_key(passphrase, salt, work_factor))};
}

bool is_passphrase_stanza(const Stanza& stanza) noexcept { return stanza.type == kScryptType; }

Unwrapping unwrap(const Stanza& stanza, const Identity& identity, FileKey& file_key) {
    const bool is_post_quantum = identity.kind() == KeyKind::post_quantum;
    if (stanza.type != (is_post_quantum ? kPostQuantumType : kX25519Type))
        return Unwrapping::not_ours;
    return is_post_quantum ? unwrap_post_quantum(stanza, identity, file_key)
                           : unwrap_x25519(stanza, identity, file_key);
}

Unwrapping unwrap(const Stanza& stanza, const SecretBytes& passphrase, unsigned work_factor_max,
                  FileKey& file_key) {
    if (!is_passphrase_stanza(stanza)) return Unwrapping::not_ours;
    const Bytes salt = argument_of(stanza, kScryptSaltSize, 2);
    if (salt.empty()) return Unwrapping::malformed;
    const auto work_factor = work_factor_of(stanza);
    if (!work_factor || *work_factor > work_factor_max) return Unwrapping::malformed;
    return open_file_key(stanza.body, scrypt_wrap_key(passphrase, salt, *work_factor), file_key);
}

bool is_well_formed(const Stanza& stanza) {
    if (stanza.type == kPostQuantumType)
        return !argument_of(stanza, kHpkeEncapsulationSize).empty();
    if (stanza.type == kX25519Type) return !argument_of(stanza, X25519PublicKey{}.size()).empty();
    if (stanza.type != kScryptType) return true;
    return !argument_of(stanza, kScryptSaltSize, 2).empty() && work_factor_of(stanza).has_value();
}

}  // namespace custos::crypto::age
