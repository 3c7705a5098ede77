// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/encoding.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/random.h"

namespace custos::crypto {
namespace {

TEST_CASE("base64 writes the texts of RFC 4648 section 10", "[crypto][encoding]") {
    const std::pair<const char*, const char*> table[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [plain, text] : table) {
        CHECK(base64(bytes_of(plain)) == text);
        CHECK(from_base64(text) == to_bytes(bytes_of(plain)));
        const std::string bare = std::string(text).substr(0, std::string(text).find('='));
        CHECK(base64(bytes_of(plain), Padding::no) == bare);
        CHECK(base64url(bytes_of(plain)) == bare);
    }
    CHECK(base64(Bytes{0xfb, 0xff}) == "+/8=");
    CHECK(base64url(Bytes{0xfb, 0xff}) == "-_8");
}

TEST_CASE("every encoding gives back what it was given, at every length", "[crypto][encoding]") {
    for (std::size_t size = 0; size < 100; ++size) {
        const Bytes bytes = random_bytes(size);
        CHECK(from_hex(hex(bytes)) == bytes);
        CHECK(from_base64(base64(bytes)) == bytes);
        CHECK(from_base64(base64(bytes, Padding::no), Padding::no) == bytes);
        CHECK(from_base64url(base64url(bytes)) == bytes);
    }
}

TEST_CASE("from_base64 refuses every text that base64 does not write", "[crypto][encoding]") {
    for (const char* const text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zg==\n", " Zg==", "Z g==",
                                   "Zm8=Zm8=", "=", "Z===", "Zg=a", "Zm-_", "Zm\xc3\xa9="}) {
        INFO(text);
        CHECK_FALSE(from_base64(text));
    }
    for (const char* const text : {"Zg==", "Zh", "Z", "Zm9", "Zm8\n", "Zm+/A"}) {
        INFO(text);
        CHECK_FALSE(from_base64(text, Padding::no) == Bytes{0x66, 0x6f});
    }
    CHECK_FALSE(from_base64("Zg==", Padding::no));
    CHECK_FALSE(from_base64("Zh", Padding::no));
    CHECK_FALSE(from_base64(std::string_view("Zm9\0", 4)));
    CHECK_FALSE(from_base64url("Zg=="));
    CHECK_FALSE(from_base64url("+/8"));
}

TEST_CASE("from_base64 takes exactly one of all two-character texts for each byte",
          "[crypto][encoding]") {
    int accepted = 0;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = {static_cast<char>(first), static_cast<char>(second)};
            if (from_base64(text, Padding::no)) ++accepted;
        }
    }
    CHECK(accepted == 256);
}

TEST_CASE("from_hex takes pairs of lower-case digits only", "[crypto][encoding]") {
    CHECK(from_hex("00ff7a") == Bytes{0x00, 0xff, 0x7a});
    for (const char* const text : {"0", "0F", "g0", " 00", "00 ", "0x00", "00\n"}) {
        INFO(text);
        CHECK_FALSE(from_hex(text));
    }
}

TEST_CASE("crockford writes 16 bytes as 26 digits and keeps their order", "[crypto][encoding]") {
    CHECK(crockford(Bytes(16, 0)) == std::string(26, '0'));
    CHECK(crockford(Bytes(16, 0xff)) == std::string(25, 'Z') + "W");
    CHECK(crockford(Bytes{0x00, 0x44, 0x32, 0x14, 0xc7}) ==
          "0123456"
          "7");
    CHECK(crockford({}).empty());
}

TEST_CASE("canonical_crockford mends what people mistype and nothing else", "[crypto][encoding]") {
    CHECK(canonical_crockford("7k3qd") == "7K3QD");
    CHECK(canonical_crockford("oOiIlL") == "001111");
    for (const char* const text : {"U", "u", "7K 3", "7K-3", "\xc3\xa9", "!"}) {
        INFO(text);
        CHECK_FALSE(canonical_crockford(text));
    }
}

TEST_CASE("from_decimal takes what to_string writes and nothing else", "[crypto][encoding]") {
    for (const std::uint64_t number :
         {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{10}, UINT64_MAX - 1, UINT64_MAX}) {
        CHECK(from_decimal(std::to_string(number)) == number);
    }
    for (const char* const text : {"", "00", "01", "+1", "-1", "1 ", " 1", "1\n", "0x1", "1e3",
                                   "1.0", "18446744073709551616", "99999999999999999999999"}) {
        INFO(text);
        CHECK_FALSE(from_decimal(text));
    }
}

}  // namespace
}  // namespace custos::crypto
