// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/day_spellings.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <unicode/calendar.h>
#include <unicode/datefmt.h>
#include <unicode/gregocal.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "vault/publish/phrases.h"

namespace custos::vault::publish {
namespace {

constexpr int kBuddhistYears = 543;  // later than Gregorian ones

// Where Custos is used, and what is written about there.
constexpr std::array<const char*, 20> kLanguages = {"en", "fr", "es", "pt", "de", "it", "nl",
                                                    "ru", "uk", "tr", "ar", "fa", "km", "th",
                                                    "lo", "my", "vi", "id", "zh", "ja"};
constexpr std::array<const char*, 3> kOtherCalendars = {"th-u-ca-buddhist", "fa-u-ca-persian",
                                                        "ar-u-ca-islamic-umalqura"};

constexpr std::array<const char*, 31> kOrdinals = {
    "first",        "second",         "third",         "fourth",        "fifth",
    "sixth",        "seventh",        "eighth",        "ninth",         "tenth",
    "eleventh",     "twelfth",        "thirteenth",    "fourteenth",    "fifteenth",
    "sixteenth",    "seventeenth",    "eighteenth",    "nineteenth",    "twentieth",
    "twenty-first", "twenty-second",  "twenty-third",  "twenty-fourth", "twenty-fifth",
    "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",  "thirtieth",
    "thirty-first"};

class Spellings {
public:
    Spellings(int year, int month, int day) : year_(year), month_(month), day_(day) {}

    std::vector<std::string> all(const std::vector<std::string>& languages) {
        add_numbers();
        for (const char* language : kLanguages) add_words(language);
        for (const std::string& language : languages) add_words(language);
        for (const char* calendar : kOtherCalendars) add_words(calendar);
        add_ordinals();
        return {spellings_.begin(), spellings_.end()};
    }

private:
    static std::string two_digits(int number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    }

    void add_numbers() {
        const std::string month = two_digits(month_);
        const std::string day = two_digits(day_);
        for (const std::string& year :
             {std::to_string(year_), std::to_string(year_ + kBuddhistYears)}) {
            spellings_.insert(year + "-" + month + "-" + day);
            spellings_.insert(day + "/" + month + "/" + year);
            spellings_.insert(month + "/" + day + "/" + year);
            spellings_.insert(std::to_string(day_) + "/" + std::to_string(month_) + "/" + year);
            spellings_.insert(std::to_string(month_) + "/" + std::to_string(day_) + "/" + year);
        }
        const std::string short_year = two_digits(year_ % 100);
        spellings_.insert(day + "/" + month + "/" + short_year);
        spellings_.insert(month + "/" + day + "/" + short_year);
    }

    // "23 novembre 2019", "23 nov. 2019"
    void add_words(const std::string& tag) {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
        if (U_FAILURE(status) != 0) return;
        if (tag.find("-u-ca-") == std::string::npos)
            locale.setKeywordValue("calendar", "gregorian", status);
        locale.setKeywordValue("numbers", "latn", status);
        icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), status);
        if (U_FAILURE(status) != 0) return;
        calendar.clear();
        calendar.set(year_, month_ - 1, day_);
        const UDate time = calendar.getTime(status);
        for (const auto style : {icu::DateFormat::kLong, icu::DateFormat::kMedium}) {
            const std::unique_ptr<icu::DateFormat> format(
                icu::DateFormat::createDateInstance(style, locale));
            if (!format || U_FAILURE(status) != 0) return;
            format->setTimeZone(*icu::TimeZone::getGMT());
            icu::UnicodeString text;
            format->format(time, text);
            std::string words;
            add_orders(text.toUTF8String(words));
        }
        add_orders(date_phrase(
            std::to_string(year_) + "-" + two_digits(month_) + "-" + two_digits(day_), tag));
    }

    // "December 22 2019", as others order it; "22 December" with the year left out.
    void add_orders(const std::string& words) {
        spellings_.insert(words);
        std::vector<std::string> parts;
        for (std::size_t at = 0; at < words.size();) {
            const std::size_t end = std::min(words.find_first_of(" ,.", at), words.size());
            if (end > at) parts.push_back(words.substr(at, end - at));
            at = end + 1;
        }
        if (parts.size() != 3) return;
        spellings_.insert(parts[1] + " " + parts[0] + " " + parts[2]);
        spellings_.insert(parts[0] + " " + parts[1]);
        spellings_.insert(parts[1] + " " + parts[0]);
    }

    void add_ordinals() {
        const std::string month_and_year =
            date_phrase(std::to_string(year_) + "-" + two_digits(month_), "en");
        const std::string month = month_and_year.substr(0, month_and_year.find(' '));
        const bool teen = day_ > 10 && day_ < 14;
        const int last = day_ % 10;
        const std::string ending = teen        ? "th"
                                   : last == 1 ? "st"
                                   : last == 2 ? "nd"
                                   : last == 3 ? "rd"
                                               : "th";
        for (const std::string& ordinal :
             {std::to_string(day_) + ending,
              std::string(kOrdinals.at(static_cast<std::size_t>(day_ - 1)))}) {
            spellings_.insert(ordinal + " " + month);
            spellings_.insert(ordinal + " of " + month);
            spellings_.insert(month + " " + ordinal);
        }
    }

    int year_;
    int month_;
    int day_;
    std::set<std::string> spellings_;
};

// Nothing if it is none.
int number_in(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

std::vector<std::string> spellings_of_day(std::string_view day,
                                          const std::vector<std::string>& languages) {
    if (day.size() != 10) return {};
    const int year = number_in(day.substr(0, 4));
    const int month = number_in(day.substr(5, 2));
    const int of_month = number_in(day.substr(8, 2));
    if (year < 1 || month < 1 || month > 12 || of_month < 1 || of_month > 31) return {};
    return Spellings(year, month, of_month).all(languages);
}

}  // namespace custos::vault::publish
