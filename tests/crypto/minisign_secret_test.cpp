// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/minisign.h"

namespace custos::crypto::minisign {
namespace {

constexpr ScryptCost kCheap = {32'768, 1U << 20U};
constexpr std::size_t kOperationsAt = 38;
constexpr std::size_t kMemoryAt = 46;

SecretKey some_key() { return secret_key_of(SigningSeed(Bytes(32, 9))); }
SecretBytes secret(std::string_view text) { return SecretBytes(bytes_of(text)); }

// The 158 bytes of a key file, and back.
Bytes body_of(const SecretBytes& file) {
    const std::string text = to_string(file.reveal());
    const std::size_t start = text.find('\n') + 1;
    return *from_base64(std::string_view(text).substr(start, text.size() - start - 1));
}
SecretBytes file_of(const Bytes& body) {
    return secret("untrusted comment: x\n" + base64(body) + "\n");
}

ErrorCode error_of(const SecretBytes& file) {
    try {
        (void)read_secret_key(file, secret("password"));
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode{0};
}

bool is_some_key(const std::optional<SecretKey>& key) {
    return key && key->id == some_key().id && equal_secrets(key->seed.reveal(), Bytes(32, 9));
}

TEST_CASE("a protected secret key opens with its password and no other", "[crypto][minisign]") {
    const SecretBytes file = write_secret_key(some_key(), secret("password"), kCheap);

    CHECK(needs_password(file));
    CHECK(is_some_key(read_secret_key(file, secret("password"))));
    for (const char* const other : {"", "Password", "password ", "passwor"}) {
        CHECK_FALSE(read_secret_key(file, secret(other)));
    }
    CHECK(to_string(file.reveal()).substr(0, 49) ==
          "untrusted comment: minisign encrypted secret key\n");
    CHECK(body_of(file).size() == 158);
}

TEST_CASE("a protected secret key is salted and holds nothing in the clear", "[crypto][minisign]") {
    const Bytes one = body_of(write_secret_key(some_key(), secret("password"), kCheap));
    const Bytes two = body_of(write_secret_key(some_key(), secret("password"), kCheap));
    CHECK(Bytes(one.begin() + 6, one.begin() + 38) != Bytes(two.begin() + 6, two.begin() + 38));
    CHECK(Bytes(one.begin() + 54, one.end()) != Bytes(two.begin() + 54, two.end()));
    CHECK(hex(one).find(hex(Bytes(16, 9))) == std::string::npos);
}

TEST_CASE("an unprotected secret key opens with any password", "[crypto][minisign]") {
    const SecretBytes file = write_secret_key_unprotected(some_key());

    CHECK_FALSE(needs_password(file));
    CHECK(is_some_key(read_secret_key(file, secret(""))));
    CHECK(is_some_key(read_secret_key(file, secret("whatever"))));
    const Bytes body = body_of(file);
    CHECK(Bytes(body.begin() + 2, body.begin() + 4) == Bytes(2, 0));
    CHECK(Bytes(body.begin() + 6, body.begin() + 54) == Bytes(48, 0));
}

TEST_CASE("no changed byte of a protected secret key gives another key", "[crypto][minisign]") {
    const Bytes body = body_of(write_secret_key(some_key(), secret("password"), kCheap));
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (at >= kOperationsAt && at < kMemoryAt + 8) continue;  // the next test's
        Bytes damaged = body;
        damaged[at] ^= 0x01;
        bool opened = false;
        try {
            opened = read_secret_key(file_of(damaged), secret("password")).has_value();
        } catch (const Error&) {
            opened = false;
        }
        CHECK_FALSE(opened);
    }
}

TEST_CASE("a secret key that asks for more than minisign ever does is not tried",
          "[crypto][minisign]") {
    const Bytes body = body_of(write_secret_key(some_key(), secret("password"), kCheap));
    const auto with = [&](std::size_t at, std::uint64_t number) {
        Bytes changed = body;
        for (std::size_t i = 0; i < 8; ++i) {
            changed[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
        }
        return file_of(changed);
    };
    CHECK(error_of(with(kOperationsAt, kScryptCostMax.operations + 1)) == ErrorCode::integrity);
    CHECK(error_of(with(kMemoryAt, kScryptCostMax.memory_bytes + 1)) == ErrorCode::integrity);
    CHECK(error_of(with(kMemoryAt, UINT64_MAX)) == ErrorCode::integrity);
    CHECK(error_of(with(kOperationsAt, UINT64_MAX)) == ErrorCode::integrity);
    // Less than the file was made with is another password's mask: it does not open.
    CHECK_FALSE(read_secret_key(with(kMemoryAt, 1U << 18U), secret("password")));
}

TEST_CASE("a damaged unprotected secret key is not used", "[crypto][minisign]") {
    const Bytes body = body_of(write_secret_key_unprotected(some_key()));
    for (std::size_t at = 62; at < 126; ++at) {  // seed and public key must fit each other
        Bytes damaged = body;
        damaged[at] ^= 0x80;
        CHECK(error_of(file_of(damaged)) == ErrorCode::integrity);
    }
    for (std::size_t at = 126; at < 158; ++at) {  // a checksum is absent or right
        Bytes damaged = body;
        damaged[at] ^= 0x80;
        CHECK(error_of(file_of(damaged)) == ErrorCode::integrity);
    }
}

TEST_CASE("what is no secret key file is refused as such", "[crypto][minisign]") {
    const SecretBytes file = write_secret_key_unprotected(some_key());
    const std::string text = to_string(file.reveal());
    for (std::size_t size = 0; size < text.size() - 1; ++size) {
        CHECK(error_of(secret(std::string_view(text).substr(0, size))) == ErrorCode::usage);
    }
    CHECK(error_of(secret(text + "x")) == ErrorCode::usage);
    CHECK(error_of(secret("comment: x\n" + text.substr(text.find('\n') + 1))) == ErrorCode::usage);
    for (const std::size_t at : {0U, 1U, 2U, 3U, 4U, 5U}) {  // the three names
        Bytes other = body_of(file);
        other[at] ^= 0x01;
        CHECK(error_of(file_of(other)) == ErrorCode::usage);
    }
    Bytes longer = body_of(file);
    longer.push_back(0);
    CHECK(error_of(file_of(longer)) == ErrorCode::usage);
    longer.resize(157);
    CHECK(error_of(file_of(longer)) == ErrorCode::usage);
    CHECK_THROWS_AS(needs_password(secret("x")), Error);
}

TEST_CASE("write_secret_key takes the passwords that minisign's prompt takes",
          "[crypto][minisign]") {
    const SecretBytes longest = secret(std::string(1023, 'x'));
    CHECK(read_secret_key(write_secret_key(some_key(), longest, kCheap), longest));
    CHECK_THROWS_AS(write_secret_key(some_key(), secret(std::string(1024, 'x')), kCheap), Error);
    CHECK_THROWS_AS(write_secret_key(some_key(), secret(""), kCheap), Error);
    const ScryptCost too_much = {kScryptCostMax.operations + 1, kScryptCostMax.memory_bytes};
    CHECK_THROWS_AS(write_secret_key(some_key(), secret("x"), too_much), Error);
}

}  // namespace
}  // namespace custos::crypto::minisign
