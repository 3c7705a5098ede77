// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/kdf.h"

#include <set>
#include <stdexcept>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"

namespace custos::crypto {
namespace {

constexpr Purpose kPurposes[] = {
    Purpose::database, Purpose::header_mac, Purpose::backup_identity, Purpose::file_equality,
    Purpose::drafts,   Purpose::disclosure, Purpose::findings};
constexpr std::array<std::uint8_t, 16> kVaultId = {1, 2,  3,  4,  5,  6,  7,  8,
                                                   9, 10, 11, 12, 13, 14, 15, 16};

MasterKey master_of(std::uint8_t byte) { return MasterKey(Bytes(32, byte)); }

TEST_CASE("hkdf_sha256 gives the values of RFC 5869", "[crypto][kdf]") {
    Bytes out(42);
    hkdf_sha256(Bytes(22, 0x0b), *from_hex("000102030405060708090a0b0c"),
                *from_hex("f0f1f2f3f4f5f6f7f8f9"), out);
    CHECK(hex(out) ==
          "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

    hkdf_sha256(Bytes(22, 0x0b), {}, {}, out);
    CHECK(hex(out) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("hkdf_sha256 refuses one byte more than it can give", "[crypto][kdf]") {
    Bytes out(255 * 32);
    CHECK_NOTHROW(hkdf_sha256(Bytes(32), {}, {}, out));
    out.push_back(0);
    CHECK_THROWS_AS(hkdf_sha256(Bytes(32), {}, {}, out), std::length_error);
}

TEST_CASE("derive_key gives another key for each purpose, vault and master key", "[crypto][kdf]") {
    auto other_vault = kVaultId;
    other_vault[15] ^= 1;

    std::set<std::string> keys;
    std::set<std::string_view> labels;
    for (const Purpose purpose : kPurposes) {
        labels.insert(label_of(purpose));
        keys.insert(hex(derive_key(master_of(1), purpose, kVaultId).reveal()));
        keys.insert(hex(derive_key(master_of(1), purpose, other_vault).reveal()));
        keys.insert(hex(derive_key(master_of(2), purpose, kVaultId).reveal()));
    }
    CHECK(labels.size() == std::size(kPurposes));
    CHECK(keys.size() == 3 * std::size(kPurposes));
}

// If this fails, no vault that exists can be opened any more.
TEST_CASE("derive_key keeps the values that existing vaults were made with", "[crypto][kdf]") {
    for (const Purpose purpose : kPurposes) {
        // T(1) of HKDF-Expand, written out: HMAC(master, label || vault id || 0x01).
        Bytes message = to_bytes(bytes_of(label_of(purpose)));
        append(message, kVaultId);
        message.push_back(0x01);
        CHECK(to_bytes(derive_key(master_of(1), purpose, kVaultId).reveal()) ==
              to_bytes(hmac_sha256(Bytes(32, 1), message).bytes));
    }
    CHECK(label_of(Purpose::database) == "custos/v1/database");
    CHECK(label_of(Purpose::header_mac) == "custos/v1/header-mac");
    CHECK(label_of(Purpose::backup_identity) == "custos/v1/backup-identity");
    CHECK(label_of(Purpose::file_equality) == "custos/v1/file-equality");
    CHECK(label_of(Purpose::disclosure) == "custos/v1/disclosure");
    CHECK(label_of(Purpose::drafts) == "custos/v1/drafts");
    CHECK(label_of(Purpose::findings) == "custos/v1/findings");
}

TEST_CASE("argon2id gives the reference implementation's value", "[crypto][kdf]") {
    // argon2 1.3, id, 2 passes, 64 MiB, one lane: `argon2 somesalt16bytes. -id -t 2 -m 16 -p 1 -l
    // 32`
    const Bytes salt = to_bytes(bytes_of("somesalt16bytes."));
    const PassphraseKey key =
        argon2id(SecretBytes(bytes_of("password")),
                 std::span<const std::uint8_t, 16>(salt.data(), 16), {65'536, 2});
    CHECK(hex(key.reveal()) == "fa691cde95d47be581c3d81479873814aa11eb3d7cd6a392593fb793c6b5facb");
}

TEST_CASE("argon2id takes an empty passphrase for what it is", "[crypto][kdf]") {
    const std::array<std::uint8_t, 16> salt{};
    const auto key_of = [&](std::string_view passphrase) {
        return hex(argon2id(SecretBytes(bytes_of(passphrase)), salt, {64, 1}).reveal());
    };
    CHECK(key_of("") == key_of(""));
    CHECK(key_of("") != key_of(" "));
}

TEST_CASE("within holds between floor and ceiling, each included", "[crypto][kdf]") {
    const Argon2Policy policy = {{300, 3}, {200, 2}, {400, 4}};
    for (std::uint32_t memory = 199; memory <= 401; ++memory) {
        for (std::uint32_t passes = 1; passes <= 5; ++passes) {
            const bool inside = memory >= 200 && memory <= 400 && passes >= 2 && passes <= 4;
            CHECK(within(policy, {memory, passes}) == inside);
        }
    }
    CHECK(within(kArgon2Policy, kArgon2Policy.chosen));
    CHECK_FALSE(within(kArgon2Policy, {UINT32_MAX, 3}));
    CHECK_FALSE(within(kArgon2Policy, {0, 0}));
}

TEST_CASE("argon2id says so when there is not enough memory", "[crypto][kdf]") {
    const std::array<std::uint8_t, 16> salt{};
    try {
        (void)argon2id(SecretBytes(bytes_of("password")), salt, {UINT32_MAX, 1});
        FAIL("4 TiB of memory were found");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::failed);
        CHECK(std::string(error.what()).find("4194303 MiB") != std::string::npos);
    }
}

}  // namespace
}  // namespace custos::crypto
