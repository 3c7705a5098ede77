// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/calendar.h"

#include <cstdio>
#include <memory>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

namespace custos::vault {
namespace {

std::string read(const std::string& text) {
    const auto given = split_calendar(text);
    if (!given) return "no calendar";
    const ConvertedDate converted = parse_calendar_date(*given);
    return converted.parsed.date ? converted.parsed.date->text : "refused";
}

// The date of a day in a calendar, as ICU's other direction has it.
class Icu {
public:
    explicit Icu(const char* locale) {
        UErrorCode status = U_ZERO_ERROR;
        calendar_.reset(icu::Calendar::createInstance(icu::TimeZone::getGMT()->clone(),
                                                      icu::Locale(locale), status));
        REQUIRE(U_SUCCESS(status));
    }
    std::string text(std::int64_t day) {
        UErrorCode status = U_ZERO_ERROR;
        calendar_->setTime(static_cast<double>(day) * 86'400'000.0, status);
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", calendar_->get(UCAL_YEAR, status),
                      calendar_->get(UCAL_MONTH, status) + 1, calendar_->get(UCAL_DATE, status));
        return text;
    }

private:
    std::unique_ptr<icu::Calendar> calendar_;
};

struct Known {
    const char* key;
    const char* locale;
};
constexpr Known kKnown[] = {
    {"thai_solar", "en@calendar=buddhist"},
    {"persian", "en@calendar=persian"},
    {"hijri", "en@calendar=islamic-umalqura"},
    {"islamic_umalqura", "en@calendar=islamic-umalqura"},
    {"islamic_civil", "en@calendar=islamic-civil"},
    {"ethiopian", "en@calendar=ethiopic"},
};

}  // namespace

TEST_CASE("dates of other calendars become the Gregorian days that they are", "[records][date]") {
    // Nowruz 1398, the Islamic new year 1441 and so on are public knowledge.
    CHECK(read("thai_solar:2562-12-22") == "2019-12-22");
    CHECK(read("Thai solar:2562-12-22") == "2019-12-22");
    CHECK(read("thai_solar:๒๕๖๒-๑๒-๒๒") == "2019-12-22");
    CHECK(read("persian:1398-01-01") == "2019-03-21");
    CHECK(read("persian:۱۳۹۸-۱۰-۰۱") == "2019-12-22");
    CHECK(read("islamic_umalqura:1441-01-01") == "2019-08-31");
    CHECK(read("hijri:1441-01-01") == "2019-08-31");
    CHECK(read("ethiopian:2012-01-01") == "2019-09-12");
    CHECK(read("gregorian:2019-12-22") == "2019-12-22");
}

TEST_CASE("months and years that do not align become intervals", "[records][date]") {
    CHECK(read("thai_solar:2562") == "2019");
    CHECK(read("thai_solar:2562-12") == "2019-12");
    CHECK(read("thai_solar:2562-12-XX~") == "2019-12-XX~");
    CHECK(read("thai_solar:2562-XX") == "2019-XX");
    CHECK(read("thai_solar:256X") == "2017-01-01/2026-12-31");
    CHECK(read("persian:1398") == "2019-03-21/2020-03-19");
    CHECK(read("persian:1398-XX-XX") == "2019-03-21/2020-03-19");
    CHECK(read("persian:1398-10") == "2019-12-22/2020-01-20");
    CHECK(read("persian:1398-10?") == "2019-12-22?/2020-01-20?");
    CHECK(read("persian:139X") == "2011-03-21/2021-03-20");
    CHECK(read("ethiopian:2012-13") == "2020-09-06/2020-09-10");
    CHECK(read("persian:1398-10-01/1398-11") == "2019-12-22/2020-02-19");
    CHECK(read("persian:1398-10-01/..") == "2019-12-22/..");
    CHECK(read("persian:../1398") == "../2020-03-19");
    CHECK(read("thai_solar:2562-11/2562-12~") == "2019-11/2019-12~");
}

