// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/checked_numbers.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace custos::vault::publish {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
unsigned value_of(char digit) { return static_cast<unsigned>(digit - '0'); }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// Letters and digits in one row, single spaces and hyphens left out.
constexpr std::size_t kRowMax = 34;
struct Row {
    std::array<char, kRowMax> characters{};
    std::array<std::size_t, kRowMax> ends{};  // in the text, behind each
    std::size_t size = 0;

    std::string_view first(std::size_t count) const { return {characters.data(), count}; }
};

template <class Belongs>
Row row_at(std::string_view text, std::size_t at, std::size_t most, Belongs belongs) {
    Row row;
    while (at < text.size() && row.size < most) {
        if (row.size > 0 && (text[at] == ' ' || text[at] == '-')) ++at;
        if (at >= text.size() || !belongs(text[at])) break;
        row.characters.at(row.size) = capital(text[at]);
        row.ends.at(row.size++) = ++at;
    }
    return row;
}

// Whether the first `count` characters are a number of their own.
bool ends_behind(const Row& row, std::size_t count, std::string_view text) {
    if (row.size < count) return false;
    const std::size_t end = row.ends.at(count - 1);
    return end >= text.size() || (!is_digit(text[end]) && !is_letter(text[end]));
}

// Characters of an account by country, from the registry of ISO 13616.
struct Country {
    std::string_view code;
    std::uint8_t size;
};
constexpr std::array<Country, 88> kCountries = {
    {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16},
     {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22},
     {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20},
     {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22},
     {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21},
     {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30},
     {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
     {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
     {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23},
     {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22},
     {"RU", 33}, {"SA", 24}, {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24},
     {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26},
     {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}}};

// The first four characters count last, letters as two digits from 10 on.
bool has_iban_check(std::string_view account) {
    unsigned rest = 0;
    for (std::size_t i = 0; i < account.size(); ++i) {
        const char c = account[(i + 4) % account.size()];
        rest = is_digit(c) ? rest * 10 + value_of(c)
                           : rest * 100 + static_cast<unsigned>(c - 'A') + 10;
        rest %= 97;
    }
    return rest == 1;
}

// Numbers of cards by their first digits.
struct Issuer {
    unsigned first;  // of so many digits as `last` has
    unsigned last;
    std::size_t digits;
    std::size_t size_min;
    std::size_t size_max;
};
constexpr std::array<Issuer, 14> kIssuers = {{{4, 4, 1, 16, 16},
                                              {4, 4, 1, 13, 13},
                                              {4, 4, 1, 19, 19},
                                              {51, 55, 2, 16, 16},
                                              {2221, 2720, 4, 16, 16},
                                              {2200, 2204, 4, 16, 19},
                                              {34, 34, 2, 15, 15},
                                              {37, 37, 2, 15, 15},
                                              {300, 305, 3, 14, 14},
                                              {36, 36, 2, 14, 14},
                                              {6011, 6011, 4, 16, 16},
                                              {644, 659, 3, 16, 16},
                                              {3528, 3589, 4, 16, 16},
                                              {62, 62, 2, 16, 19}}};

bool has_luhn_check(std::string_view digits) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        unsigned value = value_of(digits[digits.size() - 1 - i]);
        if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

bool is_of(const Issuer& issuer, const Row& row) {
    unsigned first = 0;
    for (std::size_t i = 0; i < issuer.digits; ++i)
        first = first * 10 + value_of(row.characters.at(i));
    return first >= issuer.first && first <= issuer.last;
}

constexpr std::size_t kShortestLine = 30;
constexpr std::size_t kLongestLine = 44;

// Check digit of ICAO 9303: weights 7, 3, 1; letters from 10 on; `<` is nothing.
bool has_document_check(std::string_view field, char check) {
    static constexpr std::array<unsigned, 3> kWeights = {7, 3, 1};
    unsigned sum = 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
        const char c = field[i];
        const unsigned value = is_digit(c)     ? value_of(c)
                               : is_capital(c) ? static_cast<unsigned>(c - 'A') + 10
                                               : 0;
        sum += value * kWeights.at(i % 3);
    }
    return is_digit(check) && sum % 10 == value_of(check);
}

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_sex(char c) { return c == 'M' || c == 'F' || c == 'X' || c == '<'; }

// Birth, its check digit, sex, expiry, its check digit: in all documents alike.
bool has_dates(std::string_view line, std::size_t at) {
    const std::string_view birth = line.substr(at, 6);
    const std::string_view expiry = line.substr(at + 8, 6);
    return all_digits(birth) && all_digits(expiry) && is_sex(line[at + 7]) &&
           has_document_check(birth, line[at + 6]) && has_document_check(expiry, line[at + 14]);
}

