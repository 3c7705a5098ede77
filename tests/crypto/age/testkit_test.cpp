// SPDX-License-Identifier: GPL-3.0-or-later
#include "testkit.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "tests/crypto/vectors.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;
using custos::test::age_vectors_or_skip;
using custos::test::AgeVector;
using custos::test::passed_if;
using custos::test::Tally;

namespace {

Bytes binary_of(const AgeVector& vector) {
    return vector.is_armored ? dearmor(text_of(vector.file)).value() : vector.file;
}

Decrypted decrypt_vector(const AgeVector& vector) {
    if (!vector.is_armored) return decrypt(vector.file, vector.identities, vector.passphrases);
    const auto inside = dearmor(text_of(vector.file));
    if (!inside) return {Verdict::armor_failure, {}};
    return decrypt(*inside, vector.identities, vector.passphrases);
}

// The payload sealed again, chunk by chunk and from the last to the first.
Bytes sealed_again(const PayloadKey& key, ByteView plain) {
    Bytes payload(sealed_size(plain.size()));
    ChunkCipher cipher(key);
    for (std::uint64_t i = chunk_count(plain.size()); i-- > 0;) {
        const ByteView chunk = plain.subspan(i * kChunkSize);
        const std::size_t size = std::min(chunk.size(), kChunkSize);
        const Last last = size == chunk.size() ? Last::yes : Last::no;
        cipher.seal(i, last, chunk.first(size),
                    MutableByteView(payload).subspan(sealed_chunk_at(i), size + kChunkTagSize));
    }
    return payload;
}

}  // namespace

TEST_CASE("decrypt gives every public vector its verdict and its plaintext",
          "[crypto][age][vectors]") {
    Tally tally("age testkit");
    for (const AgeVector& vector : age_vectors_or_skip()) {
        const Decrypted result = decrypt_vector(vector);

        const std::string hash = hex(sha256(result.plain).view());
        const bool same_payload =
            vector.payload_hash.empty() ? result.plain.empty() : hash == vector.payload_hash;
        const bool same_verdict = vector.expect == name_of(result.verdict);
        tally.add(passed_if(same_verdict && same_payload),
                  vector.name + " (" + std::string(name_of(result.verdict)) + ")");
    }
    tally.finish(test::kAgeVectors);
}

TEST_CASE("decrypt tells armor without being told", "[crypto][age][vectors]") {
    for (const AgeVector& vector : age_vectors_or_skip()) {
        INFO(vector.name);
        if (vector.expect != "armor failure")
            CHECK(looks_armored(vector.file) == vector.is_armored);
    }
}

TEST_CASE("write_header writes every public header as it was", "[crypto][age][vectors]") {
    Tally tally("age headers written again");
    int wanted = 0;
    for (const AgeVector& vector : age_vectors_or_skip()) {
        // The MAC of the others is not what this file key gives.
        if (vector.expect != "success" && vector.expect != "no match" &&
            vector.expect != "payload failure") {
            continue;
        }
        const Bytes file = binary_of(vector);
        const ReadHeader read = read_header(file);
        REQUIRE(read.state == HeaderState::complete);
        const ByteView header = ByteView(file).first(read.header.size());

        const Bytes again = write_header(read.header.stanzas, vector.file_key, read.header.nonce);

        tally.add(passed_if(std::ranges::equal(again, header)), vector.name);
        ++wanted;
    }
    tally.finish(wanted);
}

TEST_CASE("seal_chunk writes every public payload as it was", "[crypto][age][vectors]") {
    Tally tally("age payloads sealed again");
    int wanted = 0;
    for (const AgeVector& vector : age_vectors_or_skip()) {
        if (vector.expect != "success") continue;
        const Bytes file = binary_of(vector);
        const Decrypted result = decrypt(file, vector.identities, vector.passphrases);
        const ReadHeader read = read_header(file);
        REQUIRE(read.state == HeaderState::complete);
        const ByteView payload = ByteView(file).subspan(read.header.size());
        REQUIRE(plain_size(payload.size()) == result.plain.size());

        const Bytes again =
            sealed_again(payload_key(vector.file_key, read.header.nonce), result.plain);

        tally.add(passed_if(std::ranges::equal(again, payload)), vector.name);
        ++wanted;
    }
    CHECK(wanted == 26);
    tally.finish(wanted);
}
