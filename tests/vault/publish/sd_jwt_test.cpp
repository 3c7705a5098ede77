// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/sd_jwt.h"

#include <set>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

crypto::SigningSeed seed(std::uint8_t fill = 7) { return crypto::SigningSeed(Bytes(32, fill)); }
crypto::VerifyKey key() { return crypto::verify_key_of(seed()); }

SdJwtIssuer issuer() {
    return SdJwtIssuer([](std::string_view what) {
        const crypto::Digest digest = crypto::sha256(bytes_of(what));
        return to_bytes(digest.view().first(crypto::kSdJwtSaltSize));
    });
}

OpenedSdJwt opened(std::string_view jwt, const std::vector<std::string>& disclosures = {}) {
    return open_sd_jwt(crypto::write_sd_jwt(jwt, disclosures), key());
}

// A signed part of any text, and what is said of it with these disclosures.
SdJwtVerdict verdict_of(std::string_view payload, const std::vector<std::string>& disclosures = {},
                        std::string_view header = R"({"alg":"EdDSA"})") {
    return opened(crypto::sign_jwt(header, payload, seed()), disclosures).verdict;
}

std::string disclosure(std::string_view text) { return crypto::base64url(bytes_of(text)); }

struct Sample {
    std::string jwt;
    std::string first, second, secret;
};

Sample sample() {
    SdJwtIssuer issue = issuer();
    Sample out;
    json claims = {
        {"title", "Statement"}, {"paragraphs", json::array()}, {"facts", json::object()}};
    out.first = issue.add_element(claims["paragraphs"], {{"number", 1}, {"text", "one"}}, "1");
    out.second = issue.add_element(claims["paragraphs"], {{"number", 2}, {"text", "two"}}, "2");
    out.secret = issue.add_property(claims["facts"], "1", {{"names", {"A. Person"}}}, "fact 1");
    issue.add_decoys(claims["facts"], 8, "facts");
    out.jwt = issue_sd_jwt(claims, "custos-statement+sd-jwt", "key", seed());
    return out;
}

}  // namespace

TEST_CASE("any choice of disclosures opens to what was chosen", "[publish][sd_jwt]") {
    const Sample it = sample();
    const json open = {
        {"title", "Statement"}, {"paragraphs", json::array()}, {"facts", json::object()}};
    CHECK(opened(it.jwt).claims == open);
    CHECK(opened(it.jwt).header.at("typ") == "custos-statement+sd-jwt");

    const OpenedSdJwt second = opened(it.jwt, {it.second});
    CHECK(second.verdict == SdJwtVerdict::authentic);
    CHECK(second.claims["paragraphs"] == json::array({{{"number", 2}, {"text", "two"}}}));

    const OpenedSdJwt all = opened(it.jwt, {it.secret, it.second, it.first});
    CHECK(all.claims["paragraphs"].size() == 2);
    CHECK(all.claims["paragraphs"][0]["text"] == "one");  // the order is that of the signed part
    CHECK(all.claims["facts"]["1"]["names"][0] == "A. Person");
}

TEST_CASE("the signed part does not hold, or count, what is kept back", "[publish][sd_jwt]") {
    const Sample it = sample();
    const auto parsed = crypto::parse_sd_jwt(it.jwt + "~");
    REQUIRE(parsed);
    CHECK(parsed->payload.find("Person") == std::string::npos);
    const json payload = json::parse(parsed->payload);
    CHECK(payload["facts"]["_sd"].size() == 8);
    const auto digests = payload["facts"]["_sd"].get<std::vector<std::string>>();
    CHECK(std::is_sorted(digests.begin(), digests.end()));
    CHECK(std::set<std::string>(digests.begin(), digests.end()).size() == 8);
}

TEST_CASE("claims within claims are opened one by one", "[publish][sd_jwt]") {
    SdJwtIssuer issue = issuer();
    json inner = {{"open", 1}};
    const std::string deep = issue.add_property(inner, "deep", "value", "deep");
    json claims;
    const std::string outer = issue.add_property(claims, "outer", inner, "outer");
    const std::string jwt = issue_sd_jwt(claims, "t", "k", seed());
    CHECK(opened(jwt, {outer}).claims == json{{"outer", {{"open", 1}}}});
    CHECK(opened(jwt, {outer, deep}).claims == json{{"outer", {{"open", 1}, {"deep", "value"}}}});
    // Without what it stands in, nothing signed refers to it.
    CHECK(opened(jwt, {deep}).verdict == SdJwtVerdict::bad_disclosure);
}

TEST_CASE("forged, foreign, repeated and misplaced disclosures are errors", "[publish][sd_jwt]") {
    const Sample it = sample();
    const std::vector<std::vector<std::string>> bad = {
        {disclosure(R"(["salt","number",1])")},         // nothing refers to it
        {disclosure(R"(["salt",{"number":3}])")},       //
        {it.first, it.first},                           // twice
        {it.first, it.second, it.secret, it.second},    //
        {it.first, disclosure(R"(["salt","x","y"])")},  // one good, one forged
        {disclosure("[]")},
        {disclosure("no JSON")},
    };
    for (const auto& disclosures : bad)
        CHECK(opened(it.jwt, disclosures).verdict == SdJwtVerdict::bad_disclosure);

    // Every changed byte of a disclosure makes it one that nothing refers to, or no SD-JWT at all.
    for (std::size_t i = 0; i < it.secret.size(); ++i) {
        std::string changed = it.secret;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        CHECK(opened(it.jwt, {changed}).verdict != SdJwtVerdict::authentic);
    }
}

