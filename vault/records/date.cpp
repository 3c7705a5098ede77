// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

namespace custos::vault {
namespace {

constexpr int kSeasonFirst = 21;  // spring; the hemisphere is not said
constexpr int kSeasonLast = 24;   // winter, which may reach into the next year

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::string padded(int value, std::size_t width) {
    std::string text = std::to_string(value);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

std::chrono::year_month_day day_of(int year, int month, int day) {
    return std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
           std::chrono::day{static_cast<unsigned>(day)};
}

std::int64_t days(const std::chrono::year_month_day& day) {
    return std::chrono::sys_days{day}.time_since_epoch().count();
}

int last_day(int year, int month) {
    const std::chrono::year_month_day_last last{
        std::chrono::year{year},
        std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

DateBounds whole_years(int first, int last) {
    return {days(day_of(first, 1, 1)), days(day_of(last, 12, 31))};
}

// One end of an interval, or a date alone.
struct End {
    DateBounds bounds;
    bool uncertain = false;
    bool approximate = false;
};

struct ReadEnd {
    std::optional<End> end;
    DateRefusal refusal;
};

ReadEnd refuse(std::string why, std::string instead = {}) {
    return {std::nullopt, {std::move(why), std::move(instead)}};
}

// The first three runs of digits in `text`; eight digits in one run are year, month and day.
std::vector<std::string_view> number_groups(std::string_view text) {
    std::vector<std::string_view> groups;
    groups.reserve(3);
    for (std::size_t i = 0; i < text.size() && groups.size() < 3;) {
        std::size_t end = i;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end > i) groups.push_back(text.substr(i, end - i));
        i = std::max(end, i + 1);
    }
    if (groups.size() == 1 && groups[0].size() == 8) {
        const std::string_view all = groups[0];
        groups = {all.substr(0, 4), all.substr(4, 2), all.substr(6, 2)};
    }
    return groups;
}

// What was probably meant by three numbers in another order or with other signs between them.
std::string guessed_date(std::string_view text) {
    const std::vector<std::string_view> groups = number_groups(text);
    if (groups.size() != 3 || groups[1].size() > 2) return {};
    const bool year_first = groups[0].size() == 4 && groups[2].size() <= 2;
    const bool year_last = groups[0].size() <= 2 && groups[2].size() == 4;
    if (!year_first && !year_last) return {};
    int year = number(groups[year_first ? 0 : 2]);
    int month = number(groups[1]);
    int day = number(groups[year_first ? 2 : 0]);
    // 5/6/2019 may be May or June: do not put one into somebody's mouth.
    if (year_last && month <= 12 && day <= 12 && day != month) return {};
    if (year_last && month > 12) std::swap(day, month);
    if (year > kYearMax) year -= kThaiSolarOffset;
    if (year < kYearMin || year > kYearMax || !day_of(year, month, day).ok()) return {};
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

ReadEnd refuse_shape(std::string_view text) {
    std::string guess = guessed_date(text);
    if (text.find('T') != std::string_view::npos && !guess.empty()) {
        return refuse("the time of day does not belong to the date: it has a field of its own",
                      guess);
    }
    return refuse("not a date in the form 2019-12-22, 2019-12 or 2019", guess);
}

// The year with digits or, from the right, up to two X.
std::optional<DateRefusal> read_year(std::string_view text, int& first, int& last) {
    const std::size_t unknown = static_cast<std::size_t>(std::count(text.begin(), text.end(), 'X'));
    const std::string_view known = text.substr(0, 4 - std::min<std::size_t>(unknown, 4));
    if (unknown > 2 || !all_digits(known)) {
        return DateRefusal{"in a year, at most the last two digits can be unknown (201X, 20XX)",
                           {}};
    }
    constexpr std::array<int, 3> kScale = {1, 10, 100};
    first = number(known) * kScale[unknown];
    last = first + kScale[unknown] - 1;
    if (first > kYearMax) {
        const int meant = first - kThaiSolarOffset;
        if (meant > kYearMax) return DateRefusal{"the year is too far ahead", {}};
        return DateRefusal{"the year " + std::string(text) +
                               " is centuries ahead and looks like a Thai solar year",
                           unknown == 0 ? padded(meant, 4) : std::string()};
    }
    if (first < kYearMin) return DateRefusal{"the year is too long ago", {}};
    return std::nullopt;
}

ReadEnd read_month(int year, std::string_view text, End end) {
    if (!all_digits(text)) return refuse("the month must be two digits or XX");
    const int month = number(text);
    if (month >= kSeasonFirst && month <= kSeasonLast) {
        end.bounds = whole_years(year, year);
        if (month == kSeasonLast) end.bounds.max = days(day_of(year + 1, 2, last_day(year + 1, 2)));
        return {end, {}};
    }
    if (month < 1 || month > 12) return refuse("there is no month " + std::string(text));
    end.bounds = {days(day_of(year, month, 1)), days(day_of(year, month, last_day(year, month)))};
    return {end, {}};
}

ReadEnd read_day(int year, std::string_view month_text, std::string_view text, End end) {
    if (month_text == "XX") {
        if (text != "XX") {
            return refuse(
                "digits can only be unknown from the right: the month is XX, the day is not");
        }
        return {end, {}};
    }
    ReadEnd month = read_month(year, month_text, end);
    if (!month.end || text == "XX") {
        if (month.end && number(month_text) > 12) return refuse("a season has no day");
        return month;
    }
    if (number(month_text) > 12) return refuse("a season has no day");
    if (!all_digits(text)) return refuse("the day must be two digits or XX");
    const auto date = day_of(year, number(month_text), number(text));
    if (!date.ok()) {
        return refuse("there is no day " + std::string(text) + " in " + padded(year, 4) + "-" +
                      std::string(month_text));
    }
    end.bounds = {days(date), days(date)};
    return {end, {}};
}

ReadEnd read_end(std::string_view text) {
    const std::string_view whole = text;
    End end;
    if (!text.empty() && (text.back() == '?' || text.back() == '~' || text.back() == '%')) {
        end.uncertain = text.back() != '~';
        end.approximate = text.back() != '?';
        text.remove_suffix(1);
    }
    const bool shaped =
        (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
        std::all_of(text.begin(), text.end(),
                    [](char c) { return is_digit(c) || c == 'X' || c == '-'; }) &&
        text.substr(0, 4).find('-') == std::string_view::npos &&
        (text.size() < 7 || text[4] == '-') && (text.size() < 10 || text[7] == '-') &&
        std::count(text.begin(), text.end(), '-') == static_cast<int>(text.size() / 3) - 1;
    if (!shaped) return refuse_shape(whole);

    int first = 0;
    int last = 0;
    if (auto refusal = read_year(text.substr(0, 4), first, last)) {
        if (!refusal->instead.empty()) refusal->instead += whole.substr(4);
        return {std::nullopt, std::move(*refusal)};
    }
    end.bounds = whole_years(first, last);
    if (text.size() == 4) return {end, {}};
    const std::string_view month = text.substr(5, 2);
    if (first != last) {
        return refuse(
            "digits can only be unknown from the right: the year has an X, so it stands alone");
    }
    if (text.size() == 7) return month == "XX" ? ReadEnd{end, {}} : read_month(first, month, end);
    return read_day(first, month, text.substr(8, 2), end);
}

bool is_open(std::string_view end) { return end.empty() || end == ".."; }

ParsedDate refused(DateRefusal refusal) {
    // Only a suggestion that would be taken is one.
    if (!refusal.instead.empty() && !parse_date(refusal.instead).date) refusal.instead.clear();
    return {std::nullopt, std::move(refusal)};
}

// What was meant, if that is known of each end; an end that is open or right stays as it is.
std::string meant_interval(std::string_view from_text, const ReadEnd& from,
                           std::string_view to_text, const ReadEnd& to) {
    const std::string begin = from.end ? std::string(from_text) : from.refusal.instead;
    const std::string end = to.end ? std::string(to_text) : to.refusal.instead;
    if ((!from.end && begin.empty()) || (!to.end && end.empty())) return {};
    return begin + "/" + end;
}

ReadEnd read_open_end(std::string_view text, const DateBounds& open) {
    return is_open(text) ? ReadEnd{End{open, false, false}, {}} : read_end(text);
}

ParsedDate parse_interval(std::string_view text, std::size_t slash) {
    const std::string_view from_text = text.substr(0, slash);
    const std::string_view to_text = text.substr(slash + 1);
    if (to_text.find('/') != std::string_view::npos) {
        return refused({"not a date in the form 2019-12-22, 2019-12 or 2019", guessed_date(text)});
    }
    if (is_open(from_text) && is_open(to_text)) {
        return refused({"an interval needs a beginning or an end", {}});
    }
    const ReadEnd from = read_open_end(from_text, {kDayBeforeAll, kDayBeforeAll});
    const ReadEnd to = read_open_end(to_text, {kDayAfterAll, kDayAfterAll});
    if (!from.end || !to.end) {
        return refused({from.end ? to.refusal.why : from.refusal.why,
                        meant_interval(from_text, from, to_text, to)});
    }
    if (from.end->bounds.min > to.end->bounds.max) {
        return refused({"the interval ends before it begins",
                        std::string(to_text) + "/" + std::string(from_text)});
    }
    return {Date{std::string(text),
                 {from.end->bounds.min, to.end->bounds.max},
                 from.end->uncertain || to.end->uncertain,
                 from.end->approximate || to.end->approximate,
                 true},
            {}};
}

}  // namespace

ParsedDate parse_date(std::string_view text) {
    if (text.empty()) return refused({"the date is empty", {}});
    if (text.size() > kDateSizeMax) {
        return refused(
            {"too long for a date (" + std::to_string(kDateSizeMax) + " characters at most)",
             guessed_date(text.substr(0, kDateSizeMax))});
    }
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) return parse_interval(text, slash);

    ReadEnd read = read_end(text);
    if (!read.end) return refused(std::move(read.refusal));
    return {Date{std::string(text), read.end->bounds, read.end->uncertain, read.end->approximate,
                 false},
            {}};
}

std::optional<DateBounds> bounds_of(std::string_view text) {
    const ParsedDate parsed = parse_date(text);
    if (!parsed.date) return std::nullopt;
    return parsed.date->bounds;
}

std::string day_text(std::int64_t day) {
    if (day <= kDayBeforeAll || day >= kDayAfterAll) return {};
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::optional<int> parse_time(std::string_view text) {
    if (text.size() != 5 && text.size() != 8) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 3 == 2 ? text[i] != ':' : !is_digit(text[i])) return std::nullopt;
    }
    const int hours = number(text.substr(0, 2));
    const int minutes = number(text.substr(3, 2));
    const int seconds = text.size() == 8 ? number(text.substr(6, 2)) : 0;
    if (hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
    return hours * 3600 + minutes * 60 + seconds;
}

}  // namespace custos::vault
