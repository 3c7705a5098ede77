// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/clock.h"

#include <catch2/catch_test_macros.hpp>

namespace custos::vault {

TEST_CASE("clock writes and reads UTC texts of every kind of day", "[vault][os]") {
    CHECK(utc_text(0) == "1970-01-01T00:00:00.000Z");
    CHECK(utc_text(-1) == "1969-12-31T23:59:59.999Z");
    CHECK(utc_text(1'577'025'000'123) == "2019-12-22T14:30:00.123Z");
    for (Milliseconds time = -2'000'000'000'000; time < 8'000'000'000'000; time += 86'399'999'917) {
        REQUIRE(from_utc_text(utc_text(time)) == time);
    }
}

TEST_CASE("clock refuses texts that are no time", "[vault][os]") {
    for (const char* text :
         {"", "2019-12-22", "2019-02-29T00:00:00.000Z", "2019-12-22T24:00:00.000Z",
          "2019-12-22T14:60:00.000Z", "2019-12-22 14:30:00.000Z", "2019-12-22T14:30:00.000z",
          "2019-12-22T14:30:00.000Z ", "x019-12-22T14:30:00.000Z"}) {
        CHECK_FALSE(from_utc_text(text));
    }
    CHECK(from_utc_text("2020-02-29T23:59:59.999Z"));
}

}  // namespace custos::vault
