// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/date.h"

#include <chrono>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace custos::vault {
namespace {

struct Bounded {
    const char* text;
    const char* first;  // "" for an open end
    const char* last;
};

std::string first_of(const char* text) {
    const auto bounds = bounds_of(text);
    return bounds ? day_text(bounds->min) : "refused";
}
std::string last_of(const char* text) {
    const auto bounds = bounds_of(text);
    return bounds ? day_text(bounds->max) : "refused";
}

}  // namespace

TEST_CASE("dates have the first and the last day that their digits allow", "[records][date]") {
    const auto row = GENERATE_COPY(Catch::Generators::values<Bounded>({
        {"2019", "2019-01-01", "2019-12-31"},
        {"2019-11", "2019-11-01", "2019-11-30"},
        {"2019-02", "2019-02-01", "2019-02-28"},
        {"2020-02", "2020-02-01", "2020-02-29"},
        {"2019-12-22", "2019-12-22", "2019-12-22"},
        {"2020-02-29", "2020-02-29", "2020-02-29"},
        {"201X", "2010-01-01", "2019-12-31"},
        {"20XX", "2000-01-01", "2099-12-31"},
        {"2019-XX", "2019-01-01", "2019-12-31"},
        {"2019-11-XX", "2019-11-01", "2019-11-30"},
        {"2019-XX-XX", "2019-01-01", "2019-12-31"},
        {"2019-21", "2019-01-01", "2019-12-31"},
        {"2019-24", "2019-01-01", "2020-02-29"},
        {"2019-11-29~", "2019-11-29", "2019-11-29"},
        {"2019?", "2019-01-01", "2019-12-31"},
        {"2019-11%", "2019-11-01", "2019-11-30"},
        {"2019-11-09/2019-11-23", "2019-11-09", "2019-11-23"},
        {"2019/2020-01", "2019-01-01", "2020-01-31"},
        {"2019-11-09~/2019-11-23?", "2019-11-09", "2019-11-23"},
        {"../2019-11", "", "2019-11-30"},
        {"2019-11/..", "2019-11-01", ""},
        {"/2019-11", "", "2019-11-30"},
        {"2019-11/", "2019-11-01", ""},
        {"1000", "1000-01-01", "1000-12-31"},
        {"2399", "2399-01-01", "2399-12-31"},
    }));
    INFO(row.text);
    CHECK(first_of(row.text) == row.first);
    CHECK(last_of(row.text) == row.last);
    CHECK(parse_date(row.text).date->text == row.text);
}

TEST_CASE("dates remember what is uncertain, approximate or an interval", "[records][date]") {
    CHECK(parse_date("2019?").date->uncertain);
    CHECK_FALSE(parse_date("2019?").date->approximate);
    CHECK(parse_date("2019~").date->approximate);
    CHECK(parse_date("2019%").date->uncertain);
    CHECK(parse_date("2019%").date->approximate);
    CHECK(parse_date("2019/2020~").date->approximate);
    CHECK(parse_date("2019/2020").date->interval);
    CHECK_FALSE(parse_date("2019").date->interval);
}

TEST_CASE("dates that are none are refused, with what was probably meant", "[records][date]") {
    struct Refused {
        const char* text;
        const char* instead;
    };
    const auto row = GENERATE_COPY(Catch::Generators::values<Refused>({
        {"2562-12-22", "2019-12-22"},  // Thai solar
        {"2562", "2019"},
        {"2562-12", "2019-12"},
        {"2562-12-22~", "2019-12-22~"},
        {"2562-11-09/2562-11-23", "2019-11-09/2019-11-23"},
        {"22/12/2562", "2019-12-22"},
        {"22/12/2019", "2019-12-22"},
        {"12/22/2019", "2019-12-22"},
        {"22.12.2019", "2019-12-22"},
        {"5/6/2019", ""},  // may be May or June
        {"5/5/2019", "2019-05-05"},
        {"2019/12/22", "2019-12-22"},
        {"2019-1-5", "2019-01-05"},
        {"20191222", "2019-12-22"},
        {"2019-12-22T21:30", "2019-12-22"},
        {"2019-12-22T21:30:00Z", "2019-12-22"},
        {"2019-11-23/2019-11-09", "2019-11-09/2019-11-23"},
        {"22112/2019", ""},  // no beginning is no better than none
        {"2019/about 2020", ""},
        {"2562/2563-13", ""},
        {"3000", ""},
        {"2400", "1857"},
        {"0999", ""},
        {"2019-13", ""},
        {"2019-00", ""},
        {"2019-25", ""},
        {"2019-20", ""},
        {"2019-12-32", ""},
        {"2019-02-29", ""},
        {"2019-11-31", ""},
        {"2019-12-00", ""},
        {"2019-XX-22", ""},
        {"201X-12", ""},
        {"2XXX", ""},
        {"XXXX", ""},
        {"20X9", ""},
        {"2019-1X", ""},
        {"2019-12-2X", ""},
        {"2019-21-05", ""},
        {"2019-21-XX", ""},
        {"", ""},
        {"/", ""},
        {"../..", ""},
        {"2019-12-22/", ""},
        {"yesterday", ""},
        {"2019-12-22 ", ""},
        {" 2019", ""},
        {"2019~~", ""},
        {"~2019", ""},
        {"-2019", ""},
        {"Y20190", ""},
        {"2019-12-", ""},
        {"2019--12", ""},
        {"٢٠١٩", ""},
    }));
    INFO(row.text);
    if (std::string_view(row.text) == "2019-12-22/") {
        CHECK(parse_date(row.text).date);  // unknown end
        return;
    }
    const ParsedDate parsed = parse_date(row.text);
    CHECK_FALSE(parsed.date);
    CHECK_FALSE(parsed.refusal.why.empty());
    if (std::string_view(row.text) != "2019-12-22 ") CHECK(parsed.refusal.instead == row.instead);
}

