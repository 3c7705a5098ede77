// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as people know them: EDTF (ISO 8601-2) levels 0 and 1, with bounds to sort and search by.
//
//   2019   2019-11   2019-11-29     year, month, day; the month may be a season, 21 to 24
//   201X   2019-XX   2019-11-XX     digits not known, from the right
//   2019-11-29?   …~   …%           uncertain, approximate, both
//   2019-11-09/2019-11-23           from, to; each end as above
//   ../2019-11   2019-11/..         open: no beginning, no end
//   /2019-11     2019-11/           unknown beginning, unknown end
//
// The calendar is the Gregorian one. A time of day is a field of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace custos::vault {

inline constexpr std::size_t kDateSizeMax = 32;
// A later year was not meant: Thai solar years are 543 ahead, so 2562 is 2019.
inline constexpr int kYearMin = 1000;
inline constexpr int kYearMax = 2399;
inline constexpr int kThaiSolarOffset = 543;

// Days since 1970-01-01, both ends included. An open or unknown end is one of the constants, which
// lie outside every date that can be written.
struct DateBounds {
    std::int64_t min = 0;
    std::int64_t max = 0;

    bool operator==(const DateBounds&) const = default;
    bool overlaps(const DateBounds& other) const { return min <= other.max && other.min <= max; }
};
inline constexpr std::int64_t kDayBeforeAll = -4'000'000;
inline constexpr std::int64_t kDayAfterAll = 4'000'000;

struct Date {
    std::string text;   // as written: there is one way to write each
    DateBounds bounds;  // what the digits allow; ? ~ % do not widen them
    bool uncertain = false;
    bool approximate = false;
    bool interval = false;

    bool operator==(const Date&) const = default;
};

// Why a text is no date, for a person: "there is no month 13", "the year 2562 looks like …".
// `instead` is what was probably meant ("2019-12-22"), or empty.
struct DateRefusal {
    std::string why;
    std::string instead;
};

struct ParsedDate {
    std::optional<Date> date;
    DateRefusal refusal;  // when there is no date
};

[[nodiscard]] ParsedDate parse_date(std::string_view text);
// For text that was checked before, and for search: nothing when it is no date.
[[nodiscard]] std::optional<DateBounds> bounds_of(std::string_view text);

// "2019-12-22" for a day number; "" for the open ends.
[[nodiscard]] std::string day_text(std::int64_t day);

// HH:MM or HH:MM:SS, 00:00 to 23:59:59. Gives seconds since midnight.
[[nodiscard]] std::optional<int> parse_time(std::string_view text);

}  // namespace custos::vault
