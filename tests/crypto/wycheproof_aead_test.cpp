// SPDX-License-Identifier: GPL-3.0-or-later
// Project Wycheproof's vectors for the authenticated ciphers below crypto/seal and crypto/age.
#include <memory>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <sodium.h>

#include "tests/crypto/vectors.h"

namespace custos {
namespace {

using nlohmann::json;
using test::hex_at;
using test::Outcome;
using test::passed_if;

struct Case {
    Bytes key, nonce, context, plain, sealed;
};

Case case_of(const json& test) {
    Case c{hex_at(test, "key"), hex_at(test, "iv"), hex_at(test, "aad"), hex_at(test, "msg"),
           hex_at(test, "ct")};
    append(c.sealed, hex_at(test, "tag"));
    return c;
}

// Both libsodium ciphers have this shape.
using Encrypt = decltype(&crypto_aead_xchacha20poly1305_ietf_encrypt);
using Decrypt = decltype(&crypto_aead_xchacha20poly1305_ietf_decrypt);

Outcome check_sodium(const json& test, std::size_t nonce_size, Encrypt encrypt, Decrypt decrypt) {
    const Case c = case_of(test);
    if (c.nonce.size() != nonce_size) return Outcome::not_expressible;

    Bytes opened(c.sealed.size() - 16);
    const bool accepted =
        decrypt(opened.data(), nullptr, nullptr, c.sealed.data(), c.sealed.size(), c.context.data(),
                c.context.size(), c.nonce.data(), c.key.data()) == 0;
    if (test.at("result") == "invalid") return passed_if(!accepted);

    Bytes sealed(c.plain.size() + 16);
    encrypt(sealed.data(), nullptr, c.plain.data(), c.plain.size(), c.context.data(),
            c.context.size(), nullptr, c.nonce.data(), c.key.data());
    return passed_if(accepted && opened == c.plain && sealed == c.sealed);
}

// Opens with libcrypto, which is what seals the payload of age files.
Outcome check_openssl(const json& test) {
    const Case c = case_of(test);
    if (c.nonce.size() != 12) return Outcome::not_expressible;

    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
        EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const std::size_t size = c.sealed.size() - 16;
    Bytes opened(size + 16);
    Bytes tag(c.sealed.begin() + static_cast<std::ptrdiff_t>(size), c.sealed.end());
    int written = 0;
    EVP_DecryptInit_ex2(context.get(), EVP_chacha20_poly1305(), c.key.data(), c.nonce.data(),
                        nullptr);
    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, 16, tag.data());
    EVP_DecryptUpdate(context.get(), nullptr, &written, c.context.data(),
                      static_cast<int>(c.context.size()));
    EVP_DecryptUpdate(context.get(), opened.data(), &written, c.sealed.data(),
                      static_cast<int>(size));
    const bool accepted =
        EVP_DecryptFinal_ex(context.get(), opened.data() + written, &written) == 1;
    if (test.at("result") == "invalid") return passed_if(!accepted);
    opened.resize(size);
    return passed_if(accepted && opened == c.plain);
}

TEST_CASE("libsodium agrees with Wycheproof on XChaCha20-Poly1305", "[vectors]") {
    test::run_wycheproof("xchacha20_poly1305_test", 306, [](const json&, const json& test) {
        return check_sodium(test, 24, &crypto_aead_xchacha20poly1305_ietf_encrypt,
                            &crypto_aead_xchacha20poly1305_ietf_decrypt);
    });
}

TEST_CASE("libsodium agrees with Wycheproof on ChaCha20-Poly1305", "[vectors]") {
    test::run_wycheproof("chacha20_poly1305_test", 316, [](const json&, const json& test) {
        return check_sodium(test, 12, &crypto_aead_chacha20poly1305_ietf_encrypt,
                            &crypto_aead_chacha20poly1305_ietf_decrypt);
    });
}

TEST_CASE("libcrypto agrees with Wycheproof on ChaCha20-Poly1305", "[vectors]") {
    test::run_wycheproof("chacha20_poly1305_test", 316,
                         [](const json&, const json& test) { return check_openssl(test); });
}

}  // namespace
}  // namespace custos
