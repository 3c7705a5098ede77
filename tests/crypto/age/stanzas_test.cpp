// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/stanzas.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "tests/crypto/damage.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;
using custos::test::flipped;

namespace {

constexpr unsigned kCheap = 2;

Unwrapping result_of(const Stanza& stanza, const Identity& identity) {
    FileKey key;
    return unwrap(stanza, identity, key);
}

Unwrapping result_of(const Stanza& stanza, std::string_view passphrase, unsigned max = kCheap) {
    FileKey key;
    return unwrap(stanza, SecretBytes(bytes_of(passphrase)), max, key);
}

Stanza with_argument(Stanza stanza, std::size_t at, const std::string& argument) {
    stanza.arguments.at(at) = argument;
    return stanza;
}

Stanza with_body(Stanza stanza, const Bytes& body) {
    stanza.body = body;
    return stanza;
}

// What must be noticed without a key, in a stanza of any of the three types.
void check_form(const Stanza& good, std::size_t count) {
    REQUIRE(is_well_formed(good));
    Stanza more = good;
    more.arguments.emplace_back("1");
    CHECK_FALSE(is_well_formed(more));
    more.arguments.resize(count - 1);
    CHECK_FALSE(is_well_formed(more));
    more.arguments.clear();
    CHECK_FALSE(is_well_formed(more));
    for (const std::size_t size : {0U, 31U, 33U, 48U}) {
        CHECK_FALSE(is_well_formed(with_body(good, Bytes(size))));
    }
    const Bytes bytes = from_base64(good.arguments[0], Padding::no).value();
    for (const std::size_t size : {std::size_t{0}, bytes.size() - 1, bytes.size() + 1}) {
        Bytes other = bytes;
        other.resize(size);
        CHECK_FALSE(is_well_formed(with_argument(good, 0, base64(other, Padding::no))));
    }
    CHECK_FALSE(is_well_formed(with_argument(good, 0, good.arguments[0] + "=")));
}

}  // namespace

TEST_CASE("unwrap gives back the file key to the identity it was wrapped for",
          "[crypto][age][stanzas]") {
    for (const KeyKind kind : {KeyKind::post_quantum, KeyKind::x25519}) {
        const Identity identity = Identity::random(kind);
        const FileKey wrapped = FileKey::random();
        const Stanza stanza = wrap(wrapped, identity.recipient());

        FileKey key;
        REQUIRE(unwrap(stanza, identity, key) == Unwrapping::unwrapped);
        CHECK(to_bytes(key.reveal()) == to_bytes(wrapped.reveal()));

        CHECK(result_of(stanza, Identity::random(kind)) == Unwrapping::not_ours);
        CHECK(result_of(stanza, "passphrase") == Unwrapping::not_ours);
        check_form(stanza, 1);
    }
}

TEST_CASE("unwrap gives back the file key to the passphrase it was wrapped for",
          "[crypto][age][stanzas]") {
    const FileKey wrapped = FileKey::random();
    const Stanza stanza = wrap(wrapped, SecretBytes(bytes_of("passphrase")), kCheap);

    FileKey key;
    REQUIRE(unwrap(stanza, SecretBytes(bytes_of("passphrase")), kCheap, key) ==
            Unwrapping::unwrapped);
    CHECK(to_bytes(key.reveal()) == to_bytes(wrapped.reveal()));

    CHECK(result_of(stanza, "passphrasf") == Unwrapping::not_ours);
    CHECK(result_of(stanza, "") == Unwrapping::not_ours);
    CHECK(result_of(stanza, Identity::random(KeyKind::x25519)) == Unwrapping::not_ours);
    check_form(stanza, 2);
}

TEST_CASE("unwrap refuses every changed bit of a stanza", "[crypto][age][stanzas]") {
    for (const KeyKind kind : {KeyKind::post_quantum, KeyKind::x25519}) {
        const Identity identity = Identity::random(kind);
        const Stanza stanza = wrap(FileKey::random(), identity.recipient());
        for (std::size_t bit = 0; bit < stanza.body.size() * 8; ++bit) {
            CHECK(result_of(with_body(stanza, flipped(stanza.body, bit)), identity) ==
                  Unwrapping::not_ours);
        }
        const Bytes argument = from_base64(stanza.arguments[0], Padding::no).value();
        for (std::size_t byte = 0; byte < argument.size(); ++byte) {
            const Bytes changed = flipped(argument, byte * 8 + byte % 8);
            const Stanza other = with_argument(stanza, 0, base64(changed, Padding::no));
            CHECK(result_of(other, identity) != Unwrapping::unwrapped);
        }
    }
}

TEST_CASE("unwrap refuses a share of low order, which makes every secret the same",
          "[crypto][age][stanzas]") {
    const Identity identity = Identity::random(KeyKind::x25519);
    const Stanza stanza = wrap(FileKey::random(), identity.recipient());
    for (const std::uint8_t first : {std::uint8_t{0}, std::uint8_t{1}}) {
        Bytes share(32);
        share[0] = first;
        const Stanza low = with_argument(stanza, 0, base64(share, Padding::no));
        CHECK(is_well_formed(low));
        CHECK(result_of(low, identity) == Unwrapping::malformed);
        X25519PublicKey key{first};
        CHECK_THROWS_AS(wrap(FileKey::random(), Recipient(key)), Error);
    }
}

TEST_CASE("a work factor is a plain number within its ceiling", "[crypto][age][stanzas]") {
    const Stanza stanza = wrap(FileKey::random(), SecretBytes(bytes_of("word")), kCheap);
    CHECK(result_of(stanza, "word", kCheap) == Unwrapping::unwrapped);
    CHECK(result_of(stanza, "word", kCheap - 1) == Unwrapping::malformed);

    for (const char* text : {"0", "02", "+2", "-2", "2 ", " 2", "2.", "0x2", "", "two"}) {
        INFO(text);
        CHECK_FALSE(is_well_formed(with_argument(stanza, 1, text)));
        CHECK(result_of(with_argument(stanza, 1, text), "word", 22) == Unwrapping::malformed);
    }
    // One past the ceiling, one past 32 and 64 bits: refused before anything is computed.
    for (const char* text : {"23", "64", "4294967298", "18446744073709551618"}) {
        INFO(text);
        CHECK(result_of(with_argument(stanza, 1, text), "word", 22) == Unwrapping::malformed);
    }
}

TEST_CASE("a stanza of another type is nobody's, and well formed", "[crypto][age][stanzas]") {
    const Stanza stanza{"x25519", {"anything"}, Bytes(5)};
    CHECK(is_well_formed(stanza));
    CHECK(result_of(stanza, Identity::random(KeyKind::x25519)) == Unwrapping::not_ours);
    CHECK(result_of(stanza, "word") == Unwrapping::not_ours);
    CHECK_FALSE(is_passphrase_stanza(stanza));
}
