// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/sd_jwt.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"

namespace custos::crypto {
namespace {

SigningSeed seed(std::uint8_t fill = 7) { return SigningSeed(Bytes(32, fill)); }

std::string sample() {
    return write_sd_jwt(sign_jwt(R"({"alg":"EdDSA"})", R"({"_sd_alg":"sha-256"})", seed()),
                        {base64url(bytes_of(R"(["salt","a",1])"))});
}

}  // namespace

TEST_CASE("an SD-JWT is taken apart as it was put together", "[crypto][sd_jwt]") {
    const auto parsed = parse_sd_jwt(sample());
    REQUIRE(parsed);
    CHECK(parsed->header == R"({"alg":"EdDSA"})");
    CHECK(parsed->payload == R"({"_sd_alg":"sha-256"})");
    CHECK(parsed->disclosures.size() == 1);
    CHECK(write_sd_jwt(parsed->jwt, parsed->disclosures) == sample());
    CHECK(verify_jwt(*parsed, verify_key_of(seed())));
    CHECK_FALSE(verify_jwt(*parsed, verify_key_of(seed(8))));
}

TEST_CASE("every changed character of the signed part is noticed", "[crypto][sd_jwt]") {
    const std::string text = sample();
    const VerifyKey key = verify_key_of(seed());
    std::size_t tried = 0;
    std::size_t noticed = 0;
    for (std::size_t i = 0; i < text.find('~'); ++i) {
        for (const char replacement : {'A', 'B', '-', '=', '~', '.', ' ', '\n', '+'}) {
            std::string changed = text;
            if (changed[i] == replacement) continue;
            changed[i] = replacement;
            ++tried;
            const auto parsed = parse_sd_jwt(changed);
            if (!parsed || !verify_jwt(*parsed, key)) ++noticed;
        }
    }
    CHECK(noticed == tried);
}

TEST_CASE("what is not exactly the compact form is no SD-JWT", "[crypto][sd_jwt]") {
    const std::string good = sample();
    const std::string jwt = good.substr(0, good.find('~'));
    for (const std::string& bad :
         {std::string(), std::string("~"), jwt, good + "x", good + "\n", good + "~", "\n" + good,
          jwt + ".~", "." + jwt + "~", jwt + "~YQ==~", jwt + "~YR~", jwt + "~Y~", jwt + "~a b~",
          jwt + "~a+b/~", jwt.substr(0, jwt.rfind('.')) + "~", jwt.substr(0, jwt.size() - 4) + "~",
          good + jwt}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_sd_jwt(bad));
    }
    CHECK(parse_sd_jwt(jwt + "~"));
}

TEST_CASE("the limits of an SD-JWT are kept", "[crypto][sd_jwt]") {
    const auto with = [](std::size_t header, std::size_t payload, std::size_t disclosures) {
        return parse_sd_jwt(
            write_sd_jwt(sign_jwt(std::string(header, 'h'), std::string(payload, 'p'), seed()),
                         std::vector<std::string>(disclosures, "YWI")));
    };
    CHECK(with(kSdJwtHeaderMax, 1, 0));
    CHECK_FALSE(with(kSdJwtHeaderMax + 1, 1, 0));
    CHECK(with(1, kSdJwtPayloadMax, 0));
    CHECK_FALSE(with(1, kSdJwtPayloadMax + 1, 0));
    CHECK(with(1, 1, kSdJwtDisclosuresMax));
    CHECK_FALSE(with(1, 1, kSdJwtDisclosuresMax + 1));

    const std::string jwt = sign_jwt("h", "p", seed());
    CHECK(parse_sd_jwt(write_sd_jwt(jwt, {std::string(kSdJwtDisclosureMax, 'A')})));
    CHECK_FALSE(parse_sd_jwt(write_sd_jwt(jwt, {std::string(kSdJwtDisclosureMax + 4, 'A')})));
    const std::vector<std::string> many(kSdJwtSizeMax / kSdJwtDisclosureMax,
                                        std::string(kSdJwtDisclosureMax, 'A'));
    CHECK_FALSE(parse_sd_jwt(write_sd_jwt(jwt, many)));
}

TEST_CASE("the digest of a disclosure is that of RFC 9901 section 5.1", "[crypto][sd_jwt]") {
    CHECK(disclosure_digest("WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd") ==
          "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4");
    CHECK(is_disclosure_digest("jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4"));
    CHECK_FALSE(is_disclosure_digest("jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK5"));
    CHECK_FALSE(is_disclosure_digest("jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK"));
    CHECK_FALSE(is_disclosure_digest(""));
}

}  // namespace custos::crypto
