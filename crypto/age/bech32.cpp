// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/bech32.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

#include "crypto/secret.h"

namespace custos::crypto::age {
namespace {

// Digits are looked up with secret indices: 32 bytes in one cache line show no address bits.
alignas(64) constexpr char kDigits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumDigits = 6;

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

// The value of a lower-case digit, or 32. Goes over the whole table, so that time does not tell.
std::uint32_t value_of(char digit) {
    std::uint32_t value = 32;
    for (std::uint32_t i = 0; i < 32; ++i) value = kDigits[i] == digit ? i : value;
    return value;
}

// The BCH code of BIP 173 over the prefix and the digits.
class Checksum {
public:
    explicit Checksum(std::string_view prefix) {
        for (const char c : prefix) add(static_cast<std::uint8_t>(lower(c)) >> 5U);
        add(0);
        for (const char c : prefix) add(static_cast<std::uint8_t>(lower(c)) & 31U);
    }
    void add(std::uint32_t value) {
        constexpr std::array<std::uint32_t, 5> generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                            0x3d4233dd, 0x2a1462b3};
        const std::uint32_t top = state_ >> 25U;
        state_ = ((state_ & 0x1ffffffU) << 5U) ^ value;
        for (std::uint32_t i = 0; i < 5; ++i) state_ ^= generator[i] & (0U - ((top >> i) & 1U));
    }
    std::uint32_t state() const { return state_; }

private:
    std::uint32_t state_ = 1;
};

}  // namespace

std::size_t bech32_size(std::string_view prefix, std::size_t size) noexcept {
    return prefix.size() + 1 + (size * 8 + 4) / 5 + kChecksumDigits;
}

void write_bech32(std::string_view prefix, ByteView data, MutableByteView out) {
    if (out.size() != bech32_size(prefix, data.size())) {
        throw std::length_error("the room for a Bech32 text is of the wrong size");
    }
    const bool in_capitals = std::ranges::any_of(prefix, is_upper);
    auto next = out.begin();
    const auto put = [&](char c) {
        *next++ = static_cast<std::uint8_t>(in_capitals ? upper(c) : c);
    };
    Checksum checksum(prefix);
    const auto put_digit = [&](std::uint32_t value) {
        checksum.add(value);
        put(kDigits[value]);
    };

    for (const char c : prefix) put(c);
    put('1');
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : data) {
        bits = (bits << 8U) | byte;
        for (held += 8; held >= 5; held -= 5) put_digit((bits >> (held - 5)) & 31U);
    }
    if (held > 0) put_digit((bits << (5 - held)) & 31U);

    for (std::size_t i = 0; i < kChecksumDigits; ++i) checksum.add(0);
    const std::uint32_t code = checksum.state() ^ 1U;
    for (unsigned i = 0; i < kChecksumDigits; ++i) put(kDigits[(code >> (5 * (5 - i))) & 31U]);
}

bool read_bech32(std::string_view text, std::string_view prefix, MutableByteView out) {
    wipe(out);
    // Only one length fits, so the separator and the padding lie where they must.
    if (text.size() != bech32_size(prefix, out.size()) || !text.starts_with(prefix) ||
        text[prefix.size()] != '1') {
        return false;
    }
    if (std::ranges::any_of(text, is_lower) && std::ranges::any_of(text, is_upper)) return false;

    std::uint32_t bits = 0;
    unsigned held = 0;
    std::size_t written = 0;
    std::uint32_t wrong = 0;
    Checksum checksum(prefix);
    const std::string_view digits = text.substr(prefix.size() + 1);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::uint32_t value = value_of(lower(digits[i]));
        wrong |= value >> 5U;
        checksum.add(value & 31U);
        if (i >= digits.size() - kChecksumDigits) continue;
        bits = (bits << 5U) | (value & 31U);
        held += 5;
        if (held >= 8) {
            held -= 8;
            out[written++] = static_cast<std::uint8_t>(bits >> held);
        }
    }
    const std::uint32_t padding = bits & ((1U << held) - 1U);
    if (wrong != 0 || padding != 0 || checksum.state() != 1) {
        wipe(out);
        return false;
    }
    return true;
}

}  // namespace custos::crypto::age
