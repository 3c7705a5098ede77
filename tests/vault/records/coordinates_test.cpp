// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/coordinates.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/vault/records/sample_fields.h"

namespace custos::vault {

TEST_CASE("coordinates in degrees, minutes and seconds become decimal degrees", "[records]") {
    CHECK(decimal_degrees("13.75", Axis::latitude) == "13.75");
    CHECK(decimal_degrees("-13.750", Axis::latitude) == "-13.750");
    CHECK(decimal_degrees("13°45'N", Axis::latitude) == "13.75");
    CHECK(decimal_degrees("13° 45′ 30.5″ N", Axis::latitude) == "13.758472");
    CHECK(decimal_degrees("N13 45 30", Axis::latitude) == "13.758333");
    CHECK(decimal_degrees("13.75 s", Axis::latitude) == "-13.75");
    CHECK(decimal_degrees("0°0'0\"W", Axis::longitude) == "0");
    CHECK(decimal_degrees("100°30'E", Axis::longitude) == "100.5");
}

TEST_CASE("coordinates that are none are refused", "[records]") {
    const auto* text =
        GENERATE("", "N", "13°60'N", "13°45'61\"N", "13.5°45'N", "13°45'N13", "1 2 3 4", "13°45'NS",
                 "-13°45'N", "13..5 N", "100°30'E", "13,75", "about 13", "1234567890123 N");
    INFO(text);
    CHECK_FALSE(decimal_degrees(text, Axis::latitude));
    CHECK_FALSE(decimal_degrees(std::string(kCoordinatesSizeMax + 1, '1'), Axis::latitude));
}

TEST_CASE("both coordinates may stand in one text", "[records]") {
    const Coordinates bangkok = {"13.75", "100.5"};
    for (const char* text : {"13.75,100.5", "13.75, 100.5", "13.75 100.5", "13°45'N 100°30'E",
                             "13°45'N, 100°30'E", "N13°45' E100°30'", "100°30'E 13°45'N"}) {
        INFO(text);
        CHECK(parse_coordinates(text) == bangkok);
    }
    CHECK(parse_coordinates("-6.2, 106.8") == Coordinates{"-6.2", "106.8"});
    for (const char* text :
         {"13.75", "13°45'N", "13°45'N 14°N", "1,2,3", "", ",", "13,75", "13.75N, 100"})
        CHECK_FALSE(parse_coordinates(text));
}

TEST_CASE("places take coordinates as people write them, and both or none", "[records][check]") {
    const auto place = [](const nlohmann::json& given) {
        return check_sample(Kind::incident, {{"title", "x"}, {"place", given}});
    };
    const Checked degrees = place({{"lat", "13°45'N"}, {"lon", "100°30'E"}});
    CHECK(degrees.fields["place"] == nlohmann::json({{"lat", "13.75"}, {"lon", "100.5"}}));
    CHECK(degrees.notes.size() == 1);
    CHECK(place({{"lat", "13.75, 100.50"}}).fields["place"]["lon"] == "100.5");
    CHECK(place({{"lat", "13.75"}, {"lon", "100.50"}}).fields["place"]["lon"] == "100.50");
    CHECK(place({{"lat", "13.75"}, {"lon", "100.50"}}).notes.empty());

    const auto refusal = [&](const nlohmann::json& given) {
        const Checked checked = place(given);
        return checked.ok() ? std::string() : to_text(checked.problems.front());
    };
    CHECK(refusal({{"lat", "13.75"}}) ==
          "place.lon: is missing: latitude and longitude stand together");
    CHECK(refusal({{"lon", "100.50"}}).find("place.lat: is missing") == 0);
    CHECK(refusal({{"lat", "100.50"}, {"lon", "13.75"}}).find("swapped") != std::string::npos);
    CHECK_FALSE(refusal({{"lat", "north"}, {"lon", "13.75"}}).empty());
    CHECK_FALSE(refusal({{"lat", 13}, {"lon", "13.75"}}).empty());
    CHECK(refusal({{"country", "Thailand"}}).find("did you mean TH") != std::string::npos);
}

}  // namespace custos::vault
