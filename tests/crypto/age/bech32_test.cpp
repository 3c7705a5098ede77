// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/bech32.h"

#include <cctype>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/random.h"

using namespace custos;
using namespace custos::crypto::age;

namespace {

std::string written(std::string_view prefix, ByteView data) {
    Bytes text(bech32_size(prefix, data.size()));
    write_bech32(prefix, data, text);
    return to_string(text);
}

// One digit exchanged for the next one of the alphabet.
std::string with_other_digit(std::string text, std::size_t at) {
    const std::string digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    text[at] = digits[(digits.find(text[at]) + 1) % digits.size()];
    return text;
}

}  // namespace

TEST_CASE("write_bech32 writes the known text of known bytes", "[crypto][age][bech32]") {
    // BIP 173's "abcdef" example, which holds the values 0 to 31 as 20 bytes.
    const Bytes data = {0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf,
                        0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf};
    CHECK(written("abcdef", data) == "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
    CHECK(written("ABCDEF", data) == "ABCDEF1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LMQQQXW");
}

TEST_CASE("read_bech32 reads what write_bech32 wrote, for every size", "[crypto][age][bech32]") {
    for (std::size_t size = 0; size < 70; ++size) {
        const Bytes data = crypto::random_bytes(size);
        for (const std::string_view prefix : {"age", "AGE-SECRET-KEY-"}) {
            Bytes read(size);
            REQUIRE(read_bech32(written(prefix, data), prefix, read));
            CHECK(read == data);
        }
    }
}

TEST_CASE("read_bech32 refuses every changed, missing or added character",
          "[crypto][age][bech32]") {
    const Bytes data = crypto::random_bytes(32);
    const std::string text = written("age", data);
    Bytes read(32);
    REQUIRE(read_bech32(text, "age", read));

    for (std::size_t at = 0; at < text.size(); ++at) {
        INFO(at);
        CHECK_FALSE(read_bech32(text.substr(0, at), "age", read));
        CHECK_FALSE(read_bech32(std::string(text).erase(at, 1), "age", read));
        CHECK_FALSE(read_bech32(std::string(text).insert(at, "q"), "age", read));
        if (at > 3) CHECK_FALSE(read_bech32(with_other_digit(text, at), "age", read));
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            CHECK_FALSE(read_bech32(changed, "age", read));
        }
    }
    CHECK_FALSE(read_bech32(text + "q", "age", read));
    CHECK(read == Bytes(32));
}

TEST_CASE("read_bech32 refuses mixed case, and the case of another prefix",
          "[crypto][age][bech32]") {
    const Bytes data = crypto::random_bytes(32);
    const std::string text = written("age", data);
    Bytes read(32);
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string mixed = text;
        mixed[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(mixed[at])));
        if (mixed != text) CHECK_FALSE(read_bech32(mixed, "age", read));
    }
    CHECK_FALSE(read_bech32(written("AGE", data), "age", read));
    CHECK_FALSE(read_bech32(text, "AGE", read));
    CHECK_FALSE(read_bech32(text, "agf", read));
}

TEST_CASE("read_bech32 refuses another number of bytes", "[crypto][age][bech32]") {
    for (const std::size_t size : {31U, 33U}) {
        Bytes read(32);
        CHECK_FALSE(read_bech32(written("age", Bytes(size)), "age", read));
    }
}

TEST_CASE("read_bech32 refuses padding bits that are not zero", "[crypto][age][bech32]") {
    // 32 zero bytes; then with one of the 4 padding bits set, each with the checksum that fits
    // (computed with the reference code of BIP 173).
    const std::string start = "age1" + std::string(51, 'q');
    Bytes read(32);
    CHECK(read_bech32(start + "q5cu47z", "age", read));
    CHECK_FALSE(read_bech32(start + "pfwgqrs", "age", read));
    CHECK_FALSE(read_bech32(start + "g2vceql", "age", read));
}
