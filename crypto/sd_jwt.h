// SPDX-License-Identifier: GPL-3.0-or-later
// SD-JWT (RFC 9901, docs/formats/sd-jwt.md) without its JSON: the parts of the compact form, the
// digests of disclosures, and the signature. Ed25519 and SHA-256 only; no key binding. What stands
// in header, payload and disclosures is read by vault/publish/sd_jwt.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/ed25519.h"

namespace custos::crypto {

inline constexpr std::size_t kSdJwtSizeMax = std::size_t{32} << 20;
inline constexpr std::size_t kSdJwtHeaderMax = std::size_t{4} << 10;      // decoded
inline constexpr std::size_t kSdJwtPayloadMax = std::size_t{8} << 20;     // decoded
inline constexpr std::size_t kSdJwtDisclosureMax = std::size_t{2} << 20;  // as it is written
inline constexpr std::size_t kSdJwtDisclosuresMax = 10'000;
inline constexpr std::size_t kSdJwtSaltSize = 16;

// header.payload.signature~disclosure~…~
struct SdJwt {
    std::string jwt;                       // the signed part as it is written, with its signature
    std::string header;                    // decoded
    std::string payload;                   // decoded
    Signature signature{};                 // decoded
    std::vector<std::string> disclosures;  // as they are written
};

// Nothing if malformed or over a limit: another alphabet, padding, spare bits, an empty part, a
// disclosure too many, a key binding or anything else behind the last tilde. Verifies nothing.
[[nodiscard]] std::optional<SdJwt> parse_sd_jwt(std::string_view text);

// The compact form of a signed part and the disclosures chosen to go with it.
[[nodiscard]] std::string write_sd_jwt(std::string_view jwt,
                                       const std::vector<std::string>& disclosures);

// The signed part of these texts: JSON objects, for the caller to see to.
[[nodiscard]] std::string sign_jwt(std::string_view header, std::string_view payload,
                                   const SigningSeed& seed);

// Whether the signed part is signed by this key. That its header names the right algorithm is for
// the reader of the header to see to.
[[nodiscard]] bool verify_jwt(const SdJwt& sd_jwt, const VerifyKey& key);

// What stands in the payload in place of a disclosure: over its text as it is written.
[[nodiscard]] std::string disclosure_digest(std::string_view disclosure);
// Whether a text is such a digest: SHA-256 in base64url.
[[nodiscard]] bool is_disclosure_digest(std::string_view text);

}  // namespace custos::crypto
