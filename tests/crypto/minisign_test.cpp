// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/minisign.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "tests/crypto/damage.h"

namespace custos::crypto::minisign {
namespace {

SecretKey key_of(std::uint8_t byte) { return secret_key_of(SigningSeed(Bytes(32, byte))); }
FileHash hash_of(std::string_view text) { return Blake2b512().update(bytes_of(text)).finish(); }

// The same signature as minisign before 0.10 made it, over the file itself.
std::string legacy_signature(const SecretKey& key, std::string_view file,
                             std::string_view comment) {
    const Signature signature = crypto::sign(key.seed, bytes_of(file));
    Bytes global = to_bytes(signature);
    append(global, comment);
    Bytes blob = to_bytes(bytes_of("Ed"));
    append(blob, key.id);
    append(blob, signature);
    return "untrusted comment: old\n" + base64(blob) +
           "\ntrusted comment: " + std::string(comment) + "\n" +
           base64(crypto::sign(key.seed, global)) + "\n";
}

// Where line `number` (from 0) of `text` starts.
std::size_t line_start(std::string_view text, int number) {
    std::size_t at = 0;
    for (int i = 0; i < number; ++i) at = text.find('\n', at) + 1;
    return at;
}

TEST_CASE("a key id is shown as minisign shows it", "[crypto][minisign]") {
    CHECK(key_id_text({0x1F, 0xE8, 0xB4, 0x42, 0x18, 0x0F, 0x62, 0xE7}) == "E7620F1842B4E81F");
    CHECK(key_id_text({1, 2, 3, 4, 5, 6, 0, 0}) == "60504030201");
    CHECK(key_id_text({1, 0, 0, 0, 0, 0, 0, 0}) == "1");
    CHECK(key_id_text({}) == "0");
}

TEST_CASE("a public key is read from its file, from its line, and with the line ends of Windows",
          "[crypto][minisign]") {
    const PublicKey key = public_key_of(key_of(1));
    const std::string file = write_public_key(key);
    const std::string line = public_key_line(key);

    CHECK(file ==
          "untrusted comment: minisign public key " + key_id_text(key.id) + "\n" + line + "\n");
    CHECK(line.size() == 56);
    CHECK(read_public_key(file) == key);
    CHECK(read_public_key(line) == key);
    CHECK(read_public_key(line + "\n") == key);
    CHECK(read_public_key(file.substr(0, file.size() - 1)) == key);
    CHECK(read_public_key("untrusted comment: x\r\n" + line + "\r\n") == key);
}

TEST_CASE("read_public_key refuses what is no public key", "[crypto][minisign]") {
    const PublicKey key = public_key_of(key_of(1));
    const std::string file = write_public_key(key);
    const std::string line = public_key_line(key);
    const std::string too_long(kUntrustedCommentMax + 1, 'x');

    CHECK(read_public_key("untrusted comment: " + too_long.substr(1) + "\n" + line) == key);
    for (const std::string& text :
         {std::string(), std::string("\n"), std::string("RWQ"), line.substr(1), line + "A",
          line + "=", "comment: x\n" + line, "untrusted comment: " + too_long + "\n" + line,
          "untrusted comment: \x1b[2J\n" + line, "untrusted comment: \xff\n" + line,
          file + "more\n",
          "RXRv/LJ27jHl10fMd7ozqYIs8zOaPqWf6EjnWSqkOpOQiD1UJpOgCFm0" + std::string(),
          std::string(kFileSizeMax + 1, 'x')}) {
        CHECK_THROWS_AS(read_public_key(text), Error);
    }
    for (std::size_t size = 0; size < file.size() - 1; ++size) {
        CHECK_THROWS_AS(read_public_key(std::string_view(file).substr(0, size)), Error);
    }
}

TEST_CASE("a signature is authentic under its key and shows its trusted comment",
          "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string text =
        sign(key, hash_of("statement"), "index:7\tfile:statement.html", "ours");

    const Verification result = verify(public_key_of(key), text, hash_of("statement"));
    CHECK(result.verdict == Verdict::authentic);
    CHECK(result.trusted_comment == "index:7\tfile:statement.html");
    CHECK(result.claimed_id == key.id);
    CHECK(claimed_key_id(text) == key.id);
    CHECK(text.substr(0, 24) == "untrusted comment: ours\n");
}

TEST_CASE("verify tells another key from an altered file", "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string text = sign(key, hash_of("statement"), "comment");
    PublicKey same_id = public_key_of(key_of(2));
    same_id.id = key.id;

    CHECK(verify(public_key_of(key_of(2)), text, hash_of("statement")).verdict ==
          Verdict::wrong_key);
    CHECK(verify(same_id, text, hash_of("statement")).verdict == Verdict::altered);
    const Verification altered = verify(public_key_of(key), text, hash_of("statemenT"));
    CHECK(altered.verdict == Verdict::altered);
    CHECK(altered.trusted_comment.empty());
}

TEST_CASE("no changed bit behind the untrusted comment of a signature is accepted",
          "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string text = sign(key, hash_of("statement"), "index:7\tfile:statement.html");

    // The line feed at the very end may be anything that still ends the line, or be absent.
    for (std::size_t bit = line_start(text, 1) * 8; bit < (text.size() - 1) * 8; ++bit) {
        const Verification result =
            verify(public_key_of(key), test::flipped(text, bit), hash_of("statement"));
        CHECK(result.verdict != Verdict::authentic);
        CHECK(result.trusted_comment.empty());
    }
    for (std::size_t bit = 0; bit < 512; ++bit) {
        FileHash other = hash_of("statement");
        other[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK(verify(public_key_of(key), text, other).verdict == Verdict::altered);
    }
}

TEST_CASE("no cut-off or lengthened signature is accepted", "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string text = sign(key, hash_of("statement"), "comment");

    for (std::size_t size = 0; size < text.size() - 1; ++size) {
        const auto cut = std::string_view(text).substr(0, size);
        CHECK(verify(public_key_of(key), cut, hash_of("statement")).verdict == Verdict::malformed);
    }
    CHECK(verify(public_key_of(key), text + "\n", hash_of("statement")).verdict ==
          Verdict::malformed);
    CHECK(verify(public_key_of(key), text + "x", hash_of("statement")).verdict ==
          Verdict::malformed);
}

TEST_CASE("lines are not taken from two signatures", "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string one = sign(key, hash_of("one"), "file:one");
    const std::string two = sign(key, hash_of("two"), "file:two");
    const std::string mixed = one.substr(0, line_start(one, 2)) + two.substr(line_start(two, 2));

    CHECK(verify(public_key_of(key), mixed, hash_of("one")).verdict == Verdict::altered);
    CHECK(verify(public_key_of(key), mixed, hash_of("two")).verdict == Verdict::altered);
}

TEST_CASE("an old signature over the file itself is refused unless it is asked for",
          "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const std::string old = legacy_signature(key, "statement", "c");
    const std::string now = sign(key, hash_of("statement"), "c");
    const PublicKey known = public_key_of(key);

    CHECK(verify(known, old, hash_of("statement")).verdict == Verdict::malformed);
    CHECK(verify_legacy(known, old, bytes_of("statement")).verdict == Verdict::authentic);
    CHECK(verify_legacy(known, old, bytes_of("statemenT")).verdict == Verdict::altered);
    CHECK(verify_legacy(known, now, bytes_of("statement")).verdict == Verdict::malformed);
    // A signature over 64 bytes that happen to be a hash does not pass for one over the file.
    const FileHash hash = hash_of("statement");
    const std::string confused = legacy_signature(key, text_of(hash), "c");
    CHECK(verify(known, confused, hash).verdict == Verdict::malformed);
}

TEST_CASE("comments are a single line of text within minisign's limits, in both directions",
          "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const FileHash hash = hash_of("statement");
    const std::string longest(kTrustedCommentMax, 'x');
    const std::string longest_untrusted(kUntrustedCommentMax, 'x');

    CHECK(verify(public_key_of(key), sign(key, hash, longest, longest_untrusted), hash).verdict ==
          Verdict::authentic);
    CHECK(verify(public_key_of(key), sign(key, hash, "ភាសាខ្មែរ"), hash).trusted_comment ==
          "ភាសាខ្មែរ");
    CHECK_THROWS_AS(sign(key, hash, longest + "x"), Error);
    CHECK_THROWS_AS(sign(key, hash, "c", longest_untrusted + "x"), Error);
    for (const std::string_view bad :
         {"a\nb", "a\rb", "\x1b[31m", "\x7f", "\xff", "\xc2\x9b", "\xed\xa0\x80"}) {
        CHECK_THROWS_AS(sign(key, hash, bad), Error);
        CHECK_THROWS_AS(sign(key, hash, "c", bad), Error);
    }
    CHECK_THROWS_AS(sign(key, hash, std::string_view("a\0b", 3)), Error);
}

TEST_CASE("a well-signed trusted comment that is no text, or too long, is refused",
          "[crypto][minisign]") {
    const SecretKey key = key_of(1);
    const PublicKey known = public_key_of(key);
    const std::string longest(kTrustedCommentMax, 'x');

    CHECK(verify_legacy(known, legacy_signature(key, "f", longest), bytes_of("f")).verdict ==
          Verdict::authentic);
    for (const std::string& comment :
         {longest + "x", std::string("\x1b]0;title\x07"), std::string("\xff"),
          std::string("a\0b", 3), std::string("\xc2\x9b")}) {
        CHECK(verify_legacy(known, legacy_signature(key, "f", comment), bytes_of("f")).verdict ==
              Verdict::malformed);
    }
}

TEST_CASE("a seed has one key id, and another seed another", "[crypto][minisign]") {
    CHECK(key_of(1).id == key_of(1).id);
    CHECK(key_of(1).id != key_of(2).id);
    CHECK(public_key_of(key_of(1)).key == verify_key_of(SigningSeed(Bytes(32, 1))));
}

}  // namespace
}  // namespace custos::crypto::minisign
