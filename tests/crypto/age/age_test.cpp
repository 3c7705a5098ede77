// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/age.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "crypto/age/stanzas.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "tests/crypto/damage.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;
using custos::test::flipped;

namespace {

constexpr KeyKind kKinds[] = {KeyKind::post_quantum, KeyKind::x25519};
constexpr std::size_t kSizes[] = {0, 1, 65535, 65536, 65537, 131072, 1000003};
constexpr unsigned kCheap = 2;

std::vector<Identity> random_identities(KeyKind kind, std::size_t count) {
    std::vector<Identity> identities;
    for (std::size_t i = 0; i < count; ++i) identities.push_back(Identity::random(kind));
    return identities;
}

std::vector<Recipient> recipients_of(const std::vector<Identity>& identities) {
    std::vector<Recipient> recipients;
    for (const Identity& identity : identities) recipients.push_back(identity.recipient());
    return recipients;
}

std::vector<SecretBytes> passphrases(const std::vector<std::string>& texts) {
    std::vector<SecretBytes> secrets;
    for (const std::string& text : texts) secrets.emplace_back(bytes_of(text));
    return secrets;
}

ErrorCode code_of_sealing(const std::vector<Recipient>& recipients) {
    try {
        static_cast<void>(seal_header(recipients));
    } catch (const Error& error) {
        return error.code();
    }
    return {};
}

// A file with these stanzas and no payload.
Bytes file_of(const std::vector<Stanza>& stanzas, const FileKey& key) {
    Bytes file = write_header(stanzas, key, {});
    ChunkCipher cipher(payload_key(key, {}));
    Bytes payload(kChunkTagSize);
    cipher.seal(0, Last::yes, {}, payload);
    append(file, payload);
    return file;
}

}  // namespace

TEST_CASE("decrypt gives back what encrypt was given, armored or not", "[crypto][age]") {
    for (const KeyKind kind : kKinds) {
        const auto identities = random_identities(kind, 1);
        for (const std::size_t size : kSizes) {
            const Bytes plain = random_bytes(size);
            for (const Armored armored : {Armored::no, Armored::yes}) {
                const Bytes file = encrypt(recipients_of(identities), plain, armored);
                CHECK(looks_armored(file) == (armored == Armored::yes));

                const Decrypted result = decrypt(file, identities);

                CHECK(result.verdict == Verdict::success);
                CHECK(result.plain == plain);
            }
        }
    }
}

TEST_CASE("decrypt gives back what was encrypted to a passphrase", "[crypto][age]") {
    const SecretBytes passphrase(bytes_of("a short story about rain"));
    const Bytes file = encrypt(passphrase, bytes_of("plain"), kCheap);

    const auto right = passphrases({"wrong", "a short story about rain"});
    CHECK(text_of(decrypt(file, {}, right).plain) == "plain");

    const auto wrong = passphrases({"a short story about Rain"});
    CHECK(decrypt(file, {}, wrong).verdict == Verdict::no_match);
    CHECK(decrypt(file, {}).verdict == Verdict::no_match);
}

TEST_CASE("each recipient of several opens the file, and nobody else", "[crypto][age]") {
    for (const KeyKind kind : kKinds) {
        const auto identities = random_identities(kind, 5);
        const Bytes file = encrypt(recipients_of(identities), bytes_of("plain"));
        for (const Identity& identity : identities) {
            std::vector<Identity> one;
            one.push_back(identity.duplicate());
            CHECK(decrypt(file, one).verdict == Verdict::success);
        }
        CHECK(decrypt(file, random_identities(kind, 5)).verdict == Verdict::no_match);
        CHECK(decrypt(file, random_identities(KeyKind::post_quantum, 1)).verdict ==
              Verdict::no_match);
        CHECK(decrypt(file, {}).verdict == Verdict::no_match);
    }
}

TEST_CASE("sealing the same twice gives files that share nothing", "[crypto][age]") {
    const auto recipients = recipients_of(random_identities(KeyKind::post_quantum, 1));
    const SealedHeader one = seal_header(recipients);
    const SealedHeader two = seal_header(recipients);
    CHECK(to_bytes(one.key.reveal()) != to_bytes(two.key.reveal()));
    CHECK(read_header(one.bytes).header.nonce != read_header(two.bytes).header.nonce);
    CHECK(read_header(one.bytes).header.stanzas != read_header(two.bytes).header.stanzas);
}

