// SPDX-License-Identifier: GPL-3.0-or-later
// ICC colour profiles: a header, then a table of tagged parts. Of interest is whose profile it is.
#include <algorithm>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kHeaderSize = 128;
constexpr std::size_t kTagsMax = 200;

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string description_in(const Numbers& profile, std::size_t at, std::size_t size) {
    const ByteView part = profile.part(at, size);
    const Numbers numbers(part, Numbers::Order::big);
    if (begins_with(part, "desc")) {
        const std::size_t length = numbers.u32(8).value_or(0);
        return value_text(numbers.part(
            12, std::min(length, part.size() - std::min<std::size_t>(12, part.size()))));
    }
    if (begins_with(part, "mluc")) {
        const std::size_t length = numbers.u32(20).value_or(0);
        return utf16_value(numbers.part(numbers.u32(24).value_or(0), length), Numbers::Order::big);
    }
    return {};
}

}  // namespace

void read_icc(ByteView profile, Metadata& out) {
    const Numbers numbers(profile, Numbers::Order::big);
    std::string name;
    const std::size_t tags = std::min<std::size_t>(numbers.u32(kHeaderSize).value_or(0), kTagsMax);
    for (std::size_t i = 0; i < tags; ++i) {
        const std::size_t at = kHeaderSize + 4 + 12 * i;
        const auto place = numbers.u32(at + 4);
        const auto size = numbers.u32(at + 8);
        if (!place || !size) break;
        if (!begins_with(numbers.part(at, 4), "desc")) continue;
        name = description_in(numbers, *place, *size);
        break;
    }
    add_item(out, Tells::device, "ICC", "colour profile",
             name.empty() ? bytes_text(profile.size()) : name);
    const unsigned year = numbers.u16(24).value_or(0);
    const unsigned month = numbers.u16(26).value_or(0);
    const unsigned day = numbers.u16(28).value_or(0);
    if (year >= 1990 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
        add_item(out, Tells::time, "ICC", "day of the colour profile",
                 std::to_string(year) + "-" + two_digits(month) + "-" + two_digits(day));
    }
    const std::string maker = value_text(numbers.part(48, 4));
    if (!maker.empty()) add_item(out, Tells::device, "ICC", "maker of the device", maker);
}

}  // namespace custos::vault::exhibits
