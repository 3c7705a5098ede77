// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/ed25519.h"

#include <sodium.h>

namespace custos::crypto {
namespace {

using ExpandedKey = Secret<struct ExpandedKeyKind, crypto_sign_SECRETKEYBYTES>;

ExpandedKey expand(const SigningSeed& seed, VerifyKey& key) {
    ExpandedKey expanded;
    crypto_sign_seed_keypair(key.bytes.data(), expanded.reveal().data(), seed.reveal().data());
    return expanded;
}

}  // namespace

VerifyKey verify_key_of(const SigningSeed& seed) {
    VerifyKey key;
    (void)expand(seed, key);
    return key;
}

Signature sign(const SigningSeed& seed, ByteView message) {
    VerifyKey key;
    const ExpandedKey expanded = expand(seed, key);
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         expanded.reveal().data());
    return signature;
}

bool verify(const VerifyKey& key, ByteView message, ByteView signature64) {
    return signature64.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(signature64.data(), message.data(), message.size(),
                                       key.bytes.data()) == 0;
}

}  // namespace custos::crypto
