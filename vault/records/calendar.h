// SPDX-License-Identifier: GPL-3.0-or-later
// Dates given in another calendar, read into EDTF dates of the Gregorian one. The calendar stands
// before the date:
//
//   thai_solar:2562-12-22            2019-12-22
//   persian:1398-10-01               2019-12-22
//   persian:1398                     2019-03-21/2020-03-19: the years do not align
//   hijri:1441-04~                   2019-11-28~/2019-12-27~
//   thai_solar:๒๕๖๒-๑๒               2019-12
//
// The shapes are those of EDTF (vault/records/date.h), seasons apart; digits may be those of any
// script. ICU knows the calendars; one that it does not have (Burmese, Khmer, Nepali, …) is
// refused, and so is one whose months have no one numbering (Chinese, Hebrew).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vault/records/date.h"

namespace custos::vault {

// Digits of other scripts take up to four bytes.
inline constexpr std::size_t kCalendarDateSizeMax = 4 * kDateSizeMax;

struct CalendarDate {
    std::string_view calendar;  // as it was written: "thai_solar", "Thai solar"
    std::string_view text;
};
// Nothing for a text without a colon, which has no calendar.
[[nodiscard]] std::optional<CalendarDate> split_calendar(std::string_view text);

struct ConvertedDate {
    std::string calendar;  // key in the vocabulary "calendar"
    ParsedDate parsed;     // date or refusal
};
[[nodiscard]] ConvertedDate parse_calendar_date(const CalendarDate& given);

enum class Reading {
    gregorian,  // the year can only be Gregorian, or the calendar is none that can be converted
    calendar,   // the year can only be one of that calendar
    either,
};
// How to read `text` when `calendar` (a key) is said beside it: a stored date is Gregorian, a typed
// one may not be. Empty and wrong texts are Gregorian.
[[nodiscard]] Reading reading_of(std::string_view calendar, std::string_view text);

// The days of a date of that calendar, months and days counted from 1; nothing when there is no
// such day, or no such calendar. For tests, too.
[[nodiscard]] std::optional<std::int64_t> day_in_calendar(std::string_view calendar, int year,
                                                          int month, int day);

}  // namespace custos::vault