TEST_CASE("a disclosure fits only where its form fits", "[publish][sd_jwt]") {
    const std::string property = disclosure(R"(["salt","name","value"])");
    const std::string element = disclosure(R"(["salt","value"])");
    const auto digest = [](const std::string& text) { return crypto::disclosure_digest(text); };
    CHECK(verdict_of(R"({"_sd":[")" + digest(property) + R"("]})", {property}) ==
          SdJwtVerdict::authentic);
    CHECK(verdict_of(R"({"a":[{"...":")" + digest(element) + R"("}]})", {element}) ==
          SdJwtVerdict::authentic);
    CHECK(verdict_of(R"({"_sd":[")" + digest(element) + R"("]})", {element}) ==
          SdJwtVerdict::bad_disclosure);
    CHECK(verdict_of(R"({"a":[{"...":")" + digest(property) + R"("}]})", {property}) ==
          SdJwtVerdict::bad_disclosure);
    CHECK(verdict_of(R"({"name":1,"_sd":[")" + digest(property) + R"("]})", {property}) ==
          SdJwtVerdict::bad_disclosure);
    for (const char* text :
         {R"(["salt","_sd",[]])", R"(["salt","...","x"])", R"(["salt","_sd_alg","sha-256"])",
          R"([1,"name","value"])", R"(["salt",1,"value"])", R"(["salt"])", R"(["s","n","v","w"])",
          R"(["salt","name",{"a":1,"a":2}])",
          R"(["salt","name","value"] )"
          "x",
          R"({"salt":1})"}) {
        CAPTURE(text);
        const std::string bad = disclosure(text);
        CHECK(verdict_of(R"({"_sd":[")" + digest(bad) + R"("]})", {bad}) ==
              SdJwtVerdict::bad_disclosure);
    }
}

TEST_CASE("a signed part with misused names or digests is refused", "[publish][sd_jwt]") {
    const std::string digest = crypto::disclosure_digest("decoy");
    const auto malformed = [](const std::string& payload) {
        CAPTURE(payload);
        CHECK(verdict_of(payload) == SdJwtVerdict::malformed);
    };
    malformed(R"({"_sd":[")" + digest + R"(",")" + digest + R"("]})");
    malformed(R"({"_sd":[")" + digest + R"("],"a":[{"...":")" + digest + R"("}]})");
    malformed(R"({"_sd":")" + digest + R"("})");
    malformed(R"({"_sd":[1]})");
    malformed(R"({"_sd":["short"]})");
    malformed(R"({"a":[{"...":1}]})");
    malformed(R"({"a":[{"...":")" + digest + R"(","b":1}]})");
    malformed(R"({"...":")" + digest + R"("})");
    malformed(R"({"a":{"...":")" + digest + R"("}})");
    malformed(R"({"a":{"_sd_alg":"sha-256"}})");
    malformed(R"({"a":1,"a":2})");
    malformed(R"({"a":1}{"b":2})");
    malformed(R"([1])");
    malformed("");
    CHECK(verdict_of(R"({"_sd":[")" + digest + R"("]})") == SdJwtVerdict::authentic);
}

TEST_CASE("only Ed25519 and SHA-256 are taken", "[publish][sd_jwt]") {
    CHECK(verdict_of("{}", {}, R"({"alg":"Ed25519"})") == SdJwtVerdict::authentic);
    for (const char* header : {R"({"alg":"none"})", R"({"alg":"ES256"})", R"({"alg":"HS256"})",
                               R"({"alg":"eddsa"})", R"({"alg":["EdDSA"]})", R"({})"}) {
        CAPTURE(header);
        CHECK(verdict_of("{}", {}, header) == SdJwtVerdict::wrong_algorithm);
    }
    for (const char* header : {R"({"alg":"EdDSA","alg":"EdDSA"})", "[]", "x",
                               R"({"alg":"EdDSA","crit":["b64"],"b64":false})"}) {
        CAPTURE(header);
        CHECK(verdict_of("{}", {}, header) == SdJwtVerdict::malformed);
    }
    CHECK(verdict_of(R"({"_sd_alg":"sha-512"})") == SdJwtVerdict::wrong_algorithm);
    CHECK(verdict_of(R"({"_sd_alg":null})") == SdJwtVerdict::wrong_algorithm);
}

TEST_CASE("another key, and another's signature, are noticed", "[publish][sd_jwt]") {
    const Sample it = sample();
    CHECK(open_sd_jwt(it.jwt + "~", crypto::verify_key_of(seed(8))).verdict ==
          SdJwtVerdict::not_signed);
    const std::string other = issue_sd_jwt({{"title", "Another"}}, "t", "k", seed());
    const std::string mixed = it.jwt.substr(0, it.jwt.rfind('.')) + other.substr(other.rfind('.'));
    CHECK(opened(mixed).verdict == SdJwtVerdict::not_signed);
}

TEST_CASE("an SD-JWT may be nested so deep and no deeper", "[publish][sd_jwt]") {
    const auto nested = [](std::size_t depth) {
        return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    CHECK(verdict_of(nested(kSdJwtDepthMax - 1)) == SdJwtVerdict::authentic);
    CHECK(verdict_of(nested(kSdJwtDepthMax + 2)) == SdJwtVerdict::malformed);

    // Disclosures within disclosures count as well.
    SdJwtIssuer issue = issuer();
    std::vector<std::string> disclosures;
    json value = "innermost";
    for (std::size_t i = 0; i <= kSdJwtDepthMax; ++i) {
        json outer = json::object();
        disclosures.push_back(issue.add_property(outer, "a", value, std::to_string(i)));
        value = outer;
    }
    const std::string jwt = issue_sd_jwt(value, "t", "k", seed());
    CHECK(opened(jwt, disclosures).verdict == SdJwtVerdict::malformed);
}

}  // namespace custos::vault::publish
