// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/checkpoint.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "tests/crypto/damage.h"

namespace custos::crypto {
namespace {

constexpr const char* kRoot = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

// The example of the specification.
const std::string kText = std::string("example.com/behind-the-sofa\n20852163\n") + kRoot + "\n";
const std::string kNote = kText +
                          "\n— example.com/behind-the-sofa "
                          "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGz"
                          "Gku9nTo+zyWE+xeMcTOAYQ8=\n";

SigningSeed seed_of(std::uint8_t byte) { return SigningSeed(Bytes(32, byte)); }
NoteKey key_of(std::uint8_t byte, const std::string& name) {
    return {name, verify_key_of(seed_of(byte))};
}

const Checkpoint kOurs = {"custos/000102030405060708090a0b0c0d0e0f", 42, leaf_hash({})};

TEST_CASE("a checkpoint has the text of the specification's example", "[crypto][checkpoint]") {
    const auto checkpoint = parse_checkpoint_text(kText);
    REQUIRE(checkpoint);
    CHECK(checkpoint->origin == "example.com/behind-the-sofa");
    CHECK(checkpoint->size == 20852163);
    CHECK(base64(checkpoint->root.bytes) == kRoot);
    CHECK(checkpoint_text(*checkpoint) == kText);
    CHECK(peek_checkpoint(kNote) == checkpoint);
}

TEST_CASE("a checkpoint opens with the key that signed it under the log's name",
          "[crypto][checkpoint]") {
    const std::string note = sign_checkpoint(kOurs, seed_of(1));
    const std::vector<NoteKey> known = {key_of(1, kOurs.origin)};

    CHECK(open_checkpoint(note, known) == kOurs);
    CHECK(peek_checkpoint(note) == kOurs);
    CHECK_FALSE(open_checkpoint(note, {}));
    CHECK_FALSE(open_checkpoint(note, {{key_of(2, kOurs.origin)}}));
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        CHECK_FALSE(open_checkpoint(test::flipped(note, bit), known));
    }
    for (std::size_t size = 0; size < note.size(); ++size) {
        CHECK_FALSE(open_checkpoint(std::string_view(note).substr(0, size), known));
    }
}

TEST_CASE("the signature of another known key alone does not make a checkpoint",
          "[crypto][checkpoint]") {
    const std::string text = checkpoint_text(kOurs);
    const NoteSignature own = sign_text(text, kOurs.origin, seed_of(1));
    const NoteSignature witness = sign_text(text, "witness.example", seed_of(2));
    const std::vector<NoteKey> known = {key_of(1, kOurs.origin), key_of(2, "witness.example")};

    CHECK(open_checkpoint(write_note({text, {own, witness}}), known));
    CHECK(open_checkpoint(write_note({text, {own}}), known));
    CHECK_FALSE(open_checkpoint(write_note({text, {witness}}), known));
    NoteSignature wrong = witness;
    wrong.signature[0] ^= 1;
    CHECK_FALSE(open_checkpoint(write_note({text, {own, wrong}}), known));
}

TEST_CASE("a well-signed note that is no checkpoint is not opened as one", "[crypto][checkpoint]") {
    const std::string text = "what was seen\n";
    const std::string note = write_note({text, {sign_text(text, kOurs.origin, seed_of(1))}});
    CHECK(open_note(note, {{key_of(1, kOurs.origin)}}));
    CHECK_FALSE(open_checkpoint(note, {{key_of(1, kOurs.origin)}}));
}

TEST_CASE("extension lines are read over", "[crypto][checkpoint]") {
    CHECK(parse_checkpoint_text(kText + "extension\nanother\n") == parse_checkpoint_text(kText));
    CHECK_FALSE(parse_checkpoint_text(kText + "\n"));
    CHECK_FALSE(parse_checkpoint_text(kText + "extension"));
}

TEST_CASE("parse_checkpoint_text refuses every other form", "[crypto][checkpoint]") {
    const std::string root = std::string(kRoot) + "\n";
    CHECK(parse_checkpoint_text("o\n0\n" + root));
    CHECK(parse_checkpoint_text("o\n9223372036854775807\n" + root));
    for (const std::string& text :
         {std::string(), std::string("o\n"), std::string("o\n1\n"), "\n1\n" + root, "o\n\n" + root,
          "o\n01\n" + root, "o\n+1\n" + root, "o\n-1\n" + root, "o\n1 \n" + root, "o\n0x1\n" + root,
          "o\n9223372036854775808\n" + root, "o\n18446744073709551616\n" + root,
          "o\n1\n" + root.substr(0, root.size() - 1), "o\n1\n" + root.substr(1), "o\n1\n=" + root,
          std::string("o\n1\nAAAA\n"), std::string("o\n1\n\n"), "o\n1\n\n" + root}) {
        INFO(text);
        CHECK_FALSE(parse_checkpoint_text(text));
    }
}

TEST_CASE("sign_checkpoint refuses an origin that no key could have for a name",
          "[crypto][checkpoint]") {
    for (const char* const origin : {"", "two words", "a+b", "line\nfeed"}) {
        CHECK_THROWS_AS(sign_checkpoint({origin, 1, {}}, seed_of(1)), Error);
    }
}

}  // namespace
}  // namespace custos::crypto
