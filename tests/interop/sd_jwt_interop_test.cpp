// SPDX-License-Identifier: GPL-3.0-or-later
// SD-JWTs both ways with the npm packages @sd-jwt/core and jose, and the cases of sd-jwt-python:
// issued by us, a presentation made as each case says, verified by both.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "tests/crypto/vectors.h"
#include "tests/interop/program.h"
#include "vault/publish/sd_jwt.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
using test::program_or_skip;
using test::run;
using test::ScratchFolder;

const std::string kPeer = CUSTOS_INTEROP_DIR "/sd_jwt_peer.mjs";
const std::string kMark = "!sd ";

crypto::SigningSeed seed() { return crypto::SigningSeed(Bytes(32, 5)); }
crypto::VerifyKey key() { return crypto::verify_key_of(seed()); }
std::string seed_text() { return crypto::hex(seed().reveal()); }
std::string key_text() { return crypto::hex(key().bytes); }

std::string package_or_skip(const std::string& name) {
    program_or_skip("node");
    const char* const given = std::getenv("CUSTOS_NPM");  // NOLINT(concurrency-mt-unsafe)
    const std::filesystem::path packages =
        given != nullptr ? given : CUSTOS_INTEROP_DIR "/../../.deps/npm";
    if (!std::filesystem::exists(packages / "node_modules" / name)) {
        SKIP("no npm package " + name + " here: ./dev test brings it, or set CUSTOS_NPM");
    }
    return std::filesystem::absolute(packages).string();
}

std::string answer(const ScratchFolder& scratch, std::vector<std::string> words) {
    words.insert(words.begin(), {"node", kPeer});
    const auto ran = run(scratch, words);
    INFO(ran.out);
    REQUIRE(ran.succeeded());
    return ran.out;
}

// Claims marked as sd_jwt_peer.mjs says, issued; disclosures are kept by where they stand.
class Case {
public:
    explicit Case(const json& marked)
        : issuer_([](std::string_view) { return crypto::random_bytes(crypto::kSdJwtSaltSize); }) {
        jwt_ = issue_sd_jwt(issued(marked, ""), "sd-jwt", "key", seed());
    }

    std::string all() const {
        std::vector<std::string> disclosures;
        for (const auto& [where, text] : disclosures_) disclosures.push_back(text);
        return crypto::write_sd_jwt(jwt_, disclosures);
    }

    std::string presented(const json& marked, const json& wanted) {
        std::vector<std::string> chosen;
        choose(marked, wanted, "", chosen);
        return crypto::write_sd_jwt(jwt_, chosen);
    }

private:
    static bool is_marked(const json& value) {
        return value.is_object() && value.size() == 1 && value.contains("!sd");
    }

    json issued(const json& marked, const std::string& where) {
        if (marked.is_array()) {
            json out = json::array();
            for (std::size_t i = 0; i < marked.size(); ++i) {
                const std::string here = where + "/" + std::to_string(i);
                if (is_marked(marked[i])) {
                    disclosures_[here] =
                        issuer_.add_element(out, issued(marked[i]["!sd"], here), here);
                } else {
                    out.push_back(issued(marked[i], here));
                }
            }
            return out;
        }
        if (!marked.is_object()) return marked;
        json out = json::object();
        for (const auto& [name, value] : marked.items()) {
            if (name.rfind(kMark, 0) != 0) {
                out[name] = issued(value, where + "/" + name);
                continue;
            }
            const std::string bare = name.substr(kMark.size());
            const std::string here = where + "/" + bare;
            disclosures_[here] = issuer_.add_property(out, bare, issued(value, here), here);
        }
        return out;
    }

