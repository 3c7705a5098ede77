// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/note.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "tests/crypto/damage.h"

namespace custos::crypto {
namespace {

// The example of the specification, with the key that its tests use.
constexpr const char* kPoem =
    "Ognuno sta solo sul cuor della terra\n"
    "trafitto da un raggio di sole:\n"
    "\n"
    "ed è subito sera.\n"
    "\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0"
    "xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

SigningSeed seed_of(std::uint8_t byte) { return SigningSeed(Bytes(32, byte)); }
NoteKey key_of(std::uint8_t byte, std::string name = "example.org/log") {
    return {std::move(name), verify_key_of(seed_of(byte))};
}

std::string note_by(std::uint8_t byte, std::string_view text = "what was seen\n",
                    std::string_view name = "example.org/log") {
    return write_note({std::string(text), {sign_text(text, name, seed_of(byte))}});
}

TEST_CASE("parse_note reads the example of the specification", "[crypto][note]") {
    const auto note = parse_note(kPoem);
    REQUIRE(note);
    CHECK(note->text.substr(note->text.size() - 20) == "\ned è subito sera.\n");
    REQUIRE(note->signatures.size() == 1);
    CHECK(note->signatures[0].name == "quasimodo.example/salvatore");
    CHECK(hex(note->signatures[0].id) == "367ba04b");
    CHECK(note->signatures[0].signature.size() == 64);
    CHECK(write_note(*note) == kPoem);
}

// The example in the documentation of Go's golang.org/x/mod/sumdb/note.
TEST_CASE("open_note opens the example of Go's note package with its key", "[crypto][note]") {
    const NoteKey key =
        read_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    const std::string text =
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n";
    const std::string file =
        text +
        "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1F"
        "FYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    CHECK(open_note(file, {{key}}) == text);
}

TEST_CASE("a note opens with the key that signed it", "[crypto][note]") {
    const std::string file = note_by(1);
    CHECK(open_note(file, {{key_of(1)}}) == "what was seen\n");
    CHECK_FALSE(open_note(file, {}));
    CHECK_FALSE(open_note(file, {{key_of(2)}}));
    CHECK_FALSE(open_note(file, {{key_of(1, "example.org/other")}}));
}

TEST_CASE("no changed bit of a note is accepted", "[crypto][note]") {
    const std::string file = note_by(1);
    const std::vector<NoteKey> known = {key_of(1)};
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        CHECK_FALSE(open_note(test::flipped(file, bit), known));
    }
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK_FALSE(open_note(std::string_view(file).substr(0, size), known));
    }
    CHECK_FALSE(open_note(file + "\n", known));
    CHECK_FALSE(open_note(file + "x\n", known));
}

TEST_CASE("signatures of unknown keys are ignored, a wrong one of a known key is not",
          "[crypto][note]") {
    const std::string text = "what was seen\n";
    const NoteSignature good = sign_text(text, "example.org/log", seed_of(1));
    const NoteSignature stranger = sign_text(text, "witness.example", seed_of(2));
    NoteSignature foreign_type = stranger;  // another algorithm, as long as its own rules say
    foreign_type.id = {9, 9, 9, 9};
    foreign_type.signature = Bytes(4000, 7);
    NoteSignature wrong = good;
    wrong.signature[5] ^= 1;
    NoteSignature short_one = good;
    short_one.signature.pop_back();
    const std::vector<NoteKey> known = {key_of(1)};

    CHECK(open_note(write_note({text, {stranger, good, foreign_type}}), known));
    CHECK_FALSE(open_note(write_note({text, {stranger, foreign_type}}), known));
    CHECK_FALSE(open_note(write_note({text, {good, wrong}}), known));
    CHECK_FALSE(open_note(write_note({text, {wrong, good}}), known));
    CHECK_FALSE(open_note(write_note({text, {good, short_one}}), known));
    // The same name with another id, and the same id under another name, are other keys.
    NoteSignature other_id = wrong;
    other_id.id[0] ^= 1;
    NoteSignature other_name = wrong;
    other_name.name = "example.org/logs";
    CHECK(open_note(write_note({text, {good, other_id, other_name}}), known));
}

TEST_CASE("a note may have many signatures, up to the limit and not one more", "[crypto][note]") {
    const std::string text = "what was seen\n";
    Note note{text, {}};
    std::vector<NoteKey> known;
    for (std::uint8_t i = 0; i < kNoteSignaturesMax; ++i) {
        note.signatures.push_back(sign_text(text, "example.org/log", seed_of(i)));
        known.push_back(key_of(i));
    }
    CHECK(open_note(write_note(note), known));
    note.signatures.push_back(sign_text(text, "example.org/log", seed_of(200)));
    CHECK_FALSE(parse_note(write_note(note)));
}

