// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps of others (RFC 3161), by OpenSSL: a query to carry to a time-stamping authority, and
// what its reply says. Nothing here talks to a network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/hash.h"

namespace custos::crypto {

inline constexpr std::size_t kTimestampQueryMax = 4 * 1024;
inline constexpr std::size_t kTimestampReplyMax = 256 * 1024;
inline constexpr std::size_t kCertificatesMax = std::size_t{4} << 20;  // a file of them, PEM

// DER of a query for this digest, with a random nonce, that asks for the certificates.
[[nodiscard]] Bytes make_timestamp_query(const Digest& digest);

// The digest that a query of ours asks for; nothing if it is none.
[[nodiscard]] std::optional<Digest> timestamp_query_digest(ByteView query);

struct Timestamp {
    std::int64_t seconds = 0;  // since 1970, as the authority says
    std::string authority;     // the subject of the certificate that signed, on one line
};

// What the reply to exactly this query says, if an authority signed it whose certificate leads to
// one of `trusted_pem`. The certificates are looked at as of the time in the reply, so that a stamp
// stays good when they end. Otherwise nothing, and `why` says why in plain words.
[[nodiscard]] std::optional<Timestamp> check_timestamp(ByteView query, ByteView reply,
                                                       ByteView trusted_pem, std::string& why);

}  // namespace custos::crypto
