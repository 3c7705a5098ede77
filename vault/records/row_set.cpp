// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/row_set.h"

#include <algorithm>

namespace custos::vault {

namespace {

constexpr std::size_t kChunkBytes = RowSet::kChunkRows / 8;
constexpr std::size_t kListedMax = kChunkBytes / 2;  // as many places take as much as all bits

constexpr std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << (place % 64); }

}  // namespace

void RowSet::add(std::int64_t row) {
    const auto place = static_cast<std::size_t>(row);
    if (place / 64 >= words_.size()) words_.resize(place / 64 + 1);
    words_[place / 64] |= bit(place);
}

bool RowSet::contains(std::int64_t row) const noexcept {
    const auto place = static_cast<std::size_t>(row);
    return place / 64 < words_.size() && (words_[place / 64] & bit(place)) != 0;
}

std::size_t RowSet::count() const noexcept {
    std::size_t sum = 0;
    for (const std::uint64_t word : words_)
        sum += static_cast<std::size_t>(__builtin_popcountll(word));
    return sum;
}

RowSet& RowSet::operator|=(const RowSet& other) {
    if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
}

RowSet& RowSet::operator&=(const RowSet& other) {
    words_.resize(std::min(words_.size(), other.words_.size()));
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
}

RowSet& RowSet::operator-=(const RowSet& other) {
    const std::size_t both = std::min(words_.size(), other.words_.size());
    for (std::size_t i = 0; i < both; ++i) words_[i] &= ~other.words_[i];
    return *this;
}

bool RowSet::operator==(const RowSet& other) const {
    const RowSet& longer = words_.size() < other.words_.size() ? other : *this;
    const RowSet& shorter = words_.size() < other.words_.size() ? *this : other;
    const auto middle = longer.words_.begin() + static_cast<std::ptrdiff_t>(shorter.words_.size());
    return std::equal(longer.words_.begin(), middle, shorter.words_.begin()) &&
           std::all_of(middle, longer.words_.end(), [](std::uint64_t word) { return word == 0; });
}

bool RowSet::add_chunk(std::int64_t chunk, ByteView packed) {
    // Rows are the database's: far more than these do not fit on a disk.
    constexpr std::int64_t kChunksMax = std::int64_t{1} << 24;
    ChunkBits bits{};
    if (chunk < 0 || chunk > kChunksMax || !unpack(packed, bits)) return false;
    const std::size_t first = static_cast<std::size_t>(chunk) * bits.size();
    if (words_.size() < first + bits.size()) words_.resize(first + bits.size());
    for (std::size_t i = 0; i < bits.size(); ++i) words_[first + i] |= bits[i];
    return true;
}

Bytes pack(const ChunkBits& bits) {
    std::size_t count = 0;
    for (const std::uint64_t word : bits)
        count += static_cast<std::size_t>(__builtin_popcountll(word));
    Bytes packed;
    if (count < kListedMax) {
        packed.reserve(2 * count);
        for (std::size_t i = 0; i < bits.size(); ++i) {
            for (std::uint64_t word = bits[i]; word != 0; word &= word - 1) {
                const std::size_t place = i * 64 + static_cast<std::size_t>(__builtin_ctzll(word));
                packed.push_back(static_cast<std::uint8_t>(place & 0xff));
                packed.push_back(static_cast<std::uint8_t>(place >> 8));
            }
        }
        return packed;
    }
    packed.reserve(kChunkBytes);
    for (const std::uint64_t word : bits) {
        for (unsigned byte = 0; byte < 8; ++byte)
            packed.push_back(static_cast<std::uint8_t>(word >> (8 * byte)));
    }
    return packed;
}

bool unpack(ByteView packed, ChunkBits& bits) {
    bits = {};
    if (packed.size() == kChunkBytes) {
        for (std::size_t i = 0; i < packed.size(); ++i)
            bits[i / 8] |= std::uint64_t{packed[i]} << (8 * (i % 8));
        return true;
    }
    if (packed.size() > kChunkBytes || packed.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < packed.size(); i += 2) {
        const auto place = static_cast<std::size_t>(packed[i] | packed[i + 1] << 8);
        if (place >= static_cast<std::size_t>(RowSet::kChunkRows)) return false;
        bits[place / 64] |= bit(place);
    }
    return true;
}

}  // namespace custos::vault
