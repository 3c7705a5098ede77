// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/stream.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "crypto/random.h"
#include "tests/crypto/damage.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;
using custos::test::flipped;

namespace {

Bytes sealed(ChunkCipher& cipher, std::uint64_t index, Last last, ByteView plain) {
    Bytes out(plain.size() + kChunkTagSize);
    cipher.seal(index, last, plain, out);
    return out;
}

bool opens(ChunkCipher& cipher, std::uint64_t index, Last last, const Bytes& chunk) {
    Bytes out(chunk.size() - kChunkTagSize);
    return cipher.open(index, last, chunk, out);
}

}  // namespace

TEST_CASE("sizes of payloads agree with each other", "[crypto][age][stream]") {
    const std::map<std::uint64_t, std::uint64_t> known = {
        {0, 16},          {1, 17},          {65535, 65551},   {65536, 65552},    {65537, 65569},
        {131071, 131103}, {131072, 131104}, {131073, 131121}, {1000003, 1000259}};
    for (const auto& [plain, whole] : known) {
        CHECK(sealed_size(plain) == whole);
        CHECK(plain_size(whole) == plain);
        CHECK(chunk_count(plain) == (whole - plain) / kChunkTagSize);
    }
    // Every sealed size up to three chunks is that of one plain size, or of none.
    std::uint64_t next = 0;
    for (std::uint64_t size = 0; size <= 3 * kSealedChunkSize; ++size) {
        const auto plain = plain_size(size);
        const bool expected = size == sealed_size(next);
        if (plain.has_value() != expected || (plain && *plain != next))
            FAIL("sealed size " << size);
        if (expected) ++next;
    }
    CHECK(next == 3 * kChunkSize + 1);
}

TEST_CASE("the largest plaintext has a size, one more byte has none", "[crypto][age][stream]") {
    CHECK(plain_size(sealed_size(kPlainSizeMax)) == kPlainSizeMax);
    CHECK_THROWS_AS(sealed_size(kPlainSizeMax + 1), Error);
    CHECK_THROWS_AS(sealed_size(std::numeric_limits<std::uint64_t>::max()), Error);
}

TEST_CASE("a chunk opens in its place and nowhere else", "[crypto][age][stream]") {
    const auto key = PayloadKey::random();
    ChunkCipher cipher(key);
    const Bytes plain = random_bytes(kChunkSize);
    for (const std::uint64_t index : {0ULL, 1ULL, 255ULL, 256ULL, 1ULL << 32U, ~0ULL}) {
        for (const Last last : {Last::no, Last::yes}) {
            const Bytes chunk = sealed(cipher, index, last, plain);
            Bytes out(kChunkSize);
            REQUIRE(cipher.open(index, last, chunk, out));
            CHECK(out == plain);

            CHECK_FALSE(opens(cipher, index, last == Last::no ? Last::yes : Last::no, chunk));
            CHECK_FALSE(opens(cipher, index + 1, last, chunk));
            CHECK_FALSE(opens(cipher, index ^ 0x100U, last, chunk));
            ChunkCipher other(PayloadKey::random());
            CHECK_FALSE(opens(other, index, last, chunk));
        }
    }
}

TEST_CASE("a chunk that does not open leaves zeros", "[crypto][age][stream]") {
    ChunkCipher cipher(PayloadKey::random());
    Bytes chunk = sealed(cipher, 0, Last::yes, bytes_of("plaintext"));
    chunk.back() ^= 1U;
    Bytes out(9, 0xff);
    CHECK_FALSE(cipher.open(0, Last::yes, chunk, out));
    CHECK(out == Bytes(9));
    std::fill(out.begin(), out.end(), std::uint8_t{0xff});
    CHECK_FALSE(cipher.open(0, Last::no, chunk, out));
    CHECK(out == Bytes(9));
}

TEST_CASE("every bit and every length of a short chunk counts", "[crypto][age][stream]") {
    ChunkCipher cipher(PayloadKey::random());
    const Bytes chunk = sealed(cipher, 3, Last::yes, random_bytes(50));
    for (std::size_t bit = 0; bit < chunk.size() * 8; ++bit) {
        CHECK_FALSE(opens(cipher, 3, Last::yes, flipped(chunk, bit)));
    }
    for (std::size_t size = kChunkTagSize; size < chunk.size(); ++size) {
        CHECK_FALSE(opens(cipher, 3, Last::yes, to_bytes(ByteView(chunk).first(size))));
    }
    CHECK(opens(cipher, 3, Last::yes, chunk));
}