TEST_CASE("dates that no calendar has are refused with a reason", "[records][date]") {
    const auto* text =
        GENERATE("thai_solar:2019-12-22", "thai_solar:2562-13", "thai_solar:2562-02-30",
                 "thai_solar:", "thai_solar:2562-12-22/", "persian:1398-12-30", "persian:1398-13",
                 "persian:1398-00", "persian:1398-21", "persian:1X98", "persian:1398-XX-01",
                 "persian:139X-01", "persian:0700", "persian:1398-1-1",
                 "persian:1398-10-01/1398-09-01", "persian:../..", "hijri:1441-02-31",
                 "burmese:1381-09-12", "khmer:2563", "chinese:2019-11-27", "hebrew:5780",
                 "julian:2019-12-09", ":2019", "persian:persian:1398", "persian:1398-10-01\n");
    INFO(text);
    if (std::string_view(text) == "thai_solar:2562-12-22/") {
        CHECK(read(text) == "2019-12-22/");
        return;
    }
    CHECK(read(text) == "refused");
    CHECK_FALSE(parse_calendar_date(*split_calendar(text)).parsed.refusal.why.empty());
    CHECK(read("persian:" + std::string(kCalendarDateSizeMax + 1, '1')) == "refused");
}

TEST_CASE("a calendar that cannot be converted says what to do instead", "[records][date]") {
    const auto refusal = parse_calendar_date(*split_calendar("burmese:1381-09-12")).parsed.refusal;
    CHECK(refusal.why.find("date_verbatim") != std::string::npos);
    CHECK(parse_calendar_date(*split_calendar("2019-12-22T21:30")).parsed.refusal.instead ==
          "2019-12-22");
}

TEST_CASE("every day from 1900 to 2100 comes back from every calendar", "[records][date]") {
    const auto first = bounds_of("1900")->min;
    const auto last = bounds_of("2100")->max;
    for (const Known& known : kKnown) {
        INFO(known.key);
        Icu icu(known.locale);
        std::size_t wrong = 0;
        for (std::int64_t day = first; day <= last; ++day) {
            const ConvertedDate back = parse_calendar_date({known.key, icu.text(day)});
            const bool same = back.calendar == known.key && back.parsed.date &&
                              back.parsed.date->bounds == DateBounds{day, day};
            if (!same) ++wrong;
        }
        CHECK(wrong == 0);
    }
}

TEST_CASE("a month of another calendar has the bounds that its days have", "[records][date]") {
    for (const Known& known : kKnown) {
        Icu icu(known.locale);
        const auto first = bounds_of("2018")->min;
        const auto last = bounds_of("2021")->max;
        std::string month = icu.text(first).substr(0, 7);
        std::int64_t begin = first;
        bool whole = false;  // the first month may have begun before
        for (std::int64_t day = first; day <= last; ++day) {
            const std::string next = icu.text(day).substr(0, 7);
            if (next == month) continue;
            if (whole) {
                INFO(known.key << " " << month);
                const auto read = parse_calendar_date({known.key, month});
                REQUIRE(read.parsed.date);
                CHECK(read.parsed.date->bounds == DateBounds{begin, day - 1});
            }
            whole = true;
            month = next;
            begin = day;
        }
    }
}

TEST_CASE("a year tells its calendar, or that it does not", "[records][date]") {
    CHECK(reading_of("thai_solar", "2562-12-22") == Reading::calendar);
    CHECK(reading_of("thai_solar", "๒๕๖๒") == Reading::calendar);
    CHECK(reading_of("thai_solar", "../2562") == Reading::calendar);
    CHECK(reading_of("thai_solar", "2019-12-22") == Reading::gregorian);
    CHECK(reading_of("persian", "1398") == Reading::calendar);
    CHECK(reading_of("persian", "2019") == Reading::gregorian);
    CHECK(reading_of("ethiopian", "2012") == Reading::either);
    CHECK(reading_of("burmese", "1381") == Reading::gregorian);
    CHECK(reading_of("no such", "1398") == Reading::gregorian);
    CHECK(reading_of("persian", "") == Reading::gregorian);
}

}  // namespace custos::vault
