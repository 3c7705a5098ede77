// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/hash.h"

#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/random.h"

namespace custos::crypto {
namespace {

TEST_CASE("sha256 gives the values of FIPS 180-4", "[crypto][hash]") {
    CHECK(hex(sha256({}).bytes) ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(sha256(bytes_of("abc")).bytes) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256(Bytes(1'000'000, 'a')).bytes) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("BLAKE2b gives the values of RFC 7693 and of its authors", "[crypto][hash]") {
    CHECK(hex(Blake2b512().update(bytes_of("abc")).finish()) ==
          "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
          "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    CHECK(hex(blake2b_256(bytes_of("abc"))) ==
          "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("a hash over pieces is the hash over the whole, wherever it is cut", "[crypto][hash]") {
    const Bytes bytes = random_bytes(200);
    const Digest whole = sha256(bytes);
    const auto whole_blake = Blake2b512().update(bytes).finish();
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        const ByteView view = bytes;
        CHECK(Sha256().update(view.first(cut)).update(view.subspan(cut)).finish() == whole);
        CHECK(Blake2b512().update(view.first(cut)).update(view.subspan(cut)).finish() ==
              whole_blake);
    }
}

TEST_CASE("hmac_sha256 gives the values of RFC 4231, also for long keys", "[crypto][hash]") {
    CHECK(hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?")).bytes) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(hex(hmac_sha256(Bytes(131, 0xaa),
                          bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))
                  .bytes) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("a digest is made from 32 bytes and no other number", "[crypto][hash]") {
    CHECK(Digest::from(Bytes(32, 3)).bytes[31] == 3);
    for (const std::size_t size : {0U, 31U, 33U, 64U}) {
        CHECK_THROWS_AS(Digest::from(Bytes(size)), std::length_error);
    }
}

}  // namespace
}  // namespace custos::crypto
