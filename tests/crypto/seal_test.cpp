// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/seal.h"

#include <catch2/catch_test_macros.hpp>
#include <sodium.h>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "tests/crypto/damage.h"

namespace custos::crypto {
namespace {

constexpr std::array<std::uint8_t, kSealSaltSize> kSalt = {1, 2, 3};

SealingKeys keys_of(std::string_view input, std::string_view info = "purpose") {
    return derive_sealing_keys(bytes_of(input), kSalt, bytes_of(info));
}

TEST_CASE("open gives back what seal was given, at every length", "[crypto][seal]") {
    const SealingKeys keys = keys_of("key");
    for (std::size_t size = 0; size < 100; ++size) {
        const Bytes plain = random_bytes(size);
        const Bytes sealed = seal(keys, plain, bytes_of("slot 1"));
        CHECK(sealed.size() == size + kSealOverhead);
        const auto opened = open(keys, sealed, bytes_of("slot 1"));
        REQUIRE(opened);
        CHECK(to_bytes(opened->reveal()) == plain);
    }
}

TEST_CASE("open refuses every changed bit and every other length", "[crypto][seal]") {
    const SealingKeys keys = keys_of("key");
    const Bytes sealed = seal(keys, bytes_of("a master key"), bytes_of("slot 1"));

    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        CHECK_FALSE(open(keys, test::flipped(sealed, bit), bytes_of("slot 1")));
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        CHECK_FALSE(open(keys, ByteView(sealed).first(size), bytes_of("slot 1")));
    }
    Bytes longer = sealed;
    longer.push_back(0);
    CHECK_FALSE(open(keys, longer, bytes_of("slot 1")));
}

TEST_CASE("open refuses another key, salt, purpose or context", "[crypto][seal]") {
    const Bytes sealed = seal(keys_of("key"), bytes_of("plain"), bytes_of("slot 1"));
    auto other_salt = kSalt;
    other_salt[31] ^= 1;

    REQUIRE(open(keys_of("key"), sealed, bytes_of("slot 1")));
    CHECK_FALSE(open(keys_of("kez"), sealed, bytes_of("slot 1")));
    CHECK_FALSE(open(keys_of("key", "other"), sealed, bytes_of("slot 1")));
    CHECK_FALSE(open(derive_sealing_keys(bytes_of("key"), other_salt, bytes_of("purpose")), sealed,
                     bytes_of("slot 1")));
    CHECK_FALSE(open(keys_of("key"), sealed, bytes_of("slot 2")));
    CHECK_FALSE(open(keys_of("key"), sealed, {}));
}

// The two keys below really decrypt one ciphertext each: only the commitment tells them apart.
TEST_CASE("open refuses a ciphertext that another key made, whatever its tag", "[crypto][seal]") {
    const SealingKeys one = keys_of("key one");
    const SealingKeys two = keys_of("key two");
    Bytes forged = to_bytes(one.commitment);
    append(forged, ByteView(seal(two, bytes_of("plain"), {})).subspan(kCommitmentSize));

    CHECK_FALSE(open(one, forged, {}));  // the commitment holds, the tag does not
    CHECK_FALSE(open(two, forged, {}));  // the tag holds, the commitment does not
}

TEST_CASE("is_sealed_with looks at the commitment alone", "[crypto][seal]") {
    const SealingKeys keys = keys_of("key");
    Bytes sealed = seal(keys, bytes_of("plain"), bytes_of("context"));

    CHECK(is_sealed_with(keys, sealed));
    CHECK_FALSE(is_sealed_with(keys_of("other"), sealed));
    sealed.back() ^= 1;
    CHECK(is_sealed_with(keys, sealed));
    for (std::size_t bit = 0; bit < kCommitmentSize * 8; ++bit) {
        CHECK_FALSE(is_sealed_with(keys, test::flipped(sealed, bit)));
    }
    for (std::size_t size = 0; size < kSealOverhead; ++size) {
        CHECK_FALSE(is_sealed_with(keys, ByteView(sealed).first(size)));
    }
}

// docs/formats/keyslots.md, written out with libsodium alone.
TEST_CASE("seal follows its documented scheme", "[crypto][seal]") {
    const Digest prk = hmac_sha256(kSalt, bytes_of("key"));
    Bytes block = to_bytes(bytes_of("purpose"));
    block.push_back(1);
    const Digest first = hmac_sha256(prk.bytes, block);
    block = to_bytes(first.bytes);
    append(block, "purpose");
    block.push_back(2);
    const Digest second = hmac_sha256(prk.bytes, block);

    Bytes wanted = to_bytes(second.bytes);
    Bytes encrypted(5 + kSealTagSize);
    const std::array<std::uint8_t, 24> nonce{};
    crypto_aead_xchacha20poly1305_ietf_encrypt(encrypted.data(), nullptr, bytes_of("plain").data(),
                                               5, bytes_of("slot 1").data(), 6, nullptr,
                                               nonce.data(), first.bytes.data());
    append(wanted, encrypted);

    CHECK(hex(seal(keys_of("key"), bytes_of("plain"), bytes_of("slot 1"))) == hex(wanted));
}

}  // namespace
}  // namespace custos::crypto
