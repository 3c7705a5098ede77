// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/coordinates.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace custos::vault {
namespace {

constexpr std::int64_t kMicro = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto digits = [](std::string_view part) {
        for (const char c : part) {
            if (!is_digit(c)) return false;
        }
        return !part.empty();
    };
    if (point == std::string_view::npos) return digits(text);
    return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

// Signs for degrees, minutes and seconds become spaces, letters for directions stay.
std::optional<std::string> plain(std::string_view text) {
    constexpr std::array<std::string_view, 11> kSigns = {"°", "º", "˚",  "′", "″", "’",
                                                         "”", "'", "\"", "d", "\t"};
    std::string out;
    while (!text.empty()) {
        bool sign = false;
        for (const std::string_view each : kSigns) {
            if (!text.starts_with(each)) continue;
            text.remove_prefix(each.size());
            out += ' ';
            sign = true;
            break;
        }
        if (sign) continue;
        const char c = text.front();
        if (!is_digit(c) && std::string_view(" .-NSEWnsew").find(c) == std::string_view::npos)
            return std::nullopt;
        out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        text.remove_prefix(1);
    }
    return out;
}

// Micro-units of "30.5", with at most nine digits before the point and six after it.
std::optional<std::int64_t> micro(std::string_view text) {
    if (text.starts_with('-') || !is_decimal(text)) return std::nullopt;
    const std::size_t point = std::min(text.find('.'), text.size());
    if (point > 9) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text.substr(0, point)) value = value * 10 + (c - '0');
    std::int64_t scale = kMicro;
    value *= scale;
    for (std::size_t i = point + 1; i < text.size() && scale > 1; ++i) {
        scale /= 10;
        value += (text[i] - '0') * scale;
    }
    return value;
}

std::string degrees_text(std::int64_t micro_degrees, bool negative) {
    std::string text = std::to_string(micro_degrees / kMicro);
    std::string fraction = std::to_string(micro_degrees % kMicro);
    fraction.insert(0, 6 - fraction.size(), '0');
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    if (!fraction.empty()) text += "." + fraction;
    return negative && micro_degrees != 0 ? "-" + text : text;
}

struct Angle {
    std::string text;
    char direction = 0;
};

// Degrees, minutes and seconds, with a letter before or after, or a sign before.
std::optional<Angle> read_angle(std::string_view text) {
    std::vector<std::string> numbers;
    Angle angle;
    bool negative = false;
    bool closed = false;  // a letter stood behind the numbers
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == ' ') {
            ++i;
        } else if (c == '-') {
            if (negative || !numbers.empty() || angle.direction != 0) return std::nullopt;
            negative = true;
            ++i;
        } else if (is_digit(c) || c == '.') {
            if (closed) return std::nullopt;
            std::size_t end = i;
            while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
            numbers.emplace_back(text.substr(i, end - i));
            i = end;
        } else {
            if (angle.direction != 0) return std::nullopt;
            angle.direction = c;
            closed = !numbers.empty();
            ++i;
        }
    }
    if (numbers.empty() || numbers.size() > 3 || (negative && angle.direction != 0))
        return std::nullopt;
    std::int64_t sum = 0;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto value = micro(numbers[i]);
        const bool whole = numbers[i].find('.') == std::string::npos;
        if (!value || (!whole && i + 1 < numbers.size())) return std::nullopt;
        if (i > 0 && *value >= 60 * kMicro) return std::nullopt;
        if (i == 0) sum = *value;
        if (i == 1) seconds += *value * 60;
        if (i == 2) seconds += *value;
    }
    sum += (seconds + 1800) / 3600;
    angle.text = degrees_text(sum, negative || angle.direction == 'S' || angle.direction == 'W');
    return angle;
}

bool fits(const Angle& angle, Axis axis) {
    if (angle.direction == 0) return true;
    const bool north_south = angle.direction == 'N' || angle.direction == 'S';
    return north_south == (axis == Axis::latitude);
}

std::optional<Coordinates> pair_of(std::string_view first, std::string_view second) {
    const auto a = read_angle(first);
    const auto b = read_angle(second);
    if (!a || !b || (a->direction == 0) != (b->direction == 0)) return std::nullopt;
    if (fits(*a, Axis::latitude) && fits(*b, Axis::longitude)) return Coordinates{a->text, b->text};
    if (fits(*b, Axis::latitude) && fits(*a, Axis::longitude)) return Coordinates{b->text, a->text};
    return std::nullopt;
}

}  // namespace

std::optional<std::string> decimal_degrees(std::string_view text, Axis axis) {
    if (text.size() > kCoordinatesSizeMax) return std::nullopt;
    if (is_decimal(text)) return std::string(text);
    const auto signs = plain(text);
    const auto angle = signs ? read_angle(*signs) : std::nullopt;
    if (!angle || !fits(*angle, axis)) return std::nullopt;
    return angle->text;
}

std::optional<Coordinates> parse_coordinates(std::string_view text) {
    if (text.size() > kCoordinatesSizeMax) return std::nullopt;
    const std::size_t sign = text.find_first_of(",;/");
    if (sign != std::string_view::npos) {
        // 13,75 may be one number with a decimal comma.
        if (text[sign] == ',' && text.find_first_not_of("0123456789,-") == std::string_view::npos)
            return std::nullopt;
        const auto first = plain(text.substr(0, sign));
        const auto second = plain(text.substr(sign + 1));
        return first && second ? pair_of(*first, *second) : std::nullopt;
    }
    const auto all = plain(text);
    if (!all) return std::nullopt;
    // After the first letter if one stands behind its number, before the second if it leads; with
    // no letters, two numbers.
    std::vector<std::size_t> cuts;
    const std::size_t letter = all->find_first_of("NSEW");
    const std::size_t other =
        letter == std::string::npos ? letter : all->find_first_of("NSEW", letter + 1);
    if (other != std::string::npos) {
        cuts = {letter + 1, other};
    } else if (letter == std::string::npos) {
        const std::size_t begin = all->find_first_not_of(' ');
        if (begin != std::string::npos) cuts = {std::min(all->find(' ', begin), all->size())};
    }
    for (const std::size_t cut : cuts) {
        const std::string_view view = *all;
        if (auto both = pair_of(view.substr(0, cut), view.substr(cut))) return both;
    }
    return std::nullopt;
}

}  // namespace custos::vault
