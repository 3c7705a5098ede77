// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/sd_jwt.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace custos::crypto {
namespace {

// What stands before the next `mark`, which must be there; moves `rest` past it.
std::optional<std::string_view> take_until(std::string_view& rest, char mark) {
    const std::size_t end = rest.find(mark);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view taken = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return taken;
}

// Four characters hold three bytes.
std::optional<std::string> decoded(std::string_view part, std::size_t size_max) {
    if (part.empty() || part.size() > size_max / 3 * 4 + 4) return std::nullopt;
    const auto bytes = from_base64url(part);
    if (!bytes || bytes->size() > size_max) return std::nullopt;
    return to_string(*bytes);
}

bool parse_jwt(std::string_view jwt, SdJwt& out) {
    out.jwt = std::string(jwt);
    const auto header_part = take_until(jwt, '.');
    const auto payload_part = take_until(jwt, '.');
    if (!header_part || !payload_part) return false;
    auto header = decoded(*header_part, kSdJwtHeaderMax);
    auto payload = decoded(*payload_part, kSdJwtPayloadMax);
    const auto signature = decoded(jwt, out.signature.size());
    if (!header || !payload || !signature || signature->size() != out.signature.size())
        return false;
    out.header = std::move(*header);
    out.payload = std::move(*payload);
    std::copy(signature->begin(), signature->end(), out.signature.begin());
    return true;
}

}  // namespace

std::optional<SdJwt> parse_sd_jwt(std::string_view text) {
    if (text.size() > kSdJwtSizeMax) return std::nullopt;
    SdJwt out;
    const auto jwt = take_until(text, '~');
    if (!jwt || !parse_jwt(*jwt, out)) return std::nullopt;
    while (!text.empty()) {
        const auto disclosure = take_until(text, '~');
        if (!disclosure || disclosure->size() > kSdJwtDisclosureMax ||
            out.disclosures.size() == kSdJwtDisclosuresMax ||
            !decoded(*disclosure, kSdJwtDisclosureMax)) {
            return std::nullopt;
        }
        out.disclosures.emplace_back(*disclosure);
    }
    return out;
}

std::string write_sd_jwt(std::string_view jwt, const std::vector<std::string>& disclosures) {
    std::string out(jwt);
    out += '~';
    for (const std::string& disclosure : disclosures) out.append(disclosure).append("~");
    return out;
}

std::string sign_jwt(std::string_view header, std::string_view payload, const SigningSeed& seed) {
    const std::string input = base64url(bytes_of(header)) + "." + base64url(bytes_of(payload));
    return input + "." + base64url(sign(seed, bytes_of(input)));
}

bool verify_jwt(const SdJwt& sd_jwt, const VerifyKey& key) {
    const std::string_view input(sd_jwt.jwt.data(), sd_jwt.jwt.rfind('.'));
    return verify(key, bytes_of(input), sd_jwt.signature);
}

std::string disclosure_digest(std::string_view disclosure) {
    return base64url(sha256(bytes_of(disclosure)).view());
}

bool is_disclosure_digest(std::string_view text) {
    constexpr std::size_t kDigestTextSize = 43;
    return text.size() == kDigestTextSize && from_base64url(text).has_value();
}

}  // namespace custos::crypto
