// SPDX-License-Identifier: GPL-3.0-or-later
// Secret key files:
//   "Ed" | kdf (2) | "B2" | salt (32) | operations (LE64) | memory (LE64) | body (104)
//   body = key id (8) | seed (32) | public key (32) | BLAKE2b-256("Ed" | key id | seed | public
//   key)
// With kdf "Sc" the body is XORed with scrypt's output, with kdf 00 00 it is in the clear and the
// salt, the costs and usually the checksum are zero.
#include <algorithm>
#include <array>
#include <string>

#include <sodium.h>

#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/minisign.h"
#include "crypto/minisign_text.h"
#include "crypto/random.h"

namespace custos::crypto::minisign {
namespace {

constexpr std::string_view kScrypt = "Sc";
constexpr std::string_view kNoKdf{"\0\0", 2};
constexpr std::string_view kBlake2b = "B2";
constexpr std::string_view kFileComment = "minisign encrypted secret key";

constexpr std::size_t kKdfAt = 2;
constexpr std::size_t kChecksumKindAt = 4;
constexpr std::size_t kSaltAt = 6;
constexpr std::size_t kSaltSize = crypto_pwhash_scryptsalsa208sha256_SALTBYTES;
constexpr std::size_t kOperationsAt = kSaltAt + kSaltSize;
constexpr std::size_t kMemoryAt = kOperationsAt + 8;
constexpr std::size_t kBodyAt = kMemoryAt + 8;
constexpr std::size_t kSeedAt = 8;  // within the body, as the two below
constexpr std::size_t kPublicAt = kSeedAt + 32;
constexpr std::size_t kChecksumAt = kPublicAt + 32;
constexpr std::size_t kBodySize = kChecksumAt + 32;
constexpr std::size_t kSize = kBodyAt + kBodySize;
static_assert(kSize == 158 && kBodySize == 104 && kSaltSize == 32);

constexpr std::size_t kPasswordMax = 1023;  // what minisign's prompt takes

std::uint64_t load_le64(ByteView bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;) number = (number << 8U) | bytes[i];
    return number;
}

void store_le64(MutableByteView bytes, std::uint64_t number) {
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
}

std::array<std::uint8_t, 32> checksum_of(ByteView body) {
    SecretBytes covered(kAlgorithm.size() + kChecksumAt);
    std::ranges::copy(bytes_of(kAlgorithm), covered.reveal().begin());
    std::ranges::copy(body.first(kChecksumAt), covered.reveal().subspan(kAlgorithm.size()).begin());
    return blake2b_256(covered.reveal());
}

// The decoded second line. Decoded straight into guarded memory.
SecretBytes decode(const SecretBytes& file) {
    const Error not_a_key{ErrorCode::usage,
                          "cannot read the secret key: it is not in minisign's form"};
    const auto lines = lines_of(text_of(file.reveal()), 2);
    if (!lines || !comment_in((*lines)[0], kUntrustedPrefix, kUntrustedCommentMax)) throw not_a_key;

    const std::string_view line = (*lines)[1];
    SecretBytes bytes(kSize);
    std::size_t size = 0;
    if (sodium_base642bin(bytes.reveal().data(), kSize, line.data(), line.size(), nullptr, &size,
                          nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != kSize ||
        line.size() != sodium_base64_ENCODED_LEN(kSize, sodium_base64_VARIANT_ORIGINAL) - 1) {
        throw not_a_key;
    }
    const std::string_view text = text_of(bytes.reveal());
    const std::string_view kdf = text.substr(kKdfAt, 2);
    if (text.substr(0, 2) != kAlgorithm || text.substr(kChecksumKindAt, 2) != kBlake2b ||
        (kdf != kScrypt && kdf != kNoKdf)) {
        throw not_a_key;
    }
    return bytes;
}

bool is_encrypted(const SecretBytes& bytes) {
    return text_of(bytes.reveal()).substr(kKdfAt, 2) == kScrypt;
}

// XORs the body with scrypt(password): encrypts it or decrypts it.
void mask_body(SecretBytes& bytes, const SecretBytes& password, const ScryptCost& cost) {
    SecretBytes mask(kBodySize);
    // libsodium wants a pointer to no bytes, too.
    const std::string_view text = password.empty() ? "" : text_of(password.reveal());
    if (crypto_pwhash_scryptsalsa208sha256(mask.reveal().data(), kBodySize, text.data(),
                                           text.size(), bytes.reveal().data() + kSaltAt,
                                           cost.operations, cost.memory_bytes) != 0) {
        throw Error{ErrorCode::failed,
                    "cannot turn the password of the secret key into a key: " +
                        std::to_string(cost.memory_bytes >> 20U) + " MiB of memory are not free",
                    "close other programs and try again"};
    }
    const MutableByteView body = bytes.reveal().subspan(kBodyAt);
    for (std::size_t i = 0; i < kBodySize; ++i) body[i] ^= mask.reveal()[i];
}

SecretBytes encode(const SecretBytes& bytes) {
    constexpr std::size_t line_size =
        sodium_base64_ENCODED_LEN(kSize, sodium_base64_VARIANT_ORIGINAL);
    std::string head(kUntrustedPrefix);
    head.append(kFileComment).append("\n");

    // The encoder ends with a zero; the line feed takes its place.
    SecretBytes file(head.size() + line_size);
    std::ranges::copy(head, file.reveal().begin());
    sodium_bin2base64(reinterpret_cast<char*>(file.reveal().data()) + head.size(), line_size,
                      bytes.reveal().data(), kSize, sodium_base64_VARIANT_ORIGINAL);
    file.reveal().back() = '\n';
    return file;
}

// Everything but the costs, the salt and the checksum.
SecretBytes unprotected(const SecretKey& key, std::string_view kdf) {
    SecretBytes bytes(kSize);
    const MutableByteView out = bytes.reveal();
    std::ranges::copy(kAlgorithm, out.begin());
    std::ranges::copy(kdf, out.subspan(kKdfAt).begin());
    std::ranges::copy(kBlake2b, out.subspan(kChecksumKindAt).begin());
    const MutableByteView body = out.subspan(kBodyAt);
    std::ranges::copy(key.id, body.begin());
    std::ranges::copy(key.seed.reveal(), body.subspan(kSeedAt).begin());
    std::ranges::copy(verify_key_of(key.seed).bytes, body.subspan(kPublicAt).begin());
    return bytes;
}

bool is_within_limits(const ScryptCost& cost) {
    return cost.operations <= kScryptCostMax.operations &&
           cost.memory_bytes <= kScryptCostMax.memory_bytes;
}

}  // namespace

SecretBytes write_secret_key(const SecretKey& key, const SecretBytes& password,
                             const ScryptCost& cost) {
    if (password.empty() || password.size() > kPasswordMax || !is_within_limits(cost)) {
        throw Error{ErrorCode::usage,
                    "cannot protect the secret key: minisign takes a password of 1 to " +
                        std::to_string(kPasswordMax) + " bytes, and no higher cost"};
    }
    SecretBytes bytes = unprotected(key, kScrypt);
    const MutableByteView out = bytes.reveal();
    fill_random(out.subspan(kSaltAt, kSaltSize));
    store_le64(out.subspan(kOperationsAt, 8), cost.operations);
    store_le64(out.subspan(kMemoryAt, 8), cost.memory_bytes);
    const MutableByteView body = out.subspan(kBodyAt);
    std::ranges::copy(checksum_of(body), body.subspan(kChecksumAt).begin());
    mask_body(bytes, password, cost);
    return encode(bytes);
}

SecretBytes write_secret_key_unprotected(const SecretKey& key) {
    return encode(unprotected(key, kNoKdf));
}

bool needs_password(const SecretBytes& file) { return is_encrypted(decode(file)); }

std::optional<SecretKey> read_secret_key(const SecretBytes& file, const SecretBytes& password) {
    SecretBytes bytes = decode(file);
    const bool encrypted = is_encrypted(bytes);
    if (encrypted) {
        const ScryptCost cost = {load_le64(bytes.reveal().subspan(kOperationsAt, 8)),
                                 load_le64(bytes.reveal().subspan(kMemoryAt, 8))};
        if (!is_within_limits(cost)) {
            throw Error{ErrorCode::integrity,
                        "cannot open the secret key: it asks for more memory or time than minisign "
                        "ever does"};
        }
        mask_body(bytes, password, cost);
    }
    const MutableByteView body = bytes.reveal().subspan(kBodyAt);
    const ByteView checksum = body.subspan(kChecksumAt);
    const bool matches = equal_secrets(checksum, checksum_of(body));
    if (encrypted && !matches) return std::nullopt;

    const bool unchecked = !encrypted && sodium_is_zero(checksum.data(), checksum.size()) == 1;
    SecretKey key{{}, SigningSeed(body.subspan(kSeedAt, SigningSeed::kSize))};
    std::copy_n(body.begin(), key.id.size(), key.id.begin());
    if ((!matches && !unchecked) ||
        !equal_secrets(verify_key_of(key.seed).bytes, body.subspan(kPublicAt, 32))) {
        throw Error{ErrorCode::integrity, "cannot use the secret key: the file is damaged"};
    }
    return key;
}

}  // namespace custos::crypto::minisign
