// SPDX-License-Identifier: GPL-3.0-or-later
// A day in the ways in which texts write one, for the leak scan: what a statement shows as a month
// must not stand in it as a day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace custos::vault::publish {

// `day` is "2019-11-23", in Gregorian years. In numbers, in English words and ordinals, and in the
// words of some twenty languages and of `languages`; in the Thai, Persian and Islamic calendars
// too. Each once; empty if it is no day.
[[nodiscard]] std::vector<std::string> spellings_of_day(std::string_view day,
                                                        const std::vector<std::string>& languages);

}  // namespace custos::vault::publish
