// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/header.h"

#include <algorithm>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "tests/crypto/damage.h"

using namespace custos;
using namespace custos::crypto::age;
using custos::test::flipped;

namespace {

const PayloadNonce kNonce = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

Stanza stanza_of(std::size_t body_size) { return {"test", {"one", "two"}, Bytes(body_size, 7)}; }

Bytes written(const std::vector<Stanza>& stanzas) {
    return write_header(stanzas, FileKey{}, kNonce);
}

HeaderState state_of(ByteView file) { return read_header(file).state; }
HeaderState state_of(const std::string& file) { return read_header(bytes_of(file)).state; }

// A header with these lines between the version and the MAC, and a MAC that nobody checks here.
std::string with_lines(const std::string& lines) {
    return std::string(kVersionLine) + lines + "--- " + std::string(43, 'A') + "\n" +
           std::string(kPayloadNonceSize, 'n');
}

}  // namespace

TEST_CASE("read_header reads what write_header wrote", "[crypto][age][header]") {
    for (std::size_t body = 0; body < 200; ++body) {
        const std::vector<Stanza> stanzas = {stanza_of(body), {"!", {}, {}}, stanza_of(48)};
        Bytes file = written(stanzas);
        const std::size_t size = file.size();
        append(file, "the payload");

        const ReadHeader read = read_header(file);

        REQUIRE(read.state == HeaderState::complete);
        CHECK(read.header.stanzas == stanzas);
        CHECK(read.header.nonce == kNonce);
        CHECK(read.header.size() == size);
        CHECK(is_authentic(read.header, FileKey{}));
        CHECK_FALSE(is_authentic(read.header, FileKey::random()));
    }
}

TEST_CASE("read_header asks for more for every prefix of a header", "[crypto][age][header]") {
    const Bytes file = written({stanza_of(100), stanza_of(10)});
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK(state_of(ByteView(file).first(size)) == HeaderState::needs_more);
    }
    CHECK(state_of(file) == HeaderState::complete);
}

TEST_CASE("no bit of a header can change unnoticed", "[crypto][age][header]") {
    const Bytes file = written({stanza_of(100), {"short", {}, {}}});
    const std::size_t nonce_at = file.size() - kPayloadNonceSize;
    for (std::size_t bit = 0; bit < nonce_at * 8; ++bit) {
        const ReadHeader read = read_header(flipped(file, bit));
        INFO(bit);
        CHECK((read.state != HeaderState::complete || !is_authentic(read.header, FileKey{})));
    }
    // The nonce is no part of what the MAC covers: another nonce is another payload key.
    for (std::size_t bit = nonce_at * 8; bit < file.size() * 8; ++bit) {
        CHECK(read_header(flipped(file, bit)).header.nonce != kNonce);
    }
}

TEST_CASE("read_header knows another file by its first bytes", "[crypto][age][header]") {
    CHECK(state_of(std::string("b")) == HeaderState::malformed);
    CHECK(state_of(std::string("age-encryption.org/v2")) == HeaderState::malformed);
    CHECK(state_of(std::string("age-encryption.org/v1\r\n")) == HeaderState::malformed);
    CHECK(state_of(std::string(" age-encryption.org/v1\n")) == HeaderState::malformed);
}

TEST_CASE("read_header refuses lines that the grammar forbids", "[crypto][age][header]") {
    REQUIRE(state_of(with_lines("-> a\n\n")) == HeaderState::complete);
    REQUIRE(state_of(with_lines("-> a b c\nAAAA\n")) == HeaderState::complete);
    const std::string full(64, 'A');
    REQUIRE(state_of(with_lines("-> a\n" + full + "\n\n")) == HeaderState::complete);

    for (const std::string& lines : {
             std::string(),                       // no stanza
             std::string("-> \n\n"),              // no type
             std::string("->a\n\n"),              // no space
             std::string("->  a\n\n"),            // two
             std::string("-> a  b\n\n"),          // two further on
             std::string("-> a \n\n"),            // one at the end
             std::string("-> a\tb\n\n"),          // not a space
             std::string("-> \xc3\xa4\n\n"),      // not ASCII
             std::string("-> a\x7f\n\n"),         // not printable
             std::string("-> a\r\n\r\n"),         // CR LF
             std::string("-> a\n"),               // no body
             std::string("-> a\nAAAA\n\n"),       // two last lines
             std::string("-> a\nAAA=\n"),         // padding
             std::string("-> a\nAAAAA\n"),        // a length that base64 has not
             std::string("-> a\nAAB\n"),          // trailing bits
             std::string("-> a\nAA A\n"),         // white space
             "-> a\n" + full + "\n",              // a full line and no last one
             "-> a\n" + full + "A\n\n",           // too long a line
             std::string("-> a\n\n\n"),           // an empty line between
             std::string("-- a\n\n"),             // no stanza's mark
             std::string("# comment\n-> a\n\n"),  // comments there are not
         }) {
        INFO(lines);
        CHECK(state_of(with_lines(lines)) == HeaderState::malformed);
    }
}

