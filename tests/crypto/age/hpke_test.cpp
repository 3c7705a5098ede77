// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/hpke.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "crypto/error.h"
#include "crypto/random.h"
#include "tests/crypto/damage.h"
#include "tests/crypto/vectors.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;
using custos::test::flipped;
using custos::test::hex_at;

namespace {

using Seed = BriefSecret<struct TestSeedKind, kHpkeSeedSize>;

bool opens(const Seed& seed, std::string_view info, const HpkeSealed& sealed, ByteView plain) {
    Bytes out(plain.size());
    return hpke_open(seed.reveal(), bytes_of(info), sealed.encapsulation, sealed.ciphertext, out) ==
               HpkeOpening::opened &&
           std::ranges::equal(out, plain);
}

}  // namespace

TEST_CASE("hpke gives the public vectors of its suite", "[crypto][age][vectors]") {
    test::Tally tally("HPKE MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305");
    const auto cases = test::read_json(test::vectors_or_skip("hpke-pq") + "/testdata/hpke-pq.json");
    for (const auto& vector : cases) {
        if (vector.at("kem_id") != 0x647a || vector.at("kdf_id") != 1 ||
            vector.at("aead_id") != 3) {
            continue;
        }
        const Bytes seed = hex_at(vector, "skRm");
        const Bytes enc = hex_at(vector, "enc");
        const Bytes shared = hex_at(vector, "shared_secret");
        const Bytes key = hex_at(vector, "pkRm");
        const auto first = [](const Bytes& bytes) { return ByteView(bytes).first<32>(); };

        const bool same_key = std::ranges::equal(hpke_public_key(first(seed)), key);
        tally.add(test::passed_if(same_key), "public key");

        // The KEM, both ways, with the randomness of the vector.
        Bytes got(32);
        const bool same_shared =
            crypto_kem_xwing_dec(got.data(), enc.data(), seed.data()) == 0 && got == shared;
        tally.add(test::passed_if(same_shared), "decapsulation");
        const Bytes randomness = hex_at(vector, "ikmE");
        REQUIRE(randomness.size() == 64);
        Bytes enc_again(kHpkeEncapsulationSize);
        const bool same_enc =
            crypto_kem_xwing_enc_deterministic(enc_again.data(), got.data(), key.data(),
                                               randomness.data()) == 0 &&
            enc_again == enc && got == shared;
        tally.add(test::passed_if(same_enc), "encapsulation");

        const HpkeContext context = hpke_context(first(shared), hex_at(vector, "info"));
        tally.add(test::passed_if(to_bytes(context.key.reveal()) == hex_at(vector, "key")), "key");
        tally.add(test::passed_if(to_bytes(context.base_nonce) == hex_at(vector, "base_nonce")),
                  "nonce");
    }
    tally.finish(5);
}

TEST_CASE("hpke_open opens what hpke_seal sealed, for every small size", "[crypto][age][hpke]") {
    const auto seed = Seed::random();
    const HpkePublicKey key = hpke_public_key(seed.reveal());
    for (const std::size_t size : {0U, 1U, 16U, 32U, 1000U}) {
        const Bytes plain = random_bytes(size);
        CHECK(opens(seed, "info", hpke_seal(key, bytes_of("info"), plain), plain));
    }
}

TEST_CASE("hpke_open refuses another key, another info and every changed bit",
          "[crypto][age][hpke]") {
    const auto seed = Seed::random();
    const Bytes plain = random_bytes(16);
    const HpkeSealed sealed = hpke_seal(hpke_public_key(seed.reveal()), bytes_of("info"), plain);
    REQUIRE(opens(seed, "info", sealed, plain));

    CHECK_FALSE(opens(Seed::random(), "info", sealed, plain));
    CHECK_FALSE(opens(seed, "Info", sealed, plain));
    for (std::size_t bit = 0; bit < sealed.ciphertext.size() * 8; ++bit) {
        CHECK_FALSE(
            opens(seed, "info", {sealed.encapsulation, flipped(sealed.ciphertext, bit)}, plain));
    }
    for (std::size_t byte = 0; byte < sealed.encapsulation.size(); ++byte) {
        const std::size_t bit = byte * 8 + byte % 8;
        CHECK_FALSE(
            opens(seed, "info", {flipped(sealed.encapsulation, bit), sealed.ciphertext}, plain));
    }
}

TEST_CASE("hpke_open refuses other sizes", "[crypto][age][hpke]") {
    const auto seed = Seed::random();
    const Bytes plain(16);
    const HpkeSealed sealed = hpke_seal(hpke_public_key(seed.reveal()), {}, plain);
    const auto opening = [&](std::size_t enc, std::size_t ciphertext, std::size_t out_size) {
        Bytes e = sealed.encapsulation;
        Bytes c = sealed.ciphertext;
        Bytes out(out_size);
        e.resize(enc);
        c.resize(ciphertext);
        return hpke_open(seed.reveal(), {}, e, c, out);
    };
    CHECK(opening(1120, 32, 16) == HpkeOpening::opened);
    CHECK(opening(1119, 32, 16) == HpkeOpening::malformed);
    CHECK(opening(1121, 32, 16) == HpkeOpening::malformed);
    CHECK(opening(1120, 31, 16) == HpkeOpening::malformed);
    CHECK(opening(1120, 33, 16) == HpkeOpening::malformed);
    CHECK(opening(1120, 15, 0) == HpkeOpening::malformed);
    CHECK(opening(0, 0, 0) == HpkeOpening::malformed);
}

TEST_CASE("hpke_seal refuses a key that is not reduced, or of low order", "[crypto][age][hpke]") {
    const auto seed = Seed::random();
    const HpkePublicKey good = hpke_public_key(seed.reveal());
    HpkePublicKey not_reduced = good;
    not_reduced[0] = 0xff;  // the first coefficient becomes 0xfff, which is above q = 3329
    not_reduced[1] = 0xff;
    CHECK_THROWS_AS(hpke_seal(not_reduced, {}, {}), Error);

    HpkePublicKey low_order = good;
    std::fill(low_order.end() - 32, low_order.end(), std::uint8_t{0});
    CHECK_THROWS_AS(hpke_seal(low_order, {}, {}), Error);
}
