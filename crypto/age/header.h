// SPDX-License-Identifier: GPL-3.0-or-later
// The text header of an age file (C2SP age.md, v1): its grammar, its limits and its MAC.
//
//   age-encryption.org/v1
//   -> TYPE ARGUMENT...                    one stanza for each recipient
//   <base64 of the body, 64 columns; the last line is shorter, and may be empty>
//   --- <base64 of the MAC>
//   <16 bytes: the payload's nonce>        counted with the header here
//
// A header is written by whoever wrote the file. Nothing of it is true until its MAC is checked,
// and the MAC needs the file key, which needs a stanza: stanzas are parsed before they are trusted.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/brief_secret.h"
#include "crypto/bytes.h"

namespace custos::crypto::age {

inline constexpr std::string_view kVersionLine = "age-encryption.org/v1\n";
inline constexpr std::size_t kPayloadNonceSize = 16;
inline constexpr std::size_t kHeaderMacSize = 32;

// Limits of ours. The format has none; 128 post-quantum recipients are 200 KB.
inline constexpr std::size_t kHeaderSizeMax = 256 * 1024;  // with the payload's nonce
inline constexpr std::size_t kStanzasMax = 128;

// What every stanza wraps; the payload's and the MAC's keys follow from it.
using FileKey = BriefSecret<struct AgeFileKeyKind, 16>;
using PayloadKey = BriefSecret<struct AgePayloadKeyKind, 32>;
using PayloadNonce = std::array<std::uint8_t, kPayloadNonceSize>;

struct Stanza {
    std::string type;
    std::vector<std::string> arguments;  // each one or more characters from "!" to "~"
    Bytes body;

    bool operator==(const Stanza&) const = default;
};

struct Header {
    std::vector<Stanza> stanzas;  // at least one
    Bytes covered;                // the raw bytes under the MAC: from the start to "---"
    std::array<std::uint8_t, kHeaderMacSize> mac{};
    PayloadNonce nonce{};

    // Where the payload starts in the file.
    std::size_t size() const noexcept;
};

enum class HeaderState { complete, needs_more, malformed };

struct ReadHeader {
    HeaderState state = HeaderState::malformed;
    Header header;  // only when complete
};

// Reads the header at the start of `file_so_far`. `needs_more` is never said once kHeaderSizeMax
// bytes are there; at the end of the file it means malformed.
[[nodiscard]] ReadHeader read_header(ByteView file_so_far);

// The bytes of a header, nonce included. Throws Error{usage} for stanzas the grammar or the limits
// forbid.
[[nodiscard]] Bytes write_header(const std::vector<Stanza>& stanzas, const FileKey& file_key,
                                 const PayloadNonce& nonce);

// Whether the header was written by someone who knows `file_key`, and is still what they wrote.
[[nodiscard]] bool is_authentic(const Header& header, const FileKey& file_key);

[[nodiscard]] PayloadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce);

}  // namespace custos::crypto::age
