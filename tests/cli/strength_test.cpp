// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/strength.h"

#include <catch2/catch_test_macros.hpp>

using namespace custos;
using namespace custos::cli;

TEST_CASE("what is guessed first counts for little", "[cli][strength]") {
    for (const char* weak : {"", "a", "password", "Password1", "12345678901234567890", "qwertyuiop",
                             "aaaaaaaaaaaaaaaaaaaaaaaa", "summer2019", "summer 2019!", "one two",
                             "again again again again again again", "P@ssw0rd", "ខ្មែរ"}) {
        INFO(weak);
        CHECK(guessing_bits(bytes_of(weak)) < kWeakBits);
        CHECK_FALSE(advice_on(bytes_of(weak)).empty());
    }
}

TEST_CASE("several words, or enough random signs, are not called weak", "[cli][strength]") {
    for (const char* good : {"north wind over paper lantern", "kelp anvil moth quartz ferry dune",
                             "xK7pQ2mN9vRtB4wZ8", "នរណាម្នាក់ដើរលេងក្នុងព្រៃ"}) {
        INFO(good);
        CHECK(guessing_bits(bytes_of(good)) >= kWeakBits);
        CHECK(advice_on(bytes_of(good)).empty());
    }
}

TEST_CASE("more of a passphrase never makes it weaker", "[cli][strength]") {
    const std::string text = "kelp 77 anvil!! moth2019quartz";
    int before = 0;
    for (std::size_t size = 0; size <= text.size(); size += 5) {
        const int bits = guessing_bits(bytes_of(text).first(size));
        CHECK(bits >= before);
        before = bits;
    }
}
