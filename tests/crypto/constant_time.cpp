// SPDX-License-Identifier: GPL-3.0-or-later
// Whether time tells secrets: run under valgrind's memcheck, with the secrets marked as undefined.
// memcheck then reports every branch and every address that depends on one. Not for Argon2id, whose
// second half reads memory by address on purpose. With the word "leaky" it does what must be
// reported, to show that it would be.
#include <algorithm>
#include <cstdio>
#include <string_view>

#include <valgrind/memcheck.h>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/seal.h"

namespace {

using namespace custos;
using namespace custos::crypto;

void hide(ByteView bytes) { (void)VALGRIND_MAKE_MEM_UNDEFINED(bytes.data(), bytes.size()); }
void show(ByteView bytes) { (void)VALGRIND_MAKE_MEM_DEFINED(bytes.data(), bytes.size()); }

// An answer is public: whoever gets it may branch on it.
bool shown(bool answer) {
    (void)VALGRIND_MAKE_MEM_DEFINED(&answer, sizeof answer);
    return answer;
}

template <class Key>
Key hidden_key() {
    Key key = Key::random();
    hide(key.reveal());
    return key;
}

void compare() {
    Bytes one(32, 7);
    Bytes two(32, 7);
    hide(one);
    hide(two);
    if (!shown(equal_secrets(one, two))) std::puts("equal_secrets is wrong");
    two[31] ^= 1;
    if (shown(equal_secrets(one, two))) std::puts("equal_secrets is wrong");
}

void seal_and_recognise() {
    constexpr std::array<std::uint8_t, kSealSaltSize> salt{};
    const auto input = hidden_key<PassphraseKey>();
    const SealingKeys keys = derive_sealing_keys(input.reveal(), salt, bytes_of("purpose"));
    const auto plain = hidden_key<MasterKey>();
    Bytes sealed = seal(keys, plain.reveal(), bytes_of("context"));
    if (!shown(is_sealed_with(keys, sealed))) std::puts("is_sealed_with is wrong");
    show(sealed);
    sealed[0] ^= 1;
    if (shown(is_sealed_with(keys, sealed))) std::puts("is_sealed_with is wrong");
}

void derive_and_sign() {
    constexpr std::array<std::uint8_t, 16> vault_id{};
    const auto master = hidden_key<MasterKey>();
    (void)derive_key(master, Purpose::database, vault_id);
    (void)hmac_sha256(master.reveal(), bytes_of("message"));

    const auto seed = hidden_key<SigningSeed>();
    (void)sign(seed, bytes_of("message"));
}

void leak() {
    const auto key = hidden_key<MasterKey>();
    const auto other = hidden_key<MasterKey>();
    const auto bytes = key.reveal();
    if (std::equal(bytes.begin(), bytes.end(), other.reveal().begin())) std::puts("equal");
}

}  // namespace

int main(int argc, char** argv) {
    start_crypto();
    if (argc > 1 && std::string_view(argv[1]) == "leaky") {
        leak();
        return 0;
    }
    compare();
    seal_and_recognise();
    derive_and_sign();
    std::puts(RUNNING_ON_VALGRIND != 0 ? "constant time: nothing to report"
                                       : "run me under valgrind");
    return 0;
}
