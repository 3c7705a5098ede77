// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fingerprint.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "sample.h"

namespace custos::vault::publish {

// The example of the article on the PGP word list in Wikipedia.
TEST_CASE("fingerprint words are those of the PGP word list", "[publish][fingerprint]") {
    CHECK(pgp_words(*crypto::from_hex("e58294f2e9a227486e8b061b31cc528fd7fa3f19")) ==
          "topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa "
          "afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell "
          "bottomless");
    CHECK(pgp_words({}).empty());
}

TEST_CASE("fingerprint words are of the first half of the fingerprint", "[publish][fingerprint]") {
    const auto key = crypto::minisign::public_key_of(test::sample_key());
    std::string digits = fingerprint_of(key).substr(0, 39);
    std::erase(digits, ' ');
    CHECK(fingerprint_words(key) == pgp_words(*crypto::from_hex(digits)));
}

}  // namespace custos::vault::publish
