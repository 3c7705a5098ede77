// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/keys/header.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault {
namespace {

// Cheap on purpose; the real floor is tried below.
constexpr crypto::Argon2Policy kCheap = {{64, 1}, {64, 1}, {4'194'304, 16}};

SecretBytes passphrase(std::string_view text) { return SecretBytes(bytes_of(text)); }

struct Keys {
    crypto::MasterKey master = crypto::MasterKey::random();
    crypto::SigningSeed author = crypto::SigningSeed::random();
};

Header header_with(const Keys& keys, std::string_view text, std::size_t slot = 0) {
    Header header = new_header(kCheap.chosen);
    write_slot(header, slot, passphrase(text), keys.master, keys.author);
    return header;
}

ErrorCode code_of_failure(const Bytes& bytes) {
    try {
        (void)decode_header(bytes);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::interrupted;
}

}  // namespace

TEST_CASE("header opens with the passphrase of a slot and gives the same keys", "[vault][keys]") {
    start_crypto();
    const Keys keys;
    const Header header = decode_header(encode(header_with(keys, "north wind", 5)));

    const auto unlocked = unlock(header, passphrase("north wind"), kCheap);

    REQUIRE(unlocked);
    CHECK(unlocked->slot == 5);
    CHECK(equal_secrets(unlocked->master.reveal(), keys.master.reveal()));
    CHECK(equal_secrets(unlocked->author.reveal(), keys.author.reveal()));
    CHECK_FALSE(unlock(header, passphrase("north win"), kCheap));
    CHECK_FALSE(unlock(header, passphrase(""), kCheap));
}

TEST_CASE("header serves two persons and forgets one of them", "[vault][keys]") {
    const Keys keys;
    Header header = header_with(keys, "one", 0);
    const auto second_author = crypto::SigningSeed::random();
    write_slot(header, 7, passphrase("two"), keys.master, second_author);
    REQUIRE(unlock(header, passphrase("two"), kCheap)->slot == 7);

    clear_slot(header, 0, keys.master);

    CHECK(header.generation == 3);
    CHECK_FALSE(unlock(header, passphrase("one"), kCheap));
    CHECK(unlock(header, passphrase("two"), kCheap));
}

TEST_CASE("header notices every changed byte and every lost one", "[vault][keys]") {
    const Keys keys;
    const Bytes good = encode(header_with(keys, "north wind"));
    REQUIRE(good.size() == kHeaderSize);

    std::size_t noticed = 0;
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes bad = good;
        bad[i] ^= 0x01;
        try {
            const auto unlocked = unlock(decode_header(bad), passphrase("north wind"), kCheap);
            if (!unlocked) ++noticed;
        } catch (const Error& error) {
            const bool expected =
                error.code() == ErrorCode::integrity || error.code() == ErrorCode::failed;
            if (expected) ++noticed;
        }
    }
    CHECK(noticed == good.size());
    for (std::size_t size = 0; size < good.size(); ++size) {
        REQUIRE(code_of_failure(
                    Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))) ==
                ErrorCode::integrity);
    }
    Bytes longer = good;
    longer.push_back(0);
    CHECK(code_of_failure(longer) == ErrorCode::integrity);
}

TEST_CASE("header of a newer format is told apart from a damaged one", "[vault][keys]") {
    const Keys keys;
    Bytes newer = encode(header_with(keys, "north wind"));
    newer[19] = 2;
    CHECK(code_of_failure(newer) == ErrorCode::failed);
    newer[16] = 0xff;
    CHECK(code_of_failure(newer) == ErrorCode::integrity);
}

TEST_CASE(
    "header refuses KDF parameters one below the floor and one above the ceiling before any work",
    "[vault][keys]") {
    const auto refused = [](crypto::Argon2Parameters parameters) {
        Header header = new_header(parameters);
        try {
            (void)unlock(header, passphrase("x"), crypto::kArgon2Policy);
        } catch (const Error& error) {
            return error.code() == ErrorCode::integrity;
        }
        return false;
    };
    const auto& policy = crypto::kArgon2Policy;
    CHECK(refused({policy.floor.memory_kib - 1, policy.floor.passes}));
    CHECK(refused({policy.floor.memory_kib, policy.floor.passes - 1}));
    CHECK(refused({policy.ceiling.memory_kib + 1, policy.floor.passes}));
    CHECK(refused({policy.floor.memory_kib, policy.ceiling.passes + 1}));
    CHECK(crypto::within(policy, policy.chosen));
}

TEST_CASE("header slots look alike whether used or not", "[vault][keys]") {
    const Keys keys;
    const Header header = header_with(keys, "north wind", 3);
    // Nothing constant, nothing shared: all bytes of a used slot take many values over few writes.
    for (std::size_t i = 0; i < kSlotSize; ++i) {
        bool varies = false;
        for (int attempt = 0; attempt < 6 && !varies; ++attempt) {
            Header again = header;
            write_slot(again, 3, passphrase("north wind"), keys.master, keys.author);
            varies = again.slots[3][i] != header.slots[3][i];
        }
        REQUIRE(varies);
    }
}

}  // namespace custos::vault
