// SPDX-License-Identifier: GPL-3.0-or-later
// Disclosures that somebody made up, beside a statement that is really signed: the input's lines
// are disclosures as they are written, or what they would hold.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/secret.h"
#include "vault/publish/claims.h"
#include "vault/publish/withheld.h"

namespace {

using custos::Bytes;
using custos::ByteView;
namespace crypto = custos::crypto;
namespace publish = custos::vault::publish;
using nlohmann::json;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

crypto::SigningSeed seed() { return crypto::SigningSeed(Bytes(32, 3)); }

// One open paragraph, one withheld, one fact; salts of zeros, which the corpus knows.
std::string signed_part(std::vector<std::string>& disclosures) {
    publish::SdJwtIssuer issuer([](std::string_view) { return Bytes(16, 0); });
    json claims = {{"index", "KEP 1"}, {"paragraphs", json::array()}, {"facts", json::object()}};
    disclosures.push_back(issuer.add_element(claims["paragraphs"], {{"text", "one"}}, "1"));
    disclosures.push_back(issuer.add_element(claims["paragraphs"], {{"text", "two"}}, "2"));
    disclosures.push_back(issuer.add_property(claims["facts"], "1", {{"names", {"A"}}}, "f"));
    return publish::issue_sd_jwt(claims, publish::kClaimsType, "k", seed());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    std::string_view text = custos::text_of(ByteView(data, size));
    static_cast<void>(publish::take_out_withheld(text, "[passage withheld]"));
    std::vector<std::string> known;
    static const std::string jwt = signed_part(known);
    if (known.empty()) static_cast<void>(signed_part(known));
    static_cast<void>(publish::open_disclosure(text, jwt + "~", crypto::verify_key_of(seed())));

    std::vector<std::string> given;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool written = crypto::from_base64url(line).has_value();
        given.push_back(written ? line : crypto::base64url(custos::bytes_of(line)));
    }
    const auto opened = publish::open_disclosure(crypto::write_sd_jwt(jwt, given), jwt + "~",
                                                 crypto::verify_key_of(seed()));
    if (opened.verdict != publish::SdJwtVerdict::authentic) return 0;
    // Only what was signed, each once.
    std::sort(given.begin(), given.end());
    require(std::adjacent_find(given.begin(), given.end()) == given.end());
    for (const std::string& each : given)
        require(std::find(known.begin(), known.end(), each) != known.end());
    require(opened.claims.at("paragraphs").size() + opened.claims.at("facts").size() ==
            given.size());
    return 0;
}
