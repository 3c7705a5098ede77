// SPDX-License-Identifier: GPL-3.0-or-later
// Plain byte sequences: what every layer passes to the next one.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace custos {

// Public bytes: ciphertext, hashes, encoded text. Never a secret (see crypto/secret.h).
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using MutableByteView = std::span<std::uint8_t>;

// The bytes of `text`; valid as long as `text` is.
inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The text whose bytes are `bytes`; valid as long as they are. Says nothing of UTF-8.
inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes to_bytes(ByteView view) { return Bytes(view.begin(), view.end()); }
inline std::string to_string(ByteView view) { return std::string(text_of(view)); }

inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }
inline void append(Bytes& to, std::string_view more) { append(to, bytes_of(more)); }

}  // namespace custos
