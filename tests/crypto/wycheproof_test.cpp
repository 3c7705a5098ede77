// SPDX-License-Identifier: GPL-3.0-or-later
// Project Wycheproof's vectors for what crypto/ offers itself.
#include <algorithm>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "tests/crypto/vectors.h"

namespace custos::crypto {
namespace {

using nlohmann::json;
using test::hex_at;
using test::Outcome;
using test::passed_if;

bool is_valid(const json& test) { return test.at("result") == "valid"; }

TEST_CASE("verify agrees with Wycheproof on Ed25519", "[vectors]") {
    test::run_wycheproof("ed25519_test", 151, [](const json& group, const json& test) {
        VerifyKey key;
        const Bytes bytes = hex_at(group.at("publicKey"), "pk");
        std::copy_n(bytes.begin(), key.bytes.size(), key.bytes.begin());
        return passed_if(verify(key, hex_at(test, "msg"), hex_at(test, "sig")) == is_valid(test));
    });
}

TEST_CASE("hkdf_sha256 agrees with Wycheproof", "[vectors]") {
    test::run_wycheproof("hkdf_sha256_test", 86, [](const json&, const json& test) {
        Bytes out(test.at("size").get<std::size_t>());
        try {
            hkdf_sha256(hex_at(test, "ikm"), hex_at(test, "salt"), hex_at(test, "info"), out);
        } catch (const std::length_error&) {
            return passed_if(!is_valid(test));
        }
        return passed_if(is_valid(test) && out == hex_at(test, "okm"));
    });
}

TEST_CASE("hmac_sha256 agrees with Wycheproof, cut-off tags included", "[vectors]") {
    test::run_wycheproof("hmac_sha256_test", 174, [](const json& group, const json& test) {
        const Digest value = hmac_sha256(hex_at(test, "key"), hex_at(test, "msg"));
        const auto tag_size = group.at("tagSize").get<std::size_t>() / 8;
        const bool same = equal_secrets(value.view().first(tag_size), hex_at(test, "tag"));
        return passed_if(same == is_valid(test));
    });
}

}  // namespace
}  // namespace custos::crypto