// Passports and visas (44 characters) and large cards (36): number, check, nationality, dates.
bool is_passport_line(std::string_view line) {
    return (line.size() == 44 || line.size() == 36) &&
           has_document_check(line.substr(0, 9), line[9]) && has_dates(line, 13);
}

// Small cards: three lines of 30; the second one begins with the dates.
bool is_card_line(std::string_view line) { return line.size() == 30 && has_dates(line, 0); }

// I<UTOD231458907<<<<<<<<<<<<<<<: the first line of a small card, with its number.
bool is_card_number_line(std::string_view line) {
    constexpr std::string_view kKinds = "IAC";
    return line.size() == 30 && kKinds.find(line.front()) != std::string_view::npos &&
           has_document_check(line.substr(5, 9), line[14]);
}

// P<UTOERIKSSON<<ANNA<MARIA<<<<: no digits, two fillers behind the family name.
bool is_name_line(std::string_view line) {
    constexpr std::string_view kKinds = "PVIAC";
    return line.size() >= kShortestLine && kKinds.find(line.front()) != std::string_view::npos &&
           std::none_of(line.begin(), line.end(), is_digit) && is_capital(line[5]) &&
           line.find("<<", 6) != std::string_view::npos;
}

bool is_document_line(std::string_view line) {
    return is_passport_line(line) || is_card_line(line) || is_card_number_line(line) ||
           is_name_line(line);
}

}  // namespace

std::size_t iban_end(std::string_view text, std::size_t at) {
    if (at + 4 > text.size() || !is_letter(text[at]) || !is_letter(text[at + 1]) ||
        !is_digit(text[at + 2]) || !is_digit(text[at + 3]))
        return 0;
    const std::array<char, 2> code = {capital(text[at]), capital(text[at + 1])};
    const auto country =
        std::find_if(kCountries.begin(), kCountries.end(), [&](const Country& each) {
            return each.code == std::string_view(code.data(), code.size());
        });
    if (country == kCountries.end()) return 0;
    const Row row =
        row_at(text, at, country->size, [](char c) { return is_digit(c) || is_letter(c); });
    if (!ends_behind(row, country->size, text) || !has_iban_check(row.first(row.size))) return 0;
    return row.ends.at(row.size - 1);
}

std::size_t payment_card_end(std::string_view text, std::size_t at) {
    constexpr std::size_t kDigitsMin = 13;
    constexpr std::size_t kDigitsMax = 19;
    const Row row = row_at(text, at, kDigitsMax, is_digit);
    if (row.size < kDigitsMin) return 0;
    for (const Issuer& issuer : kIssuers) {
        if (!is_of(issuer, row)) continue;
        for (std::size_t size = issuer.size_min; size <= std::min(issuer.size_max, row.size);
             ++size) {
            if (ends_behind(row, size, text) && has_luhn_check(row.first(size)))
                return row.ends.at(size - 1);
        }
    }
    return 0;
}

std::size_t thai_identity_end(std::string_view text, std::size_t at) {
    constexpr std::size_t kDigits = 13;
    const Row row = row_at(text, at, kDigits, is_digit);
    if (!ends_behind(row, kDigits, text) || row.characters[0] < '1' || row.characters[0] > '8')
        return 0;
    unsigned sum = 0;
    for (std::size_t i = 0; i + 1 < kDigits; ++i)
        sum += value_of(row.characters.at(i)) * static_cast<unsigned>(kDigits - i);
    const bool is_right = (11 - sum % 11) % 10 == value_of(row.characters[kDigits - 1]);
    return is_right ? row.ends[kDigits - 1] : 0;
}

std::optional<Range> travel_document_line(std::string_view text, std::size_t at) {
    const auto belongs = [&](std::size_t place) {
        return is_capital(text[place]) || is_digit(text[place]) || text[place] == '<';
    };
    std::size_t begin = at;
    while (begin > 0 && at - begin <= kLongestLine && belongs(begin - 1)) --begin;
    std::size_t end = at;
    while (end < text.size() && end - begin <= kLongestLine + 1 && belongs(end)) ++end;
    // The last one may belong to a tag behind the line.
    for (const std::size_t last : {end, end - 1}) {
        const std::string_view line = text.substr(begin, last - begin);
        if (line.size() >= kShortestLine && line.size() <= kLongestLine && is_document_line(line))
            return Range{begin, last};
    }
    return std::nullopt;
}

}  // namespace custos::vault::publish
