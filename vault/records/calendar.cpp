// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/calendar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include <unicode/calendar.h>
#include <unicode/timezone.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {
namespace {

constexpr double kMillisecondsPerDay = 86'400'000.0;

struct CalendarRow {
    std::string_view key;
    const char* icu;
    // Years that are taken: those of about 1820 to 2120 and, for Thai solar ones, of every year
    // that no Gregorian date may have.
    int first;
    int last;
    // Gregorian dates may have the same years, so that a year alone does not tell.
    bool looks_gregorian;
    bool aligned;  // its months and days are the Gregorian ones
};

constexpr auto kCalendars = std::to_array<CalendarRow>({
    {"thai_solar", "en@calendar=buddhist", 2400, 2942, false, true},
    {"persian", "en@calendar=persian", 1200, 1499, false, false},
    {"hijri", "en@calendar=islamic-umalqura", 1200, 1549, false, false},
    {"islamic_umalqura", "en@calendar=islamic-umalqura", 1200, 1549, false, false},
    {"islamic_civil", "en@calendar=islamic-civil", 1200, 1549, false, false},
    {"ethiopian", "en@calendar=ethiopic", 1800, 2149, true, false},
});

const CalendarRow* find_calendar(std::string_view key) {
    const auto found = std::find_if(kCalendars.begin(), kCalendars.end(),
                                    [&](const CalendarRow& row) { return row.key == key; });
    return found == kCalendars.end() ? nullptr : found;
}

// A calendar that takes no day that is none.
class IcuCalendar {
public:
    explicit IcuCalendar(const CalendarRow& row) {
        UErrorCode status = U_ZERO_ERROR;
        calendar_.reset(icu::Calendar::createInstance(icu::TimeZone::getGMT()->clone(),
                                                      icu::Locale(row.icu), status));
        if (U_FAILURE(status)) calendar_.reset();
        if (calendar_) {
            era_ = calendar_->getActualMaximum(UCAL_ERA, status);
            calendar_->setLenient(false);
        }
    }

    std::optional<std::int64_t> day(int year, int month, int day) {
        if (!calendar_) return std::nullopt;
        UErrorCode status = U_ZERO_ERROR;
        calendar_->clear();
        calendar_->set(UCAL_ERA, era_);
        calendar_->set(UCAL_YEAR, year);
        calendar_->set(UCAL_MONTH, month - 1);
        calendar_->set(UCAL_DATE, day);
        const double time = calendar_->getTime(status);
        if (U_FAILURE(status)) return std::nullopt;
        return static_cast<std::int64_t>(std::floor(time / kMillisecondsPerDay));
    }

