// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ed25519.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "tests/crypto/damage.h"

namespace custos::crypto {
namespace {

TEST_CASE("sign gives the signatures of RFC 8032 section 7.1", "[crypto][ed25519]") {
    const SigningSeed seed(
        *from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    const Bytes message = {0x72};

    CHECK(hex(verify_key_of(seed).bytes) ==
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    CHECK(hex(sign(seed, message)) ==
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST_CASE("verify refuses every changed bit of message, signature and key", "[crypto][ed25519]") {
    const SigningSeed seed = SigningSeed::random();
    const VerifyKey key = verify_key_of(seed);
    const Bytes message = to_bytes(bytes_of("what was seen"));
    const Signature signature = sign(seed, message);

    REQUIRE(verify(key, message, signature));
    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        CHECK_FALSE(verify(key, test::flipped(message, bit), signature));
    }
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        CHECK_FALSE(verify(key, message, test::flipped(ByteView(signature), bit)));
    }
    for (std::size_t bit = 0; bit < 256; ++bit) {
        VerifyKey other = key;
        other.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(verify(other, message, signature));
    }
}

TEST_CASE("verify refuses every length of signature but 64", "[crypto][ed25519]") {
    const SigningSeed seed = SigningSeed::random();
    const VerifyKey key = verify_key_of(seed);
    Bytes signature = to_bytes(sign(seed, {}));

    REQUIRE(verify(key, {}, signature));
    for (std::size_t size = 0; size < 64; ++size) {
        CHECK_FALSE(verify(key, {}, ByteView(signature).first(size)));
    }
    signature.push_back(0);
    CHECK_FALSE(verify(key, {}, signature));
}

}  // namespace
}  // namespace custos::crypto
