// SPDX-License-Identifier: GPL-3.0-or-later
// Project Wycheproof's vectors for the key agreements below crypto/age: X25519 and ML-KEM-768.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "tests/crypto/vectors.h"

namespace custos {
namespace {

using nlohmann::json;
using test::hex_at;
using test::Outcome;
using test::passed_if;

TEST_CASE("libsodium agrees with Wycheproof on X25519 and refuses shared secrets of zeros",
          "[vectors]") {
    test::run_wycheproof("x25519_test", 518, [](const json&, const json& test) {
        Bytes shared(32);
        const Bytes wanted = hex_at(test, "shared");
        const int result = crypto_scalarmult_curve25519(
            shared.data(), hex_at(test, "private").data(), hex_at(test, "public").data());
        if (wanted == Bytes(32, 0)) return passed_if(result != 0);
        return passed_if(result == 0 && shared == wanted);
    });
}

TEST_CASE("libsodium agrees with Wycheproof on ML-KEM-768 keys", "[vectors]") {
    test::run_wycheproof("mlkem_768_keygen_seed_test", 100, [](const json&, const json& test) {
        const Bytes seed = hex_at(test, "seed");
        if (seed.size() != crypto_kem_mlkem768_SEEDBYTES) return Outcome::not_expressible;
        Bytes public_key(crypto_kem_mlkem768_PUBLICKEYBYTES);
        Bytes secret_key(crypto_kem_mlkem768_SECRETKEYBYTES);
        crypto_kem_mlkem768_seed_keypair(public_key.data(), secret_key.data(), seed.data());
        return passed_if(public_key == hex_at(test, "ek") && secret_key == hex_at(test, "dk"));
    });
}

TEST_CASE("libsodium agrees with Wycheproof on ML-KEM-768 encapsulation", "[vectors]") {
    test::run_wycheproof("mlkem_768_encaps_test", 245, [](const json&, const json& test) {
        const Bytes public_key = hex_at(test, "ek");
        const Bytes message = hex_at(test, "m");
        if (public_key.size() != crypto_kem_mlkem768_PUBLICKEYBYTES || message.size() != 32) {
            return Outcome::not_expressible;
        }
        Bytes sealed(crypto_kem_mlkem768_CIPHERTEXTBYTES);
        Bytes shared(crypto_kem_mlkem768_SHAREDSECRETBYTES);
        const bool accepted =
            crypto_kem_mlkem768_enc_deterministic(sealed.data(), shared.data(), public_key.data(),
                                                  message.data()) == 0;
        if (test.at("result") == "invalid") return passed_if(!accepted);
        return passed_if(accepted && sealed == hex_at(test, "c") && shared == hex_at(test, "K"));
    });
}

TEST_CASE("libsodium agrees with Wycheproof on ML-KEM-768 decapsulation", "[vectors]") {
    test::run_wycheproof("mlkem_768_test", 153, [](const json&, const json& test) {
        const Bytes seed = hex_at(test, "seed");
        const Bytes sealed = hex_at(test, "c");
        if (seed.size() != crypto_kem_mlkem768_SEEDBYTES ||
            sealed.size() != crypto_kem_mlkem768_CIPHERTEXTBYTES) {
            return Outcome::not_expressible;
        }
        Bytes public_key(crypto_kem_mlkem768_PUBLICKEYBYTES);
        Bytes secret_key(crypto_kem_mlkem768_SECRETKEYBYTES);
        Bytes shared(crypto_kem_mlkem768_SHAREDSECRETBYTES);
        crypto_kem_mlkem768_seed_keypair(public_key.data(), secret_key.data(), seed.data());
        const bool accepted =
            crypto_kem_mlkem768_dec(shared.data(), sealed.data(), secret_key.data()) == 0;
        return passed_if(accepted && public_key == hex_at(test, "ek") &&
                         shared == hex_at(test, "K"));
    });
}

}  // namespace
}  // namespace custos