    void choose(const json& marked, const json& wanted, const std::string& where,
                std::vector<std::string>& chosen) {
        if (marked.is_array()) {
            for (std::size_t i = 0; i < marked.size(); ++i) {
                const json wish = wanted.is_array() && i < wanted.size() ? wanted[i] : json();
                const std::string here = where + "/" + std::to_string(i);
                if (!is_marked(marked[i])) {
                    choose(marked[i], wish, here, chosen);
                } else if (!wish.is_null() && wish != false) {
                    chosen.push_back(disclosures_.at(here));
                    choose(marked[i]["!sd"], wish, here, chosen);
                }
            }
        } else if (marked.is_object()) {
            for (const auto& [name, value] : marked.items()) {
                const bool can = name.rfind(kMark, 0) == 0;
                const std::string bare = can ? name.substr(kMark.size()) : name;
                const std::string here = where + "/" + bare;
                const bool named = wanted.is_object() && wanted.contains(bare);
                const json wish = named ? wanted[bare] : json();
                if (can && (!named || wish == false)) continue;
                if (can) chosen.push_back(disclosures_.at(here));
                choose(value, wish, here, chosen);
            }
        }
    }

    SdJwtIssuer issuer_;
    std::map<std::string, std::string> disclosures_;
    std::string jwt_;
};

json without_marks(const json& marked) {
    if (marked.is_array()) {
        json out = json::array();
        for (const json& item : marked) {
            const bool can = item.is_object() && item.size() == 1 && item.contains("!sd");
            out.push_back(without_marks(can ? item["!sd"] : item));
        }
        return out;
    }
    if (!marked.is_object()) return marked;
    json out = json::object();
    for (const auto& [name, value] : marked.items())
        out[name.rfind(kMark, 0) == 0 ? name.substr(kMark.size()) : name] = without_marks(value);
    return out;
}

}  // namespace

TEST_CASE("peers verify what we issue, shown in whole, in part and not at all",
          "[interop][sd_jwt]") {
    const std::string packages = package_or_skip("@sd-jwt/core");
    const ScratchFolder scratch;
    const json marked = {{"title", "Statement"},
                         {"paragraphs",
                          {{{"!sd", {{"number", 1}, {"text", "ភ្នំពេញ"}}}},
                           {{"!sd", {{"number", 2}, {"text", "two"}}}}}},
                         {"facts", {{"!sd 1", "A. Person"}}}};
    Case ours(marked);
    for (const json& wanted : {json(), json{{"paragraphs", {false, true}}},
                               json{{"paragraphs", {true, true}}, {"facts", {{"1", true}}}}}) {
        const std::string text = ours.presented(marked, wanted);
        scratch.write("ours", text);
        const OpenedSdJwt opened = open_sd_jwt(text, key());
        REQUIRE(opened.verdict == SdJwtVerdict::authentic);
        CHECK(json::parse(answer(scratch, {packages, "verify", key_text(), "ours"})) ==
              opened.claims);
        CHECK(answer(scratch, {packages, "jose", key_text(), "ours"}) ==
              crypto::parse_sd_jwt(text)->payload);
    }
    const std::string text = ours.all();
    std::string changed = text;
    changed[30] = changed[30] == 'A' ? 'B' : 'A';
    scratch.write("changed", changed);
    CHECK_FALSE(
        run(scratch, {"node", kPeer, packages, "verify", key_text(), "changed"}).succeeded());
    CHECK_FALSE(run(scratch, {"node", kPeer, packages, "jose", key_text(), "changed"}).succeeded());
}

