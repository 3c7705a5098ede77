// SPDX-License-Identifier: GPL-3.0-or-later
// An SD-JWT that somebody else wrote: its compact form, and behind a good signature its header,
// claims and disclosures. The first line of the input is the header, the second the claims, the
// others are disclosures before their base64url.
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/secret.h"
#include "vault/publish/sd_jwt.h"

namespace {

using custos::Bytes;
using custos::ByteView;
namespace crypto = custos::crypto;
namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

void open_signed(std::string_view text) {
    const crypto::SigningSeed seed(Bytes(32, 1));
    const std::string_view header = take_line(text);
    const std::string_view claims = take_line(text);
    const std::string jwt = crypto::sign_jwt(header, claims, seed);
    std::vector<std::string> disclosures;
    while (!text.empty())
        disclosures.push_back(crypto::base64url(custos::bytes_of(take_line(text))));
    const std::string whole = crypto::write_sd_jwt(jwt, disclosures);
    const auto opened = publish::open_sd_jwt(whole, crypto::verify_key_of(seed));
    if (opened.verdict != publish::SdJwtVerdict::authentic) return;
    // One more that nothing refers to, and one twice, are never passed over.
    disclosures.emplace_back("WyJzYWx0IiwiZm9yZ2VkIiwxXQ");
    require(
        publish::open_sd_jwt(crypto::write_sd_jwt(jwt, disclosures), crypto::verify_key_of(seed))
            .verdict != publish::SdJwtVerdict::authentic);
    disclosures.back() = disclosures.front();
    require(
        publish::open_sd_jwt(crypto::write_sd_jwt(jwt, disclosures), crypto::verify_key_of(seed))
            .verdict != publish::SdJwtVerdict::authentic);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const std::string_view text = custos::text_of(ByteView(data, size));
    if (const auto parsed = crypto::parse_sd_jwt(text)) {
        require(crypto::write_sd_jwt(parsed->jwt, parsed->disclosures) == text);
        static_cast<void>(publish::open_signed_sd_jwt(*parsed));
    }
    static_cast<void>(publish::read_disclosure(text));
    open_signed(text);
    return 0;
}