TEST_CASE("an empty chunk is a whole payload or nothing", "[crypto][age][stream]") {
    ChunkCipher cipher(PayloadKey::random());
    const Bytes empty = sealed(cipher, 0, Last::yes, {});
    CHECK(opens(cipher, 0, Last::yes, empty));
    CHECK_FALSE(opens(cipher, 0, Last::no, empty));
    CHECK_FALSE(opens(cipher, 1, Last::yes, empty));
}

TEST_CASE("seal and open insist on the sizes of chunks", "[crypto][age][stream]") {
    ChunkCipher cipher(PayloadKey::random());
    const Bytes full(kChunkSize);
    Bytes out(kSealedChunkSize + 1);
    const auto seal = [&](std::uint64_t index, Last last, std::size_t plain, std::size_t room) {
        cipher.seal(index, last, Bytes(plain), MutableByteView(out).first(room));
    };
    CHECK_NOTHROW(seal(0, Last::no, kChunkSize, kSealedChunkSize));
    CHECK_THROWS_AS(seal(0, Last::no, kChunkSize - 1, kSealedChunkSize - 1), std::length_error);
    CHECK_THROWS_AS(seal(0, Last::yes, kChunkSize + 1, kSealedChunkSize + 1), std::length_error);
    CHECK_THROWS_AS(seal(1, Last::yes, 0, kChunkTagSize), std::length_error);
    CHECK_THROWS_AS(seal(0, Last::yes, 10, 10), std::length_error);
    Bytes room(10);
    CHECK_THROWS_AS(cipher.open(0, Last::yes, Bytes(10), room), std::length_error);
    CHECK_THROWS_AS(cipher.open(0, Last::yes, Bytes(27), room), std::length_error);
}

TEST_CASE("a chunk can be sealed and opened in its own memory", "[crypto][age][stream]") {
    ChunkCipher cipher(PayloadKey::random());
    const Bytes plain = random_bytes(1000);
    Bytes memory = plain;
    memory.resize(1000 + kChunkTagSize);

    cipher.seal(0, Last::yes, ByteView(memory).first(1000), memory);
    REQUIRE(opens(cipher, 0, Last::yes, memory));
    REQUIRE(cipher.open(0, Last::yes, memory, MutableByteView(memory).first(1000)));
    memory.resize(1000);
    CHECK(memory == plain);
}

TEST_CASE("a cipher that is given another key is a cipher for that key", "[crypto][age][stream]") {
    const auto one = PayloadKey::random();
    const auto two = PayloadKey::random();
    ChunkCipher reused(one);
    const Bytes first = sealed(reused, 0, Last::yes, bytes_of("one"));
    reused.set_key(two);
    const Bytes second = sealed(reused, 0, Last::yes, bytes_of("two"));
    CHECK_FALSE(opens(reused, 0, Last::yes, first));

    ChunkCipher fresh_one(one);
    ChunkCipher fresh_two(two);
    CHECK(opens(fresh_one, 0, Last::yes, first));
    CHECK(opens(fresh_two, 0, Last::yes, second));
    CHECK(sealed(fresh_two, 0, Last::yes, bytes_of("two")) == second);
}

TEST_CASE("two workers seal what one seals", "[crypto][age][stream]") {
    const auto key = PayloadKey::random();
    const Bytes plain = random_bytes(20 * kChunkSize + 5);
    const std::uint64_t count = chunk_count(plain.size());
    const auto work = [&](Bytes& out, std::uint64_t first, std::uint64_t step) {
        ChunkCipher cipher(key);
        for (std::uint64_t i = first; i < count; i += step) {
            const ByteView rest = ByteView(plain).subspan(i * kChunkSize);
            const std::size_t size = std::min(rest.size(), kChunkSize);
            cipher.seal(i, i + 1 == count ? Last::yes : Last::no, rest.first(size),
                        MutableByteView(out).subspan(sealed_chunk_at(i), size + kChunkTagSize));
        }
    };
    Bytes alone(sealed_size(plain.size()));
    Bytes together(sealed_size(plain.size()));
    work(alone, 0, 1);
    std::thread even([&] { work(together, 0, 2); });
    std::thread odd([&] { work(together, 1, 2); });
    even.join();
    odd.join();
    CHECK(alone == together);
}