    // The last day of a month, or of a year when `month` is 0.
    std::optional<std::int64_t> last_day(int year, int month) {
        const auto next = month == 0 ? day(year + 1, 1, 1) : day(year, month + 1, 1);
        const auto first = next || month == 0 ? next : day(year + 1, 1, 1);
        if (!first) return std::nullopt;
        return *first - 1;
    }

private:
    std::unique_ptr<icu::Calendar> calendar_;
    std::int32_t era_ = 0;
};

// Digits of other scripts as ASCII ones; the rest stays.
std::string with_plain_digits(std::string_view text) {
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu::UnicodeString plain;
    for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        const UChar32 c = wide.char32At(i);
        const std::int32_t digit = u_charDigitValue(c);
        plain.append(digit >= 0 ? '0' + digit : c);
    }
    std::string result;
    return plain.toUTF8String(result);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> number(std::string_view digits) {
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

// The year at the beginning of an EDTF text, the least that its digits allow; nothing if there is
// none.
std::optional<int> first_year(std::string_view text) {
    while (!text.empty() && (text.front() == '.' || text.front() == '/')) text.remove_prefix(1);
    if (text.size() < 4) return std::nullopt;
    std::string year(text.substr(0, 4));
    std::replace(year.begin() + 2, year.end(), 'X', '0');
    return number(year);
}

DateRefusal refuse(std::string why) { return {std::move(why), {}}; }

// One end of an interval, or a date alone, as first and last day.
struct End {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::string mark;  // "?", "~", "%" or empty
};

class Reader {
public:
    explicit Reader(const CalendarRow& row) : row_(row), calendar_(row) {}

    ParsedDate read(const std::string& text) {
        const std::size_t slash = text.find('/');
        if (slash == std::string::npos) return alone(text);
        return interval(text.substr(0, slash), text.substr(slash + 1));
    }

private:
    ParsedDate alone(const std::string& text) {
        const auto end = read_end(text);
        if (!end) return {std::nullopt, refusal_};
        if (end->first == end->last) return parse_date(day_text(end->first) + end->mark);
        if (std::string same = as_gregorian(text); !same.empty()) return parse_date(same);
        return parse_date(day_text(end->first) + end->mark + "/" + day_text(end->last) + end->mark);
    }

    // Each end is the whole of what it says, so the interval is from the first day of the one to
    // the last of the other.
    ParsedDate interval(const std::string& from, const std::string& to) {
        std::string result;
        for (const std::string* text : {&from, &to}) {
            if (text == &to) result += "/";
            if (text->empty() || *text == "..") {
                result += *text;
                continue;
            }
            const auto end = read_end(*text);
            if (!end) return {std::nullopt, refusal_};
            const std::string same = as_gregorian(*text);
            const std::int64_t day = text == &from ? end->first : end->last;
            result += same.empty() ? day_text(day) + end->mark : same;
        }
        return parse_date(result);
    }

    // The same text with the Gregorian year, when the months are the same.
    std::string as_gregorian(const std::string& text) const {
        if (!row_.aligned || text.find('X') < 4) return {};
        return std::to_string(*number(std::string_view(text).substr(0, 4)) - kThaiSolarOffset) +
               text.substr(4);
    }

    std::optional<End> fail(std::string why) {
        refusal_ = refuse(std::move(why));
        return std::nullopt;
    }

    std::optional<End> read_end(std::string_view text) {
        End end;
        if (!text.empty() && std::string_view("?~%").find(text.back()) != std::string_view::npos) {
            end.mark = text.back();
            text.remove_suffix(1);
        }
        const bool shaped = (text.size() == 4 || text.size() == 7 || text.size() == 10) &&
                            (text.size() < 7 || text[4] == '-') &&
                            (text.size() < 10 || text[7] == '-');
        if (!shaped) return fail("not a date in the form 2562-12-22, 2562-12 or 2562");
        return read_year(text, std::move(end));
    }

    std::optional<End> read_year(std::string_view text, End end) {
        const std::string_view digits = text.substr(0, 4);
        const auto unknown =
            static_cast<std::size_t>(std::count(digits.begin(), digits.end(), 'X'));
        const auto known = number(digits.substr(0, 4 - std::min<std::size_t>(unknown, 4)));
        if (unknown > 2 || !known) {
            return fail("in a year, at most the last two digits can be unknown (256X, 25XX)");
        }
        constexpr std::array<int, 3> kScale = {1, 10, 100};
        const int first = *known * kScale[unknown];
        const int last = first + kScale[unknown] - 1;
        if (first < row_.first || last > row_.last) {
            return fail("years of this calendar are taken from " + std::to_string(row_.first) +
                        " to " + std::to_string(row_.last));
        }
        if (unknown > 0 && text.size() > 4) {
            return fail(
                "digits can only be unknown from the right: the year has an X, so it "
                "stands alone");
        }
        const std::string_view month = text.size() > 4 ? text.substr(5, 2) : "XX";
        const std::string_view day = text.size() > 7 ? text.substr(8, 2) : "XX";
        if (month == "XX") {
            if (day != "XX") {
                return fail(
                    "digits can only be unknown from the right: the month is XX, the day "
                    "is not");
            }
            return days(calendar_.day(first, 1, 1), calendar_.last_day(last, 0), std::move(end));
        }
        return read_month(first, month, day, std::move(end));
    }

    std::optional<End> read_month(int year, std::string_view month_text, std::string_view day_text,
                                  End end) {
        const auto month = number(month_text);
        if (!month) return fail("the month must be two digits or XX");
        if (*month > 20) return fail("seasons are taken in the Gregorian calendar only");
        const auto first = *month < 1 ? std::nullopt : calendar_.day(year, *month, 1);
        if (!first) return fail("there is no month " + std::string(month_text));
        if (day_text == "XX") return days(first, calendar_.last_day(year, *month), std::move(end));
        const auto day = number(day_text);
        if (!day) return fail("the day must be two digits or XX");
        const auto date = *day < 1 ? std::nullopt : calendar_.day(year, *month, *day);
        if (!date) {
            return fail("there is no day " + std::string(day_text) + " in " + std::to_string(year) +
                        "-" + std::string(month_text));
        }
        return days(date, date, std::move(end));
    }

    std::optional<End> days(std::optional<std::int64_t> first, std::optional<std::int64_t> last,
                            End end) {
        if (!first || !last) return fail("this calendar cannot be converted here");
        end.first = *first;
        end.last = *last;
        return end;
    }

    const CalendarRow& row_;
    IcuCalendar calendar_;
    DateRefusal refusal_;
};

// What to do with a calendar that is known by name and no more.
DateRefusal cannot_convert(const Term& term) {
    return refuse(
        "dates of the calendar \"" + std::string(term.key) +
        "\" cannot be converted here: write the Gregorian date, and the words in which it "
        "was given into date_verbatim");
}

DateRefusal no_such_calendar(std::string_view written) {
    std::vector<std::string_view> keys;
    for (const CalendarRow& row : kCalendars) keys.push_back(row.key);
    std::vector<std::string> near = nearest(written, keys);
    if (near.empty()) near.assign(keys.begin(), keys.end());
    return refuse("there is no calendar called " + harmless_excerpt(written, 30) +
                  " to convert from; there are " + either(near));
}

}  // namespace

std::optional<CalendarDate> split_calendar(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return CalendarDate{text.substr(0, colon), text.substr(colon + 1)};
}

ConvertedDate parse_calendar_date(const CalendarDate& given) {
    ConvertedDate converted;
    const Term* term =
        find_written_term(builtin_vocabulary(VocabularyId::calendar), given.calendar);
    if (term == nullptr) {
        // 2019-12-22T21:30 has a colon too.
        converted.parsed = parse_date(given.calendar);
        if (converted.parsed.date || !converted.parsed.refusal.instead.empty()) {
            const std::string meant = converted.parsed.date ? converted.parsed.date->text
                                                            : converted.parsed.refusal.instead;
            converted.parsed = {
                std::nullopt,
                {"the time of day does not belong to the date: it has a field of its own", meant}};
        } else {
            converted.parsed = {std::nullopt, no_such_calendar(given.calendar)};
        }
        return converted;
    }
    converted.calendar = term->key;
    if (given.text.size() > kCalendarDateSizeMax) {
        converted.parsed.refusal = refuse("too long for a date");
        return converted;
    }
    const std::string text = with_plain_digits(given.text);
    const CalendarRow* row = find_calendar(term->key);
    if (term->key == "gregorian") {
        converted.parsed = parse_date(text);
    } else if (row == nullptr) {
        converted.parsed.refusal = cannot_convert(*term);
    } else {
        converted.parsed = Reader(*row).read(text);
        if (!converted.parsed.date) converted.parsed.refusal.instead.clear();
    }
    return converted;
}

Reading reading_of(std::string_view calendar, std::string_view text) {
    const CalendarRow* row = find_calendar(calendar);
    if (row == nullptr || text.size() > kCalendarDateSizeMax) return Reading::gregorian;
    const auto year = first_year(with_plain_digits(text));
    if (!year || *year < row->first || *year > row->last) return Reading::gregorian;
    return row->looks_gregorian ? Reading::either : Reading::calendar;
}

std::optional<std::int64_t> day_in_calendar(std::string_view calendar, int year, int month,
                                            int day) {
    const CalendarRow* row = find_calendar(calendar);
    if (row == nullptr) return std::nullopt;
    return IcuCalendar(*row).day(year, month, day);
}

}  // namespace custos::vault
