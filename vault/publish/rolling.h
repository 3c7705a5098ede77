// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes of rows of letters that can be cut and joined without reading the letters again:
// polynomials modulo 2^64. Against chance, not against an attacker: what must not be wrong is
// compared.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace custos::vault::publish {

inline constexpr std::uint64_t kRollingBase = 0x9E3779B97F4A7C15u;

namespace rolling {

constexpr std::array<std::uint64_t, 1024> make_powers() {
    std::array<std::uint64_t, 1024> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * kRollingBase;
    return powers;
}
inline constexpr std::array<std::uint64_t, 1024> kPowers = make_powers();

// What the hashes of whole words are made with.
inline constexpr std::uint64_t kMixer = 0xD6E8FEB86659FD93u;
constexpr std::uint64_t mix(std::uint64_t hash) { return (hash ^ (hash >> 32)) * kRollingBase; }

inline std::uint64_t power(std::size_t exponent) {
    std::uint64_t out = 1;
    for (; exponent >= kPowers.size(); exponent -= kPowers.size() - 1) out *= kPowers.back();
    return out * kPowers[exponent];
}

}  // namespace rolling

struct Row {
    std::uint64_t value = 0;
    std::size_t size = 0;

    void add(std::uint64_t letter) {
        value = value * kRollingBase + letter + 1;
        ++size;
    }
    void add(const Row& behind) {
        value = value * rolling::power(behind.size) + behind.value;
        size += behind.size;
    }
    // This row without its first letters, which are `before`.
    Row behind(const Row& before) const {
        const std::size_t rest = size - before.size;
        return {value - before.value * rolling::power(rest), rest};
    }
    // Well mixed, as an index needs it; another one for each kind of row.
    std::uint64_t hash(std::uint64_t kind) const {
        std::uint64_t mixed = (value ^ (kind + 1) * rolling::kMixer) + size;
        mixed = (mixed ^ (mixed >> 32)) * rolling::kMixer;
        return (mixed ^ (mixed >> 29)) * kRollingBase;
    }
};

template <class Letters>
Row row_of(const Letters& letters) {
    Row row;
    for (const auto letter : letters) row.add(static_cast<std::uint64_t>(letter));
    return row;
}

// Of letters that have seven readable bytes behind them, as those of folded text have. Eight at a
// time, so no row that can be cut.
inline std::uint64_t hash_of_letters(const char* letters, std::size_t size) {
    std::uint64_t hash = (size + 1) * rolling::kMixer;
    std::uint64_t piece = 0;
    std::size_t at = 0;
    for (; at + sizeof piece <= size; at += sizeof piece) {
        std::memcpy(&piece, letters + at, sizeof piece);
        hash = rolling::mix(hash ^ piece);
    }
    if (at < size) {
        std::memcpy(&piece, letters + at, sizeof piece);
        hash = rolling::mix(hash ^ (piece & ((std::uint64_t{1} << (8 * (size - at))) - 1)));
    }
    return (hash ^ (hash >> 29)) * rolling::kMixer;
}

// Of bytes that have nothing readable behind them.
inline std::uint64_t hash_of_bytes(std::string_view bytes) {
    std::uint64_t hash = (bytes.size() + 1) * rolling::kMixer;
    std::uint64_t piece = 0;
    for (; bytes.size() >= sizeof piece; bytes.remove_prefix(sizeof piece)) {
        std::memcpy(&piece, bytes.data(), sizeof piece);
        hash = rolling::mix(hash ^ piece);
    }
    piece = 0;
    for (const char c : bytes) piece = piece << 8 | static_cast<unsigned char>(c);
    hash = rolling::mix(hash ^ piece);
    return (hash ^ (hash >> 29)) * rolling::kMixer;
}

}  // namespace custos::vault::publish