TEST_CASE("seal_header refuses to mix post-quantum and classic recipients", "[crypto][age]") {
    const Recipient post_quantum = Identity::random(KeyKind::post_quantum).recipient();
    const Recipient classic = Identity::random(KeyKind::x25519).recipient();
    CHECK(code_of_sealing({post_quantum, classic}) == ErrorCode::usage);
    CHECK(code_of_sealing({classic, classic, post_quantum}) == ErrorCode::usage);
    CHECK(code_of_sealing({}) == ErrorCode::usage);
    CHECK_NOTHROW(seal_header(std::vector{classic, classic}));
}

TEST_CASE("a file has at most kStanzasMax recipients", "[crypto][age]") {
    std::vector<Recipient> recipients(kStanzasMax,
                                      Identity::random(KeyKind::post_quantum).recipient());
    const SealedHeader header = seal_header(recipients);
    CHECK(header.bytes.size() < kHeaderSizeMax);
    CHECK(read_header(header.bytes).state == HeaderState::complete);
    recipients.push_back(recipients.front());
    CHECK(code_of_sealing(recipients) == ErrorCode::usage);
}

TEST_CASE("seal_header refuses an empty passphrase and costs out of range", "[crypto][age]") {
    const SecretBytes word(bytes_of("word"));
    CHECK_THROWS_AS(seal_header(SecretBytes(), kCheap), Error);
    CHECK_THROWS_AS(seal_header(word, 0), Error);
    CHECK_THROWS_AS(seal_header(word, kWorkFactorMax + 1), Error);
}

TEST_CASE("a file that mixes kinds is read, though none is written", "[crypto][age]") {
    const auto post_quantum = random_identities(KeyKind::post_quantum, 1);
    const auto classic = random_identities(KeyKind::x25519, 1);
    const auto key = FileKey::random();
    const Bytes file = file_of({wrap(key, post_quantum[0].recipient()), Stanza{"grease", {"1"}, {}},
                                wrap(key, classic[0].recipient())},
                               key);
    CHECK(decrypt(file, post_quantum).verdict == Verdict::success);
    CHECK(decrypt(file, classic).verdict == Verdict::success);
}

TEST_CASE("a passphrase beside another recipient is refused whoever opens", "[crypto][age]") {
    const auto classic = random_identities(KeyKind::x25519, 1);
    const auto words = passphrases({"word"});
    const auto key = FileKey::random();
    const Stanza by_word = wrap(key, words[0], kCheap);
    const Stanza by_key = wrap(key, classic[0].recipient());
    REQUIRE(decrypt(file_of({by_word}, key), {}, words).verdict == Verdict::success);
    for (const auto& stanzas :
         {std::vector{by_word, by_key}, {by_key, by_word}, {by_word, by_word}}) {
        CHECK(decrypt(file_of(stanzas, key), classic, words).verdict == Verdict::header_failure);
        CHECK(decrypt(file_of(stanzas, key), classic).verdict == Verdict::header_failure);
        CHECK(decrypt(file_of(stanzas, key), {}, words).verdict == Verdict::header_failure);
    }
}

TEST_CASE("a stanza of a known type in a wrong form is refused whoever opens", "[crypto][age]") {
    const auto classic = random_identities(KeyKind::x25519, 1);
    const auto key = FileKey::random();
    const Stanza good = wrap(key, classic[0].recipient());
    REQUIRE(decrypt(file_of({good}, key), classic).verdict == Verdict::success);
    const Stanza bad{"mlkem768x25519", {"AAAA"}, Bytes(32)};
    CHECK(decrypt(file_of({good, bad}, key), classic).verdict == Verdict::header_failure);
    CHECK(decrypt(file_of({bad, good}, key), classic).verdict == Verdict::header_failure);
}

TEST_CASE("decrypt refuses every changed bit of a file", "[crypto][age]") {
    for (const KeyKind kind : kKinds) {
        const auto identities = random_identities(kind, 1);
        const Bytes file = encrypt(recipients_of(identities), bytes_of("a short text"));
        REQUIRE(decrypt(file, identities).verdict == Verdict::success);
        // A post-quantum header is long: one bit of each byte there.
        const bool is_long = kind == KeyKind::post_quantum;
        for (std::size_t bit = 0; bit < file.size() * 8; bit += is_long ? 9 : 1) {
            const Decrypted result = decrypt(flipped(file, bit), identities);
            if (result.verdict == Verdict::success || !result.plain.empty()) FAIL("bit " << bit);
        }
    }
}

TEST_CASE("decrypt refuses every truncation and every added byte", "[crypto][age]") {
    for (const KeyKind kind : kKinds) {
        const auto identities = random_identities(kind, 1);
        const Bytes file = encrypt(recipients_of(identities), bytes_of("a short text"));
        const std::size_t header = read_header(file).header.size();
        for (std::size_t size = 0; size < file.size(); ++size) {
            const Verdict verdict = decrypt(ByteView(file).first(size), identities).verdict;
            const Verdict expected =
                size < header ? Verdict::header_failure : Verdict::payload_failure;
            if (verdict != expected) FAIL(size << " bytes: " << name_of(verdict));
        }
        Bytes longer = file;
        longer.push_back(0);
        CHECK(decrypt(longer, identities).verdict == Verdict::payload_failure);
    }
}