TEST_CASE("a note is no larger than the limit", "[crypto][note]") {
    const auto sized = [](std::size_t size) {
        std::string text(size - note_by(1, "\n").size(), 'x');
        text += "\n";
        return note_by(1, text);
    };
    CHECK(sized(kNoteSizeMax).size() == kNoteSizeMax);
    CHECK(parse_note(sized(kNoteSizeMax)));
    CHECK_FALSE(parse_note(sized(kNoteSizeMax + 1)));
}

TEST_CASE("the text is split from its signatures at the last empty line", "[crypto][note]") {
    const std::string text = "one\n\n— example.org/log AAAAAAAA\n\nthree\n";
    CHECK(open_note(note_by(1, text), {{key_of(1)}}) == text);
}

TEST_CASE("parse_note refuses what is no note", "[crypto][note]") {
    const std::string line = "— example.org/log AAAAAAA=\n";
    CHECK(parse_note("text\n\n" + line));
    for (const std::string& file :
         {std::string(),
          std::string("\n"),
          std::string("\n\n"),
          "\n\n\n" + line + "\n",
          std::string("text\n\n"),
          "text\n" + line,
          "text\n\n" + line + "\n",
          "text\n\n" + line.substr(0, line.size() - 1),
          "text\n\n- example.org/log AAAAAAA=\n" + std::string(),
          std::string("text\n\n—example.org/log AAAAAAA=\n"),
          std::string("text\n\n— AAAAAAA=\n"),
          std::string("text\n\n—  AAAAAAA=\n"),
          std::string("text\n\n— a+b AAAAAAA=\n"),
          std::string("text\n\n— a\u3000b AAAAAAA=\n"),
          std::string("text\n\n— a AAAAAA==\n"),
          std::string("text\n\n— a AAAAAAB=\n"),
          std::string("text\n\n— a AAAAAAA\n"),
          std::string("text\n\n— a  AAAAAAA=\n"),
          std::string("text\n\n— a AAAAAAA= \n"),
          "te\txt\n\n" + line,
          "te\rxt\n\n" + line,
          "\xff\n\n" + line,
          std::string("a\0b\n\n", 5) + line,
          "text\n\n— " + std::string(kNoteNameMax + 1, 'n') + " AAAAAAA=\n"}) {
        INFO(file);
        CHECK_FALSE(parse_note(file));
    }
    CHECK(parse_note("text\n\n— " + std::string(kNoteNameMax, 'n') + " AAAAAAA=\n"));
}

TEST_CASE("sign_text signs lines of UTF-8 under a name without spaces", "[crypto][note]") {
    for (const char* const text : {"", "no end", "tab\t\n", "\xff\n", "cr\r\n"}) {
        CHECK_THROWS_AS(sign_text(text, "example.org/log", seed_of(1)), Error);
    }
    for (const char* const name : {"", "a b", "a+b", "a\u00a0b", "a\x7f", "\xff"}) {
        CHECK_FALSE(is_note_name(name));
        CHECK_THROWS_AS(sign_text("text\n", name, seed_of(1)), Error);
    }
    CHECK(is_note_name("custos/000102030405060708090a0b0c0d0e0f"));
}

TEST_CASE("a vkey is read back, and none that differs in one bit is", "[crypto][note]") {
    const NoteKey key = key_of(1);
    const std::string text = write_vkey(key);
    CHECK(read_vkey(text) == key);
    CHECK(text.substr(0, 24) == "example.org/log+" + hex(id_of(key)));
    for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
        CHECK_THROWS_AS(read_vkey(test::flipped(text, bit)), Error);
    }
    for (std::size_t size = 0; size < text.size(); ++size) {
        CHECK_THROWS_AS(read_vkey(std::string_view(text).substr(0, size)), Error);
    }
    CHECK_THROWS_AS(read_vkey(text + "\n"), Error);
}

TEST_CASE("read_vkey refuses keys of other algorithms", "[crypto][note]") {
    // A witness key (0x04) with its right id.
    Bytes typed = {0x04};
    append(typed, key_of(1).key.bytes);
    Bytes hashed = to_bytes(bytes_of("w\n"));
    append(hashed, typed);
    const std::string id = hex(ByteView(sha256(hashed).bytes).first(4));
    CHECK_THROWS_AS(read_vkey("w+" + id + "+" + base64(typed)), Error);
}

}  // namespace
}  // namespace custos::crypto
