// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/clock.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace custos::vault {
namespace {

constexpr Milliseconds kMillisecondsPerDay = 86'400'000;
constexpr std::string_view kPattern = "0000-00-00T00:00:00.000Z";

void put_digits(std::string& text, std::size_t at, int count, std::int64_t value) {
    for (int i = count - 1; i >= 0; --i) {
        text[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (text[at + i] - '0');
    return value;
}

unsigned unsigned_digits(std::string_view text, std::size_t at) {
    return static_cast<unsigned>(digits(text, at, 2));
}

Milliseconds start_of(int year, unsigned month, unsigned day) {
    using namespace std::chrono;
    return sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}
               .time_since_epoch()
               .count() *
           kMillisecondsPerDay;
}

}  // namespace

Milliseconds system_time() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string utc_text(Milliseconds time) {
    using namespace std::chrono;
    time = std::clamp(time, start_of(0, 1, 1), start_of(10000, 1, 1) - 1);
    Milliseconds day_count = time / kMillisecondsPerDay;
    Milliseconds in_day = time % kMillisecondsPerDay;
    if (in_day < 0) {
        in_day += kMillisecondsPerDay;
        --day_count;
    }
    const year_month_day date{sys_days{days{day_count}}};
    std::string text(kPattern);
    put_digits(text, 0, 4, static_cast<int>(date.year()));
    put_digits(text, 5, 2, unsigned{date.month()});
    put_digits(text, 8, 2, unsigned{date.day()});
    put_digits(text, 11, 2, in_day / 3'600'000);
    put_digits(text, 14, 2, in_day / 60'000 % 60);
    put_digits(text, 17, 2, in_day / 1000 % 60);
    put_digits(text, 20, 3, in_day % 1000);
    return text;
}

std::optional<Milliseconds> from_utc_text(std::string_view text) {
    if (text.size() != kPattern.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool fits =
            kPattern[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == kPattern[i];
        if (!fits) return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day date{year{digits(text, 0, 4)}, month{unsigned_digits(text, 5)},
                              day{unsigned_digits(text, 8)}};
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    const Milliseconds in_day =
        ((hour * 60 + minute) * 60 + second) * Milliseconds{1000} + digits(text, 20, 3);
    return sys_days{date}.time_since_epoch().count() * kMillisecondsPerDay + in_day;
}

}  // namespace custos::vault
