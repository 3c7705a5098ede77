// SPDX-License-Identifier: GPL-3.0-or-later
// age files both ways with the age program and with the npm package age-encryption. Which of them
// knows post-quantum recipients: the package does, the program from version 1.3 on. Passphrases are
// tried with the package alone: the program takes them from a terminal only.
#include <cstdlib>
#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include "crypto/age/age.h"
#include "crypto/random.h"
#include "tests/interop/program.h"

namespace custos::crypto::age {
namespace {

using test::program_or_skip;
using test::Run;
using test::run;
using test::ScratchFolder;

const std::string kPeer = CUSTOS_INTEROP_DIR "/age_peer.mjs";
constexpr std::size_t kSizes[] = {0, 1, 65535, 65536, 65537, 131072, 1000003};
constexpr unsigned kCheap = 4;
// Not ASCII: what is hashed is UTF-8.
const std::string kPassphrase = "ភ្លៀង rain дождь";

std::string packages_or_skip() {
    program_or_skip("node");
    const char* const given = std::getenv("CUSTOS_NPM");  // NOLINT(concurrency-mt-unsafe)
    const std::filesystem::path packages =
        given != nullptr ? given : CUSTOS_INTEROP_DIR "/../../.deps/npm";
    if (!std::filesystem::exists(packages / "node_modules/age-encryption")) {
        SKIP("no npm package age-encryption here: ./dev test brings it, or set CUSTOS_NPM");
    }
    return std::filesystem::absolute(packages).string();
}

// Skips post-quantum keys where the age program is too old for them.
bool program_knows(KeyKind kind, const ScratchFolder& scratch) {
    if (kind == KeyKind::x25519) return true;
    const std::string recipient = Identity::random(kind).recipient().text();
    scratch.write("nothing", "");
    return run(scratch, {"age", "-e", "-r", recipient, "-o", "probe", "nothing"}).succeeded();
}

struct KeyPair {
    std::vector<Identity> identities;
    std::string recipient;
    std::string identity;
};

KeyPair random_pair(KeyKind kind) {
    KeyPair pair;
    pair.identities.push_back(Identity::random(kind));
    pair.recipient = pair.identities[0].recipient().text();
    pair.identity = to_string(pair.identities[0].text().reveal());
    return pair;
}

std::vector<SecretBytes> passphrase_list() {
    std::vector<SecretBytes> list;
    list.emplace_back(bytes_of(kPassphrase));
    return list;
}

void check_opens(const std::string& file, const std::vector<Identity>& identities,
                 const Bytes& plain) {
    const Decrypted result = decrypt(bytes_of(file), identities);
    CHECK(name_of(result.verdict) == "success");
    CHECK(result.plain == plain);
}

void check_program_both_ways(KeyKind kind) {
    const ScratchFolder scratch;
    if (!program_knows(kind, scratch))
        SKIP("this age program is too old for post-quantum recipients");
    const KeyPair pair = random_pair(kind);
    scratch.write("key", to_string(write_identity_file(pair.identities[0], "a test").reveal()));
    for (const std::size_t size : kSizes) {
        for (const Armored armored : {Armored::no, Armored::yes}) {
            INFO(size << " bytes, armored: " << (armored == Armored::yes));
            const Bytes plain = random_bytes(size);
            scratch.write("plain", text_of(plain));

            const Bytes ours = encrypt(std::vector{pair.identities[0].recipient()}, plain, armored);
            scratch.write("ours", text_of(ours));
            const Run opening = run(scratch, {"age", "-d", "-i", "key", "-o", "opened", "ours"});
            INFO(opening.out);
            CHECK(opening.succeeded());
            // The program writes no file when there is nothing to write.
            if (size > 0) CHECK(to_bytes(bytes_of(scratch.read("opened"))) == plain);

            std::vector<std::string> seal = {"age", "-e", "-r", pair.recipient, "-o", "theirs"};
            if (armored == Armored::yes) seal.emplace_back("-a");
            seal.emplace_back("plain");
            REQUIRE(run(scratch, seal).succeeded());
            check_opens(scratch.read("theirs"), pair.identities, plain);
        }
    }
}

TEST_CASE("age opens what we seal to X25519, and we what it seals", "[interop][age]") {
    program_or_skip("age");
    check_program_both_ways(KeyKind::x25519);
}

TEST_CASE("age opens what we seal to post-quantum recipients, and we what it seals",
          "[interop][age]") {
    program_or_skip("age");
    check_program_both_ways(KeyKind::post_quantum);
}

TEST_CASE("age refuses our file once it is changed", "[interop][age]") {
    program_or_skip("age");
    const ScratchFolder scratch;
    const KeyPair pair = random_pair(KeyKind::x25519);
    scratch.write("key", pair.identity + "\n");
    Bytes file = encrypt(std::vector{pair.identities[0].recipient()}, Bytes(10));
    file.back() ^= 1U;
    scratch.write("ours", text_of(file));
    CHECK_FALSE(run(scratch, {"age", "-d", "-i", "key", "ours"}).succeeded());
}

TEST_CASE("age-keygen takes our identities and sees the same recipients", "[interop][age]") {
    program_or_skip("age-keygen");
    const ScratchFolder scratch;
    const KeyPair pair = random_pair(KeyKind::x25519);
    scratch.write("key", to_string(write_identity_file(pair.identities[0], "a test").reveal()));
    CHECK(run(scratch, {"age-keygen", "-y", "key"}).out == pair.recipient + "\n");

    REQUIRE(run(scratch, {"age-keygen", "-o", "theirs"}).succeeded());
    const auto theirs = parse_identity_file(SecretBytes(bytes_of(scratch.read("theirs"))));
    REQUIRE(theirs.size() == 1);
    CHECK(run(scratch, {"age-keygen", "-y", "theirs"}).out == theirs[0].recipient().text() + "\n");
}

TEST_CASE("the npm package and we open each other's files", "[interop][age]") {
    const std::string packages = packages_or_skip();
    const ScratchFolder scratch;
    for (const KeyKind kind : {KeyKind::post_quantum, KeyKind::x25519}) {
        const KeyPair pair = random_pair(kind);
        CHECK(run(scratch, {"node", kPeer, packages, "recipient", pair.identity}).out ==
              pair.recipient);
        for (const std::size_t size : kSizes) {
            INFO(size << " bytes");
            const Bytes plain = random_bytes(size);
            scratch.write("plain", text_of(plain));

            scratch.write("ours",
                          text_of(encrypt(std::vector{pair.identities[0].recipient()}, plain)));
            const Run opening =
                run(scratch, {"node", kPeer, packages, "open", pair.identity, "ours", "opened"});
            INFO(opening.out);
            CHECK(opening.succeeded());
            CHECK(to_bytes(bytes_of(scratch.read("opened"))) == plain);

            const Run sealing =
                run(scratch, {"node", kPeer, packages, "seal", pair.recipient, "plain", "theirs"});
            INFO(sealing.out);
            REQUIRE(sealing.succeeded());
            check_opens(scratch.read("theirs"), pair.identities, plain);
        }
    }
}

TEST_CASE("the npm package and we open each other's passphrase files", "[interop][age]") {
    const std::string packages = packages_or_skip();
    const ScratchFolder scratch;
    const std::string key = "passphrase:" + kPassphrase;
    scratch.write("plain", "plain");
    scratch.write("ours",
                  text_of(encrypt(SecretBytes(bytes_of(kPassphrase)), bytes_of("plain"), kCheap)));
    REQUIRE(run(scratch, {"node", kPeer, packages, "open", key, "ours", "opened"}).succeeded());
    CHECK(scratch.read("opened") == "plain");

    REQUIRE(run(scratch, {"node", kPeer, packages, "seal", key, "plain", "theirs"}).succeeded());
    const Decrypted result = decrypt(bytes_of(scratch.read("theirs")), {}, passphrase_list());
    CHECK(text_of(result.plain) == "plain");
}

}  // namespace
}  // namespace custos::crypto::age
