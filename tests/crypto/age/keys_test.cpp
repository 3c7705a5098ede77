// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/keys.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

using namespace custos;
using namespace custos::crypto::age;

namespace {

constexpr KeyKind kKinds[] = {KeyKind::post_quantum, KeyKind::x25519};

// From the C2SP age specification: the identity of its X25519 test vectors.
constexpr std::string_view kKnownIdentity =
    "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

std::string text_of_identity(const Identity& identity) {
    return to_string(identity.text().reveal());
}

std::vector<Identity> parse_file(const std::string& text) {
    return parse_identity_file(SecretBytes(bytes_of(text)));
}

}  // namespace

TEST_CASE("an identity's text reads back as the same identity", "[crypto][age][keys]") {
    for (const KeyKind kind : kKinds) {
        const Identity identity = Identity::random(kind);
        const SecretBytes text = identity.text();

        const auto read = Identity::parse(text.reveal());

        REQUIRE(read);
        CHECK(read->kind() == kind);
        CHECK(read->recipient() == identity.recipient());
        CHECK(text_of_identity(*read) == to_string(text.reveal()));
        CHECK(text_of_identity(identity.duplicate()) == to_string(text.reveal()));
    }
}

TEST_CASE("a recipient's text reads back as the same recipient", "[crypto][age][keys]") {
    for (const KeyKind kind : kKinds) {
        const Recipient recipient = Identity::random(kind).recipient();
        const auto read = Recipient::parse(recipient.text());
        REQUIRE(read);
        CHECK(*read == recipient);
        CHECK(read->kind() == kind);
    }
}

TEST_CASE("keys look the way age writes them", "[crypto][age][keys]") {
    const Identity post_quantum = Identity::random(KeyKind::post_quantum);
    const Identity classic = Identity::random(KeyKind::x25519);
    CHECK(text_of_identity(post_quantum).starts_with("AGE-SECRET-KEY-PQ-1"));
    CHECK(text_of_identity(classic).starts_with("AGE-SECRET-KEY-1"));
    CHECK(post_quantum.recipient().text().starts_with("age1pq1"));
    CHECK(post_quantum.recipient().text().size() == 1959);
    CHECK(classic.recipient().text().starts_with("age1"));
    CHECK(classic.recipient().text().size() == 62);
}

TEST_CASE("one seed gives one identity of each kind", "[crypto][age][keys]") {
    for (const KeyKind kind : kKinds) {
        const Identity one(kind, IdentitySeed());
        const Identity same(kind, IdentitySeed());
        CHECK(one.recipient() == same.recipient());

        BriefSeed seed;
        Bytes text(identity_text_size(kind));
        write_identity_text(kind, seed.reveal(), text);
        CHECK(recipient_of(kind, seed.reveal()) == one.recipient());
        CHECK(to_string(text) == text_of_identity(one));
    }
    CHECK(Identity::random(KeyKind::x25519).recipient() !=
          Identity::random(KeyKind::x25519).recipient());
}

TEST_CASE("an identity's text is refused with any character changed", "[crypto][age][keys]") {
    const std::string text(kKnownIdentity);
    REQUIRE(Identity::parse(bytes_of(text)));
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = changed[at] == 'Q' ? 'P' : 'Q';
        CHECK_FALSE(Identity::parse(bytes_of(changed)));
        CHECK_FALSE(Identity::parse(bytes_of(text.substr(0, at))));
    }
    CHECK_FALSE(Identity::parse(bytes_of(text + "\n")));
    CHECK_FALSE(Identity::parse(bytes_of(" " + text)));
    std::string lower = text;
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    CHECK_FALSE(Identity::parse(bytes_of(lower)));
}

TEST_CASE("a recipient's text is no identity, and the other way round", "[crypto][age][keys]") {
    for (const KeyKind kind : kKinds) {
        const Identity identity = Identity::random(kind);
        CHECK_FALSE(Identity::parse(bytes_of(identity.recipient().text())));
        CHECK_FALSE(Recipient::parse(text_of_identity(identity)));
    }
    CHECK_FALSE(Recipient::parse(""));
    CHECK_FALSE(Recipient::parse("age1"));
    CHECK_FALSE(Recipient::parse("ssh-ed25519 AAAA"));
}

TEST_CASE("an identity file reads back", "[crypto][age][keys]") {
    for (const KeyKind kind : kKinds) {
        const Identity identity = Identity::random(kind);

        const SecretBytes file = write_identity_file(identity, "recovery of a vault\nkeep it safe");

        const std::string text = to_string(file.reveal());
        CHECK(text == "# recovery of a vault\n# keep it safe\n# public key: " +
                          identity.recipient().text() + "\n" + text_of_identity(identity) + "\n");
        const auto read = parse_identity_file(file);
        REQUIRE(read.size() == 1);
        CHECK(read.front().recipient() == identity.recipient());
    }
}

TEST_CASE("an identity file may have comments, empty lines and several identities",
          "[crypto][age][keys]") {
    const std::string one(kKnownIdentity);
    const std::string two = text_of_identity(Identity::random(KeyKind::post_quantum));
    CHECK(parse_file("# note\n\n" + one + "\r\n" + two).size() == 2);
    CHECK(parse_file(one).size() == 1);
    CHECK(parse_file(one + "  \n").size() == 1);
}

TEST_CASE("an identity file with anything else is refused, and the error does not repeat it",
          "[crypto][age][keys]") {
    const std::string one(kKnownIdentity);
    for (const std::string& text :
         {std::string(), std::string("# nothing\n"), "secret word\n" + one, one + "\nsecret word",
          " " + one, one + one, one.substr(1)}) {
        try {
            static_cast<void>(parse_file(text));
            FAIL("accepted: " << text);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::usage);
            CHECK(std::string(error.what()).find("secret word") == std::string::npos);
            CHECK(std::string(error.what()).find("EGTZV") == std::string::npos);
        }
    }
}

TEST_CASE("an identity file has its limits", "[crypto][age][keys]") {
    const std::string line = std::string(kKnownIdentity) + "\n";
    std::string most;
    for (std::size_t i = 0; i < kIdentitiesMax; ++i) most += line;
    CHECK(parse_file(most).size() == kIdentitiesMax);
    CHECK_THROWS_AS(parse_file(most + line), Error);

    const std::string filler(kIdentityFileSizeMax - line.size() - 1, '#');
    CHECK(parse_file(filler + "\n" + line).size() == 1);
    CHECK_THROWS_AS(parse_file(filler + "#\n" + line), Error);
}
