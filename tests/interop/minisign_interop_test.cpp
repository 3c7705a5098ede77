// SPDX-License-Identifier: GPL-3.0-or-later
// minisign and OpenBSD's signify: they accept what we write, we accept what they write.
#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/minisign.h"
#include "tests/interop/program.h"

namespace custos::crypto::minisign {
namespace {

using test::program_or_skip;
using test::run;
using test::ScratchFolder;

SecretKey some_key() { return secret_key_of(SigningSeed(Bytes(32, 3))); }
FileHash hash_of(std::string_view text) { return Blake2b512().update(bytes_of(text)).finish(); }
std::string some_file(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(i * 7 + i / 251));
    return text;
}

// Our key and a file signed with it, where minisign looks for them.
void write_signed(const ScratchFolder& scratch, std::string_view file, std::string_view comment) {
    scratch.write("our.pub", write_public_key(public_key_of(some_key())));
    scratch.write("file", file);
    scratch.write("file.minisig", sign(some_key(), hash_of(file), comment));
}
bool minisign_accepts(const ScratchFolder& scratch, const char* key = "our.pub") {
    return run(scratch, {"minisign", "-V", "-p", key, "-m", "file"}).succeeded();
}

TEST_CASE("minisign verifies files of any size that we signed", "[interop][minisign]") {
    program_or_skip("minisign");
    for (const std::size_t size : {0U, 1U, 127U, 128U, 129U, 65536U, 1000003U}) {
        const ScratchFolder scratch;
        write_signed(scratch, some_file(size), "index:7\tfile:file");

        const auto shown = run(scratch, {"minisign", "-V", "-Q", "-p", "our.pub", "-m", "file"});
        CHECK(shown.succeeded());
        CHECK(shown.out == "index:7\tfile:file\n");
        const std::string line = public_key_line(public_key_of(some_key()));
        CHECK(run(scratch, {"minisign", "-V", "-P", line, "-m", "file"}).succeeded());
        scratch.write("file", some_file(size) + "x");
        CHECK_FALSE(minisign_accepts(scratch));
    }
}

TEST_CASE("minisign and we have the same limits for comments", "[interop][minisign]") {
    program_or_skip("minisign");
    const ScratchFolder scratch;
    const std::string longest(kTrustedCommentMax, 't');
    const std::string longest_untrusted(kUntrustedCommentMax, 'u');
    write_signed(scratch, "text", longest);
    scratch.write("file.minisig", sign(some_key(), hash_of("text"), longest, longest_untrusted));
    CHECK(minisign_accepts(scratch));

    // One byte more, signed all the same.
    const std::string text = sign(some_key(), hash_of("text"), longest);
    const std::size_t second = text.find('\n') + 1;
    const Bytes blob = *from_base64(text.substr(second, text.find('\n', second) - second));
    Bytes global(blob.end() - 64, blob.end());
    append(global, longest + "t");
    scratch.write("file.minisig", text.substr(0, text.find("trusted comment", second)) +
                                      "trusted comment: " + longest + "t\n" +
                                      base64(crypto::sign(some_key().seed, global)) + "\n");
    CHECK_FALSE(minisign_accepts(scratch));
    CHECK(
        verify(public_key_of(some_key()), scratch.read("file.minisig"), hash_of("text")).verdict ==
        Verdict::malformed);
}

TEST_CASE("we verify what minisign signs, hashed and old", "[interop][minisign]") {
    program_or_skip("minisign");
    const ScratchFolder scratch;
    REQUIRE(
        run(scratch, {"minisign", "-G", "-W", "-p", "their.pub", "-s", "their.key"}).succeeded());
    const PublicKey key = read_public_key(scratch.read("their.pub"));
    CHECK(scratch.read("their.pub") == write_public_key(key));

    for (const std::size_t size : {0U, 1U, 65536U, 1000003U}) {
        const std::string file = some_file(size);
        scratch.write("file", file);
        REQUIRE(run(scratch, {"minisign", "-S", "-s", "their.key", "-m", "file", "-t", "trust me"})
                    .succeeded());
        const auto result = verify(key, scratch.read("file.minisig"), hash_of(file));
        CHECK(result.verdict == Verdict::authentic);
        CHECK(result.trusted_comment == "trust me");

        REQUIRE(
            run(scratch, {"minisign", "-S", "-l", "-s", "their.key", "-m", "file"}).succeeded());
        const std::string old = scratch.read("file.minisig");
        CHECK(verify(key, old, hash_of(file)).verdict == Verdict::malformed);
        CHECK(verify_legacy(key, old, bytes_of(file)).verdict == Verdict::authentic);
    }
}

TEST_CASE("we open the secret keys that minisign makes", "[interop][minisign]") {
    program_or_skip("minisign");
    const ScratchFolder scratch;
    REQUIRE(run(scratch, {"minisign", "-G", "-W", "-p", "open.pub", "-s", "open.key"}).succeeded());
    const SecretBytes open_file(bytes_of(scratch.read("open.key")));
    CHECK_FALSE(needs_password(open_file));
    const auto open_key = read_secret_key(open_file, {});
    REQUIRE(open_key);
    CHECK(write_public_key(public_key_of(*open_key)) == scratch.read("open.pub"));
    CHECK(to_bytes(write_secret_key_unprotected(*open_key).reveal()) ==
          to_bytes(open_file.reveal()));

    REQUIRE(run(scratch, {"minisign", "-G", "-p", "shut.pub", "-s", "shut.key"}, "secret\nsecret\n")
                .succeeded());
    const SecretBytes shut_file(bytes_of(scratch.read("shut.key")));
    CHECK(needs_password(shut_file));
    const auto shut_key = read_secret_key(shut_file, SecretBytes(bytes_of("secret")));
    REQUIRE(shut_key);
    CHECK(write_public_key(public_key_of(*shut_key)) == scratch.read("shut.pub"));
}

TEST_CASE("minisign signs with the secret keys that we write", "[interop][minisign]") {
    program_or_skip("minisign");
    const ScratchFolder scratch;
    write_signed(scratch, "text", "ours");
    const SecretBytes password(bytes_of("secret"));
    scratch.write("open.key", text_of(write_secret_key_unprotected(some_key()).reveal()));
    scratch.write("shut.key",
                  text_of(write_secret_key(some_key(), password, {524'288, 16U << 20U}).reveal()));

    CHECK(run(scratch, {"minisign", "-S", "-s", "open.key", "-m", "file"}).succeeded());
    CHECK(minisign_accepts(scratch));
    CHECK(
        run(scratch, {"minisign", "-S", "-s", "shut.key", "-m", "file", "-t", "theirs"}, "secret\n")
            .succeeded());
    CHECK(minisign_accepts(scratch));
    const auto result =
        verify(public_key_of(some_key()), scratch.read("file.minisig"), hash_of("text"));
    CHECK(result.verdict == Verdict::authentic);
    CHECK(result.trusted_comment == "theirs");
    CHECK_FALSE(
        run(scratch, {"minisign", "-S", "-s", "shut.key", "-m", "file"}, "wrong\n").succeeded());
}

TEST_CASE("signify takes our public key for minisign's old signatures", "[interop][minisign]") {
    program_or_skip("minisign");
    program_or_skip("signify-openbsd");
    const ScratchFolder scratch;
    write_signed(scratch, "text", "ours");
    scratch.write("our.key", text_of(write_secret_key_unprotected(some_key()).reveal()));
    REQUIRE(run(scratch, {"minisign", "-S", "-l", "-s", "our.key", "-m", "file"}).succeeded());

    const std::vector<std::string> check = {"signify-openbsd", "-V", "-p",  "our.pub", "-x",
                                            "file.minisig",    "-m", "file"};
    CHECK(run(scratch, check).succeeded());
    scratch.write("file", "texT");
    CHECK_FALSE(run(scratch, check).succeeded());
}

TEST_CASE("signify's keys are read, its signatures are not taken for minisign's",
          "[interop][minisign]") {
    program_or_skip("signify-openbsd");
    const ScratchFolder scratch;
    scratch.write("file", "text");
    REQUIRE(
        run(scratch, {"signify-openbsd", "-G", "-n", "-p", "s.pub", "-s", "s.sec"}).succeeded());
    REQUIRE(run(scratch, {"signify-openbsd", "-S", "-s", "s.sec", "-m", "file"}).succeeded());

    const PublicKey key = read_public_key(scratch.read("s.pub"));
    CHECK(verify_legacy(key, scratch.read("file.sig"), bytes_of("text")).verdict ==
          Verdict::malformed);
    // It is a genuine Ed25519 signature all the same: their key is ours.
    scratch.write("our.pub", write_public_key(key));
    CHECK(run(scratch, {"signify-openbsd", "-V", "-p", "our.pub", "-x", "file.sig", "-m", "file"})
              .succeeded());
}

}  // namespace
}  // namespace custos::crypto::minisign
