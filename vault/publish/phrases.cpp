// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/phrases.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace custos::vault::publish {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};

std::string_view primary(std::string_view language) {
    return language.substr(0, language.find('-'));
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int number(std::string_view two_digits) {
    return (two_digits[0] - '0') * 10 + (two_digits[1] - '0');
}

// One end of an EDTF date in English.
std::string english_date(std::string_view edtf) {
    std::string qualifier;
    if (!edtf.empty()) {
        const char last = edtf.back();
        if (last == '~' || last == '%') qualifier = "about ";
        if (last == '?') qualifier = "possibly ";
        if (!qualifier.empty()) edtf.remove_suffix(1);
    }
    const std::string_view year = edtf.substr(0, 4);
    if (!all_digits(year) || year.size() != 4) return std::string(edtf);
    const std::string year_text(year);
    if (edtf.size() == 4) return qualifier + year_text;
    if (edtf.size() != 7 && edtf.size() != 10) return std::string(edtf);
    const std::string_view month = edtf.substr(5, 2);
    if (!all_digits(month)) return qualifier + year_text;
    const int m = number(month);
    if (m >= 21 && m <= 24) {
        return qualifier + std::string(kSeasons.at(static_cast<std::size_t>(m - 21))) + " " +
               year_text;
    }
    if (m < 1 || m > 12) return std::string(edtf);
    const std::string month_text(kMonths.at(static_cast<std::size_t>(m - 1)));
    const std::string_view day = edtf.size() == 10 ? edtf.substr(8, 2) : std::string_view();
    if (!all_digits(day)) return qualifier + month_text + " " + year_text;
    return qualifier + std::to_string(number(day)) + " " + month_text + " " + year_text;
}

icu::Locale locale_of(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string text(language);
    icu::Locale locale = icu::Locale::forLanguageTag(text, status);
    return U_SUCCESS(status) != 0 && !text.empty() ? locale : icu::Locale::getEnglish();
}

// Year, month and day as far as they are given; zero for what is not.
struct Parts {
    int year = 0;
    int month = 0;
    int day = 0;
};

// Nothing for seasons and unspecified digits, which only English has words for here.
std::optional<Parts> parts_of(std::string_view edtf) {
    Parts parts;
    if (edtf.size() != 4 && edtf.size() != 7 && edtf.size() != 10) return std::nullopt;
    if (!all_digits(edtf.substr(0, 4))) return std::nullopt;
    parts.year = number(edtf.substr(0, 2)) * 100 + number(edtf.substr(2, 2));
    if (edtf.size() > 4) {
        if (!all_digits(edtf.substr(5, 2))) return std::nullopt;
        parts.month = number(edtf.substr(5, 2));
        if (parts.month < 1 || parts.month > 12) return std::nullopt;
    }
    if (edtf.size() > 7) {
        if (!all_digits(edtf.substr(8, 2))) return std::nullopt;
        parts.day = number(edtf.substr(8, 2));
    }
    return parts;
}

// One end of an EDTF date as `language` writes it: a hyphen between numbers turns them around in
// Arabic text, so words are needed there.
std::string local_date(std::string_view edtf, std::string_view language) {
    std::string_view bare = edtf;
    std::string sign;
    if (!bare.empty() && (bare.back() == '~' || bare.back() == '?' || bare.back() == '%')) {
        sign = bare.substr(bare.size() - 1);
        bare.remove_suffix(1);
    }
    const auto parts = parts_of(bare);
    if (!parts) return std::string(edtf);

    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = locale_of(language);
    locale.setKeywordValue("calendar", "gregorian", status);
    locale.setKeywordValue("numbers", "latn", status);
    const char16_t* skeleton = parts->month == 0 ? u"y" : parts->day == 0 ? u"yMMMM" : u"yMMMMd";
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    if (U_FAILURE(status) != 0) return std::string(edtf);
    icu::SimpleDateFormat format(patterns->getBestPattern(skeleton, status), locale, status);
    icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), locale, status);
    if (U_FAILURE(status) != 0) return std::string(edtf);
    calendar.clear();
    calendar.set(parts->year, parts->month == 0 ? 0 : parts->month - 1,
                 parts->day == 0 ? 1 : parts->day);
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString text;
    format.format(calendar.getTime(status), text);
    if (U_FAILURE(status) != 0) return std::string(edtf);
    std::string out;
    return text.toUTF8String(out) + sign;
}

}  // namespace

const Phrases& phrases_for(std::string_view language) {
    const auto all = all_phrases();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Phrases& phrases) {
        return phrases.language == primary(language);
    });
    return found == all.end() ? all.front() : *found;
}

std::string letter_of(std::size_t number) {
    std::string letters;
    for (++number; number > 0; number = (number - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
    }
    return letters;
}

std::string date_phrase(std::string_view edtf, std::string_view language) {
    const bool english = language.empty() || primary(language) == "en";
    const auto one = [&](std::string_view date) {
        return english ? english_date(date) : local_date(date, language);
    };
    const std::size_t slash = edtf.find('/');
    if (slash == std::string_view::npos) return one(edtf);
    const std::string_view from = edtf.substr(0, slash);
    const std::string_view to = edtf.substr(slash + 1);
    const bool no_from = from.empty() || from == "..";
    const bool no_to = to.empty() || to == "..";
    if (no_from && no_to) return std::string(edtf);
    if (!english) return (no_from ? "…" : one(from)) + " – " + (no_to ? "…" : one(to));
    if (no_from) return "until " + one(to);
    if (no_to) return "since " + one(from);
    return one(from) + " to " + one(to);
}

std::string country_name(std::string_view code, std::string_view language) {
    const icu::Locale country("", std::string(code).c_str());
    icu::UnicodeString name;
    country.getDisplayCountry(locale_of(language), name);
    std::string out;
    return name.toUTF8String(out);
}

bool is_right_to_left(std::string_view language) {
    return locale_of(language).isRightToLeft() != 0;
}

}  // namespace custos::vault::publish