TEST_CASE("decrypt refuses chunks dropped, swapped, repeated or taken from elsewhere",
          "[crypto][age]") {
    const auto identities = random_identities(KeyKind::x25519, 1);
    const auto recipients = recipients_of(identities);
    const Bytes plain = random_bytes(3 * kChunkSize);
    const Bytes file = encrypt(recipients, plain);
    const Bytes other = encrypt(recipients, plain);
    const std::size_t at = read_header(file).header.size();
    REQUIRE(read_header(other).header.size() == at);
    const auto chunk = [&](const Bytes& from, std::size_t index) {
        return ByteView(from).subspan(at + index * kSealedChunkSize, kSealedChunkSize);
    };
    const auto rebuilt = [&](const std::vector<ByteView>& chunks) {
        Bytes made = to_bytes(ByteView(file).first(at));
        for (const ByteView part : chunks) append(made, part);
        return decrypt(made, identities);
    };
    const ByteView a = chunk(file, 0);
    const ByteView b = chunk(file, 1);
    const ByteView c = chunk(file, 2);
    REQUIRE(rebuilt({a, b, c}).verdict == Verdict::success);

    for (const auto& chunks : std::vector<std::vector<ByteView>>{{},
                                                                 {a},
                                                                 {a, b},
                                                                 {a, c},
                                                                 {b, c},
                                                                 {c},
                                                                 {b, a, c},
                                                                 {a, a, b, c},
                                                                 {a, b, b, c},
                                                                 {a, b, c, c},
                                                                 {a, b, c, a},
                                                                 {chunk(other, 0), b, c},
                                                                 {a, chunk(other, 1), c},
                                                                 {a, b, chunk(other, 2)}}) {
        const Decrypted result = rebuilt(chunks);
        CHECK(result.verdict == Verdict::payload_failure);
        // What was released is the start of the truth.
        CHECK(result.plain.size() <= plain.size());
        CHECK(std::equal(result.plain.begin(), result.plain.end(), plain.begin()));
    }
}

TEST_CASE("any chunk opens alone, and holds what the whole file holds there", "[crypto][age]") {
    for (const std::size_t size : kSizes) {
        const auto identities = random_identities(KeyKind::post_quantum, 1);
        const Bytes plain = random_bytes(size);
        const Bytes file = encrypt(recipients_of(identities), plain);

        const ReadHeader read =
            read_header(ByteView(file).first(std::min<std::size_t>(file.size(), 2000)));
        REQUIRE(read.state == HeaderState::complete);
        const OpenedHeader opened = open_header(read.header, identities);
        REQUIRE(opened.verdict == Verdict::success);
        const ByteView payload = ByteView(file).subspan(read.header.size());
        REQUIRE(plain_size(payload.size()) == size);
        ChunkCipher cipher(*opened.key);
        for (std::uint64_t i = chunk_count(size); i-- > 0;) {
            const ByteView expected =
                ByteView(plain)
                    .subspan(i * kChunkSize)
                    .first(std::min<std::size_t>(kChunkSize, size - i * kChunkSize));
            Bytes chunk(expected.size());
            REQUIRE(cipher.open(i, i + 1 == chunk_count(size) ? Last::yes : Last::no,
                                payload.subspan(sealed_chunk_at(i), chunk.size() + kChunkTagSize),
                                chunk));
            CHECK(std::ranges::equal(chunk, expected));
        }
    }
}

TEST_CASE("decrypt tells what is wrong with a file", "[crypto][age]") {
    const auto identities = random_identities(KeyKind::x25519, 1);
    const auto recipients = recipients_of(identities);
    const Bytes file = encrypt(recipients, bytes_of("plain"));
    CHECK(decrypt({}, identities).verdict == Verdict::header_failure);
    CHECK(decrypt(bytes_of("not an age file"), identities).verdict == Verdict::header_failure);

    const auto key = FileKey::random();
    const Bytes wrong_mac = [&] {
        Bytes made = write_header({wrap(key, recipients[0])}, FileKey::random(), {});
        append(made, Bytes(kChunkTagSize));
        return made;
    }();
    CHECK(decrypt(wrong_mac, identities).verdict == Verdict::hmac_failure);

    std::string text = armor(file);
    text[40] = '!';
    CHECK(decrypt(bytes_of(text), identities).verdict == Verdict::armor_failure);
}