TEST_CASE("read_header refuses a MAC line in another form", "[crypto][age][header]") {
    const std::string start = std::string(kVersionLine) + "-> a\n\n";
    const std::string nonce(kPayloadNonceSize, 'n');
    for (const std::string& line : {
             "---" + std::string(43, 'A'),
             "---  " + std::string(43, 'A'),
             "--- " + std::string(42, 'A'),
             "--- " + std::string(44, 'A'),
             "--- " + std::string(43, 'A') + "=",
             "--- " + std::string(42, 'A') + "B",
             "--- " + std::string(43, 'A') + " ",
             "--- " + std::string(43, 'A') + "\r",
             "---- " + std::string(42, 'A'),
             std::string("---"),
         }) {
        INFO(line);
        CHECK(state_of(start + line + "\n" + nonce) == HeaderState::malformed);
    }
}

TEST_CASE("a header has at most kStanzasMax stanzas", "[crypto][age][header]") {
    const std::vector<Stanza> most(kStanzasMax, stanza_of(32));
    std::vector<Stanza> more = most;
    more.push_back(stanza_of(32));
    CHECK(state_of(written(most)) == HeaderState::complete);
    CHECK_THROWS_AS(written(more), Error);
    CHECK_THROWS_AS(written({}), Error);

    std::string lines;
    for (std::size_t i = 0; i <= kStanzasMax; ++i) lines += "-> a\n\n";
    CHECK(state_of(with_lines(lines)) == HeaderState::malformed);
    CHECK(state_of(with_lines(lines.substr(6))) == HeaderState::complete);
}

TEST_CASE("a header has at most kHeaderSizeMax bytes", "[crypto][age][header]") {
    const std::size_t rest = with_lines("-> \n\n").size();
    const std::string longest =
        with_lines("-> " + std::string(kHeaderSizeMax - rest, 'a') + "\n\n");
    const std::string longer =
        with_lines("-> " + std::string(kHeaderSizeMax - rest + 1, 'a') + "\n\n");
    REQUIRE(longest.size() == kHeaderSizeMax);
    CHECK(state_of(longest) == HeaderState::complete);
    CHECK(state_of(longest + "payload") == HeaderState::complete);
    CHECK(state_of(longer) == HeaderState::malformed);

    CHECK_NOTHROW(written({{std::string(kHeaderSizeMax - rest, 'a'), {}, {}}}));
    CHECK_THROWS_AS(written({{std::string(kHeaderSizeMax - rest + 1, 'a'), {}, {}}}), Error);

    // A line without an end is not waited for for ever.
    const std::string endless =
        std::string(kVersionLine) + "-> " + std::string(kHeaderSizeMax, 'a');
    CHECK(state_of(endless.substr(0, kHeaderSizeMax - 1)) == HeaderState::needs_more);
    CHECK(state_of(endless.substr(0, kHeaderSizeMax)) == HeaderState::malformed);
}

TEST_CASE("write_header refuses stanzas that could not be read back", "[crypto][age][header]") {
    for (const Stanza& stanza : {Stanza{"", {}, {}}, Stanza{"a b", {}, {}}, Stanza{"a", {""}, {}},
                                 Stanza{"a", {"b\n"}, {}}, Stanza{"\x7f", {}, {}}}) {
        CHECK_THROWS_AS(written({stanza}), Error);
    }
}

TEST_CASE("the payload's key depends on the file key and the nonce", "[crypto][age][header]") {
    const FileKey file_key = FileKey::random();
    const auto key_of = [](const FileKey& key, const PayloadNonce& nonce) {
        return to_bytes(payload_key(key, nonce).reveal());
    };
    PayloadNonce other = kNonce;
    other[15] ^= 1U;
    CHECK(key_of(file_key, kNonce) == key_of(file_key, kNonce));
    CHECK(key_of(file_key, kNonce) != key_of(file_key, other));
    CHECK(key_of(file_key, kNonce) != key_of(FileKey::random(), kNonce));
}
