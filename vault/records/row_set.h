// SPDX-License-Identifier: GPL-3.0-or-later
// A set of rows of the index, a bit each: a million records are 125 KB, and sets are joined, cut
// and counted a machine word at a time. In the database a set lies in chunks of 4096 rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault {

class RowSet {
public:
    static constexpr std::int64_t kChunkRows = 4096;

    void add(std::int64_t row);
    [[nodiscard]] bool contains(std::int64_t row) const noexcept;
    [[nodiscard]] std::size_t count() const noexcept;
    [[nodiscard]] bool empty() const noexcept { return count() == 0; }

    RowSet& operator|=(const RowSet& other);
    RowSet& operator&=(const RowSet& other);
    RowSet& operator-=(const RowSet& other);
    bool operator==(const RowSet& other) const;

    // Calls visit(row) in ascending order until it returns false. Passing over the first `skip`
    // rows costs a count of their words.
    template <class Visit>
    void each(std::size_t skip, Visit&& visit) const {
        for (std::size_t place = 0; place < words_.size(); ++place) {
            std::uint64_t word = words_[place];
            if (const auto here = static_cast<std::size_t>(__builtin_popcountll(word));
                skip >= here) {
                skip -= here;
                continue;
            }
            for (; word != 0; word &= word - 1) {
                if (skip > 0) {
                    --skip;
                    continue;
                }
                const auto bit = static_cast<std::size_t>(__builtin_ctzll(word));
                if (!visit(static_cast<std::int64_t>(place * 64 + bit))) return;
            }
        }
    }

    // Adds what pack() wrote for a chunk. False, and nothing added, for bytes that it never writes.
    [[nodiscard]] bool add_chunk(std::int64_t chunk, ByteView packed);

private:
    std::vector<std::uint64_t> words_;
};

// The rows of one chunk, as places from 0.
using ChunkBits = std::array<std::uint64_t, RowSet::kChunkRows / 64>;
// One text for one set: below 256 rows their places, two bytes each, ascending; else a bit for
// each.
[[nodiscard]] Bytes pack(const ChunkBits& bits);
[[nodiscard]] bool unpack(ByteView packed, ChunkBits& bits);

}  // namespace custos::vault