TEST_CASE("dates one byte longer than the limit are refused", "[records][date]") {
    CHECK(parse_date(std::string(kDateSizeMax + 1, '2')).refusal.why ==
          "too long for a date (32 characters at most)");
    CHECK(parse_date(std::string(kDateSizeMax, '2')).refusal.why !=
          "too long for a date (32 characters at most)");
    CHECK_FALSE(parse_date(std::string(1'000'000, '2')).date);
}

TEST_CASE("every day of 4 centuries is a date with itself as bounds, in order", "[records][date]") {
    std::int64_t last = bounds_of("1899-12-31")->min;
    for (int year = 1900; year < 2300; ++year) {
        for (unsigned month = 1; month <= 12; ++month) {
            for (unsigned day = 1; day <= 31; ++day) {
                const bool exists =
                    (std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day})
                        .ok();
                std::string text = std::to_string(year) + (month < 10 ? "-0" : "-") +
                                   std::to_string(month) + (day < 10 ? "-0" : "-") +
                                   std::to_string(day);
                const auto bounds = bounds_of(text);
                REQUIRE(bounds.has_value() == exists);
                if (!bounds) continue;
                REQUIRE(bounds->min == last + 1);
                REQUIRE(bounds->max == bounds->min);
                REQUIRE(day_text(bounds->min) == text);
                last = bounds->min;
            }
        }
    }
}

TEST_CASE("a coarser date holds every finer one", "[records][date]") {
    const DateBounds year = *bounds_of("2019");
    for (const char* finer :
         {"2019-01", "2019-12", "2019-12-31", "2019-06-XX", "2019-02-03/2019-10"}) {
        const DateBounds bounds = *bounds_of(finer);
        CHECK(bounds.min >= year.min);
        CHECK(bounds.max <= year.max);
        CHECK(bounds.overlaps(year));
    }
    CHECK_FALSE(year.overlaps(*bounds_of("2020")));
    CHECK(year.overlaps(*bounds_of("2019-12/..")));
    CHECK(year.overlaps(*bounds_of("../2019-01")));
}

TEST_CASE("every text of up to three of these characters is refused or read without harm",
          "[records][date]") {
    const std::string alphabet = "0129X-/.?~%T ";
    for (const char a : alphabet) {
        for (const char b : alphabet) {
            for (const char c : alphabet) {
                const std::string piece = {a, b, c};
                for (const std::string& text : {piece, "2019" + piece, "2019-1" + piece,
                                                "2019-12-2" + piece, piece + "/2019"}) {
                    const ParsedDate parsed = parse_date(text);
                    if (!parsed.date) {
                        REQUIRE_FALSE(parsed.refusal.why.empty());
                        if (!parsed.refusal.instead.empty())
                            REQUIRE(parse_date(parsed.refusal.instead).date);
                        continue;
                    }
                    REQUIRE(parsed.date->text == text);
                    REQUIRE(parsed.date->bounds.min <= parsed.date->bounds.max);
                }
            }
        }
    }
}

TEST_CASE("times of day are hours, minutes and perhaps seconds", "[records][date]") {
    for (int hour = 0; hour < 100; ++hour) {
        for (int minute = 0; minute < 100; ++minute) {
            const std::string text = {
                static_cast<char>('0' + hour / 10), static_cast<char>('0' + hour % 10), ':',
                static_cast<char>('0' + minute / 10), static_cast<char>('0' + minute % 10)};
            REQUIRE(parse_time(text).has_value() == (hour < 24 && minute < 60));
        }
    }
    CHECK(parse_time("21:30") == 77400);
    CHECK(parse_time("23:59:59") == 86399);
    for (const char* text : {"", "9:30", "21.30", "21:30:60", "21:30:5", "2130", "21:30 ", "9.30pm",
                             "-1:30", "24:00", "21:3O"}) {
        CHECK_FALSE(parse_time(text));
    }
}

}  // namespace custos::vault