TEST_CASE("we verify what a peer issues and presents", "[interop][sd_jwt]") {
    const std::string packages = package_or_skip("@sd-jwt/core");
    const ScratchFolder scratch;
    const json claims = {{"title", "Statement"},
                         {"paragraphs", {"one", "two"}},
                         {"place", {{"country", "TH"}, {"street", "Soi Example 12"}}}};
    scratch.write("claims", claims.dump());
    scratch.write("frame",
                  R"({"paragraphs":{"_sd":[0,1]},"place":{"_sd":["street"],"_sd_decoy":3}})");
    const std::string theirs = answer(scratch, {packages, "issue", seed_text(), "claims", "frame"});
    const OpenedSdJwt all = open_sd_jwt(theirs, key());
    REQUIRE(all.verdict == SdJwtVerdict::authentic);
    CHECK(all.claims == claims);
    CHECK(open_sd_jwt(theirs, crypto::verify_key_of(crypto::SigningSeed(Bytes(32, 6)))).verdict ==
          SdJwtVerdict::not_signed);

    scratch.write("theirs", theirs);
    scratch.write("choice", R"({"paragraphs":{"1":true}})");
    const OpenedSdJwt some =
        open_sd_jwt(answer(scratch, {packages, "present", "theirs", "choice"}), key());
    REQUIRE(some.verdict == SdJwtVerdict::authentic);
    CHECK(some.claims["paragraphs"] == json::array({"two"}));
    CHECK_FALSE(some.claims["place"].contains("street"));
}

TEST_CASE("every case of sd-jwt-python is issued, presented and verified", "[interop][sd_jwt]") {
    const std::string vectors = test::vectors_or_skip("sd-jwt");
    const std::string packages = package_or_skip("yaml");
    const ScratchFolder scratch;
    std::size_t total = 0;
    std::size_t passed = 0;
    std::size_t by_peer = 0;
    for (const char* folder : {"/tests/testcases", "/examples"}) {
        const json cases = json::parse(answer(scratch, {packages, "cases", vectors + folder}));
        for (const json& one : cases) {
            CAPTURE(one["name"].get<std::string>());
            const json& marked = one["user_claims"];
            Case ours(marked);
            ++total;
            const OpenedSdJwt all = open_sd_jwt(ours.all(), key());
            const std::string presented = ours.presented(marked, one["holder_disclosed_claims"]);
            const OpenedSdJwt some = open_sd_jwt(presented, key());
            const bool expected = !one.contains("expect_verified_user_claims") ||
                                  some.claims == one["expect_verified_user_claims"];
            CHECK(all.claims == without_marks(marked));
            CHECK(some.verdict == SdJwtVerdict::authentic);
            CHECK(expected);
            if (all.claims == without_marks(marked) && expected &&
                some.verdict == SdJwtVerdict::authentic) {
                ++passed;
            }
            scratch.write("ours", presented);
            if (json::parse(answer(scratch, {packages, "verify", key_text(), "ours"})) ==
                some.claims) {
                ++by_peer;
            }
        }
    }
    std::cout << "sd-jwt-python cases: " << passed << " of " << total
              << ", read alike by a peer: " << by_peer << " of " << total << "\n";
    CHECK(total == 32);
    CHECK(by_peer == total);
}

TEST_CASE("published examples open, but for their algorithm and key binding", "[interop][sd_jwt]") {
    const json file = test::read_json(test::vectors_or_skip("sd-jwt") + "/example-sdjwt.json");
    for (const json& kat : file["disclosure_digest_kats"])
        CHECK(crypto::disclosure_digest(kat["disclosure"].get<std::string>()) == kat["digest"]);
    std::size_t opened = 0;
    for (const json& example : file["examples"]) {
        const std::string whole = example["sd_jwt"];
        const std::string text = whole.substr(0, whole.rfind('~') + 1);
        const auto parsed = crypto::parse_sd_jwt(text);
        REQUIRE(parsed);
        CHECK(parsed->disclosures.size() == example["disclosures"]);
        const OpenedSdJwt claims = open_signed_sd_jwt(*parsed);
        if (claims.verdict == SdJwtVerdict::authentic) ++opened;
        // Ours take Ed25519 alone, and no key binding.
        CHECK(open_sd_jwt(text, key()).verdict == SdJwtVerdict::wrong_algorithm);
        if (text != whole) CHECK_FALSE(crypto::parse_sd_jwt(whole));
    }
    std::cout << "published SD-JWTs opened: " << opened << " of " << file["examples"].size()
              << "\n";
    CHECK(opened == file["examples"].size());
}

}  // namespace custos::vault::publish
