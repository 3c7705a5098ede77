// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/codes.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault {

using Words = std::vector<std::string>;

TEST_CASE("country codes are those of ISO 3166-1 and Kosovo's", "[records][codes]") {
    CHECK(country_codes().size() == 250);
    CHECK(country_code("TH") == "TH");
    CHECK(country_code("kh") == "KH");
    CHECK(country_code("XK") == "XK");
    for (const char* text :
         {"", "T", "THA", "UK", "EU", "ZZ", "AA", "IC", "SU", "T1", "Th ", "Thailand"})
        CHECK_FALSE(country_code(text));
    CHECK(country_name("TH") == "Thailand");
    CHECK(country_name("KH") == "Cambodia");
}

TEST_CASE("country codes are guessed from names and longer codes", "[records][codes]") {
    CHECK(nearest_countries("Thailand").front() == "TH");
    CHECK(nearest_countries("thailnd").front() == "TH");
    CHECK(nearest_countries("THA") == Words{"TH"});
    CHECK(nearest_countries("Cambodia").front() == "KH");
    CHECK_FALSE(nearest_countries("TX").empty());
}

TEST_CASE("language tags are canonical and of registered languages", "[records][codes]") {
    CHECK(language_tag("km") == "km");
    CHECK(language_tag("KM-khmr") == "km-Khmr");
    CHECK(language_tag("zh-hant-tw") == "zh-Hant-TW");
    CHECK(language_tag("eng") == "en");
    for (const char* tag :
         {"ksw", "rhg", "shn", "mnw", "nod", "tts", "kjp", "und", "mul", "zxx", "qaa", "qtz"})
        CHECK(language_tag(tag) == tag);
    for (const char* text : {"", "e", "xx", "qua", "qzz", "english", "en_US", "en-", "-en",
                             "en--US", "en-US-", "km kh", "x-private"}) {
        CHECK_FALSE(language_tag(text));
    }
    CHECK_FALSE(language_tag(std::string("en\0US", 5)));
    CHECK_FALSE(language_tag(std::string(1000, 'a')));
}

TEST_CASE("language tags are guessed from names and other spellings", "[records][codes]") {
    CHECK(nearest_languages("Khmer").front() == "km");
    CHECK(nearest_languages("rohingya").front() == "rhg");
    CHECK(nearest_languages("en_US") == Words{"en-US"});
    CHECK(language_name("ksw") == "S'gaw Karen");
    CHECK(language_name("km") == "Khmer");
}

TEST_CASE("time zones are those of IANA, in any case", "[records][codes]") {
    CHECK(timezone_name("Asia/Bangkok") == "Asia/Bangkok");
    CHECK(timezone_name("asia/bangkok") == "Asia/Bangkok");
    CHECK(timezone_name("UTC") == "UTC");
    for (const char* text :
         {"", "Bangkok", "Asia", "Asia/", "Asia/Atlantis", "+07:00", "../etc/passwd"})
        CHECK_FALSE(timezone_name(text));
    CHECK(nearest_timezones("Asia/Bankok") == Words{"Asia/Bangkok"});
    CHECK(nearest_timezones("Bangkok").front() == "Asia/Bangkok");
}

}  // namespace custos::vault
