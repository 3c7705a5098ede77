// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/encoding.h"

#include <array>
#include <charconv>
#include <system_error>

#include <sodium.h>

namespace custos::crypto {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static_assert(kCrockford.size() == 32);

std::string encode64(ByteView bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // the terminating zero
    return text;
}

// libsodium takes the canonical form only: no bits left over, padding exactly as the variant has
// it.
std::optional<Bytes> decode64(std::string_view text, int variant) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                          &end, variant) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace

std::string hex(ByteView bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]);
        const int low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

std::string base64(ByteView bytes, Padding padding) {
    return encode64(bytes, padding == Padding::yes ? sodium_base64_VARIANT_ORIGINAL
                                                   : sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::optional<Bytes> from_base64(std::string_view text, Padding padding) {
    return decode64(text, padding == Padding::yes ? sodium_base64_VARIANT_ORIGINAL
                                                  : sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::string base64url(ByteView bytes) {
    return encode64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::optional<Bytes> from_base64url(std::string_view text) {
    return decode64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string crockford(ByteView bytes) {
    std::string text;
    unsigned bits = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : bytes) {
        held = (held << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text.push_back(kCrockford[(held >> bits) & 31U]);
        }
        held &= (1U << bits) - 1;
    }
    if (bits > 0) text.push_back(kCrockford[(held << (5 - bits)) & 31U]);
    return text;
}

std::optional<std::string> canonical_crockford(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (kCrockford.find(c) == std::string_view::npos) return std::nullopt;
        out.push_back(c);
    }
    return out;
}

std::optional<std::uint64_t> from_decimal(std::string_view text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || stop != end || std::to_string(number) != text)
        return std::nullopt;
    return number;
}

}  // namespace custos::crypto
