// SPDX-License-Identifier: GPL-3.0-or-later
// The payload of an age file: chunks of 64 KiB, each sealed with ChaCha20-Poly1305, none dependent
// on another. The nonce is the chunk's number and whether it is the last one, so that no chunk can
// be moved, left out, repeated or cut off unnoticed.
//
// Any chunk can be sealed or opened at any time and in any thread: chunk `i` lies at
// sealed_chunk_at(i) behind the header, and holds the plaintext from i * kChunkSize.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "crypto/age/header.h"
#include "crypto/bytes.h"

namespace custos::crypto::age {

inline constexpr std::size_t kChunkSize = 64 * 1024;
inline constexpr std::size_t kChunkTagSize = 16;
inline constexpr std::size_t kSealedChunkSize = kChunkSize + kChunkTagSize;

// The largest plaintext. The format goes further; files do not.
inline constexpr std::uint64_t kPlainSizeMax = std::uint64_t{1} << 62U;

// Every payload has at least one chunk; only the single chunk of an empty one is empty.
[[nodiscard]] std::uint64_t chunk_count(std::uint64_t plain_size) noexcept;

// Throws Error{usage} above kPlainSizeMax.
[[nodiscard]] std::uint64_t sealed_size(std::uint64_t plain_size);

// The plaintext's size in a payload of `sealed_size` bytes; nothing if no payload has that size.
[[nodiscard]] std::optional<std::uint64_t> plain_size(std::uint64_t sealed_size) noexcept;

// Where chunk `index` starts, counted from the end of the header.
[[nodiscard]] constexpr std::uint64_t sealed_chunk_at(std::uint64_t index) noexcept {
    return index * kSealedChunkSize;
}

enum class Last { no, yes };

// Seals and opens the chunks of one payload. Used by one thread at a time; a second worker makes a
// second one from the same key. libcrypto holds the key in ordinary memory, and wipes it, for as
// long as the cipher lives.
class ChunkCipher {
public:
    explicit ChunkCipher(const PayloadKey& key);
    ChunkCipher(ChunkCipher&&) noexcept;
    ChunkCipher& operator=(ChunkCipher&&) noexcept;
    ~ChunkCipher();

    // Goes on with another payload. Cheaper than a new cipher.
    void set_key(const PayloadKey& key);

    // `plain` has kChunkSize bytes, or is the last chunk and has fewer; `out` has kChunkTagSize
    // more. They may start at the same byte, else must not overlap. Each chunk must be sealed once:
    // two plaintexts under one key and index would betray each other. Wrong sizes are
    // std::length_error.
    void seal(std::uint64_t index, Last last, ByteView plain, MutableByteView out);

    // The reverse. False, and `out` zeroed, if this is not the chunk that was sealed as `index` and
    // `last`. An empty chunk is the last, at index 0, or refused.
    [[nodiscard]] bool open(std::uint64_t index, Last last, ByteView sealed, MutableByteView out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace custos::crypto::age
