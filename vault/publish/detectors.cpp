// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/detectors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "vault/publish/checked_numbers.h"
#include "vault/publish/links.h"

namespace custos::vault::publish {
namespace {

constexpr std::size_t kPhoneDigitsMin = 8;
constexpr std::size_t kPhoneDigitsMax = 15;
constexpr std::size_t kLocalDigitsMin = 9;  // of a number without its country
constexpr std::size_t kLocalDigitsMax = 11;
constexpr std::size_t kCoordinateDecimalsMin = 3;
constexpr std::size_t kAddressPartMax = 254;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_part(char c) {
    return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '+' || c == '-';
}

// What may stand between digits of one number; never two line feeds.
bool joins(char c) { return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/'; }

// Where something may begin or be noticed: digits and signs, the @ of an address, the first byte of
// a degree sign, the signs of links, of addresses of devices and of travel documents.
constexpr std::array<bool, 256> make_beginnings() {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("0123456789+-@:/<?&\xC2"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr std::array<bool, 256> kBeginnings = make_beginnings();

// The next place from `at` on where something may begin, or `last`. Eight bytes at a time: most of
// a text is letters and spaces.
std::size_t next_beginning(std::string_view text, std::size_t at, std::size_t last) {
    constexpr std::uint64_t kEach = 0x0101010101010101u;
    constexpr std::uint64_t kHigh = kEach * 0x80;
    while (at < last) {
        std::uint64_t bytes = 0;
        if (at + sizeof bytes <= last) {
            std::memcpy(&bytes, text.data() + at, sizeof bytes);
            const std::uint64_t low = bytes & ~kHigh;
            // High bits where a byte is one of + to @, where it is &, and where it is beyond ASCII.
            const std::uint64_t from_plus = low + kEach * (0x80 - '+');
            const std::uint64_t past_at = low + kEach * (0x80 - '@' - 1);
            const std::uint64_t no_ampersand = (low ^ kEach * '&') + kEach * 0x7F;
            if ((((from_plus & ~past_at) | ~no_ampersand | bytes) & kHigh) == 0) {
                at += sizeof bytes;
                continue;
            }
        }
        const std::size_t stop = std::min(at + sizeof bytes, last);
        for (; at < stop; ++at) {
            if (kBeginnings[static_cast<unsigned char>(text[at])]) return at;
        }
    }
    return last;
}

// Whether a number cannot begin behind this character: it would be a piece of a link, a code, a
// date.
bool glues(char c) {
    return is_digit(c) || is_letter(c) || c == '/' || c == '.' || c == '=' || c == '-' ||
           c == '#' || c == '_' || c == '&' || c == ',';
}

// Behind a number to call at `at`: with + or 00 and the country, or with a leading zero; 0 if there
// is none.
std::size_t phone_end(std::string_view text, std::size_t at) {
    const bool international = text[at] == '+' || text.substr(at, 2) == "00";
    std::size_t digits = 0;
    std::size_t gap = 0;
    std::size_t next = text[at] == '+' ? at + 1 : at;
    std::size_t end = next;
    for (; next < text.size() && gap <= 2; ++next) {
        if (is_digit(text[next])) {
            ++digits;
            gap = 0;
            end = next + 1;
        } else if (joins(text[next])) {
            ++gap;
        } else {
            break;
        }
    }
    if (end < text.size() && is_letter(text[end])) return 0;
    const bool fits = international ? digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax
                                    : digits >= kLocalDigitsMin && digits <= kLocalDigitsMax;
    return fits ? end : 0;
}

// local@domain.tld around the @ at `at`.
std::optional<Range> email_at(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < kAddressPartMax && is_part(text[begin - 1])) --begin;
    std::size_t end = at + 1;
    std::size_t dot = 0;
    while (end < text.size() && end - at < kAddressPartMax &&
           (is_part(text[end]) && text[end] != '_')) {
        if (text[end] == '.' && end + 2 < text.size() && is_letter(text[end + 1]) &&
            is_letter(text[end + 2]))
            dot = end;
        ++end;
    }
    if (begin == at || dot <= at + 1) return std::nullopt;
    while (end > dot && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    return Range{begin, end};
}

// A decimal number of degrees at `at` with enough digits behind its point to name a house.
std::optional<std::size_t> degrees_at(std::string_view text, std::size_t at, std::uint32_t most) {
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    std::uint32_t whole = 0;
    std::size_t digits = 0;
    while (at < text.size() && is_digit(text[at]) && digits < 4) {
        whole = whole * 10 + static_cast<std::uint32_t>(text[at] - '0');
        ++at;
        ++digits;
    }
    if (digits == 0 || digits > 3 || whole > most || at >= text.size() || text[at] != '.')
        return std::nullopt;
    const std::size_t point = at++;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at - point - 1 < kCoordinateDecimalsMin) return std::nullopt;
    return at;
}

// "13.7563, 100.5018", "13.7563° N 100.5018° E", "13.7563N/100.5018E".
// Behind them; 0: there are none.
std::size_t coordinates_end(std::string_view text, std::size_t at) {
    const auto first = degrees_at(text, at, 90);
    if (!first) return 0;
    std::size_t next = *first;
    std::size_t passed = 0;
    static constexpr std::string_view kBetween = " ,;/\t\xC2\xB0NSEWnsew";
    while (next < text.size() && passed < 12 &&
           kBetween.find(text[next]) != std::string_view::npos) {
        ++next;
        ++passed;
    }
    return passed > 0 ? degrees_at(text, next, 180).value_or(0) : 0;
}

// 13°45'22"N: degrees with minutes.
bool is_degrees_and_minutes(std::string_view text, std::size_t degree_sign) {
    if (degree_sign == 0 || !is_digit(text[degree_sign - 1])) return false;
    std::size_t at = degree_sign + 2;
    while (at < text.size() && text[at] == ' ') ++at;
    std::size_t digits = 0;
    while (at < text.size() && is_digit(text[at])) {
        ++at;
        ++digits;
    }
    if (digits == 0 || digits > 2 || at >= text.size()) return false;
    return text[at] == '\'' || text[at] == '.' || text.substr(at, 3) == "\u2032" ||
           text.substr(at, 3) == "\u2019";
}

// What is noticed by a sign within it.
void detect_around(std::string_view text, std::size_t at, const Detected& detected) {
    const auto report = [&](Rule rule, std::optional<Range> span) {
        if (span) detected(rule, span->first, span->last);
    };
    switch (text[at]) {
        case '@': return report(Rule::email_address, email_at(text, at));
        case '<': return report(Rule::travel_document, travel_document_line(text, at));
        case '/': return report(Rule::tracking_link, short_link_around(text, at));
        case ':': report(Rule::network_address, ipv6_around(text, at)); [[fallthrough]];
        case '-': return report(Rule::network_address, mac_around(text, at));
        case '?':
        case '&':
            if (const std::size_t end = tracking_parameter_end(text, at))
                detected(Rule::tracking_link, at + 1, end);
            return;
        case '\xC2':
            if (text.substr(at, 2) == "\xC2\xB0" && is_degrees_and_minutes(text, at))
                detected(Rule::coordinates, at, at + 2);
            return;
        default: return;
    }
}

struct Number {
    Rule rule = Rule::phone_number;
    std::size_t begin = 0;
    std::size_t end = 0;
};

// What begins with the digit or sign at `at`, or with two letters before it.
std::optional<Number> number_at(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (is_digit(c) && at >= 2 && is_letter(text[at - 1]) && is_letter(text[at - 2]) &&
        (at == 2 || !glues(text[at - 3]))) {
        if (const std::size_t end = iban_end(text, at - 2))
            return Number{Rule::bank_account, at - 2, end};
    }
    if (is_digit(c)) {
        if (const std::size_t end = ipv4_end(text, at))
            return Number{Rule::network_address, at, end};
    }
    if (at > 0 && glues(text[at - 1])) return std::nullopt;
    if (const std::size_t end = coordinates_end(text, at))
        return Number{Rule::coordinates, at, end};
    if (c == '+' || c == '0') {
        const std::size_t end = phone_end(text, at);
        if (end == 0) return std::nullopt;
        return Number{Rule::phone_number, at, end};
    }
    if (!is_digit(c)) return std::nullopt;
    if (const std::size_t end = thai_identity_end(text, at))
        return Number{Rule::national_identity, at, end};
    if (const std::size_t end = payment_card_end(text, at))
        return Number{Rule::payment_card, at, end};
    return std::nullopt;
}

}  // namespace

void detect(std::string_view text, Range span, const Detected& detected) {
    std::size_t done = 0;
    for (std::size_t at = span.first; (at = next_beginning(text, at, span.last)) < span.last;
         ++at) {
        const char c = text[at];
        if (!is_digit(c) && c != '+') detect_around(text, at, detected);
        if ((!is_digit(c) && c != '+' && c != '-') || at < done) continue;
        const auto number = number_at(text, at);
        if (!number) continue;
        detected(number->rule, number->begin, number->end);
        done = number->end;
        while (done < text.size() &&
               (is_digit(text[done]) || joins(text[done]) || text[done] == '+'))
            ++done;
    }
}

}  // namespace custos::vault::publish
