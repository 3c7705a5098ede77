// SPDX-License-Identifier: GPL-3.0-or-later
// What check_fields() does about dates beyond their form: calendars said beside them, the words in
// which they were given, and days that have not come yet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/schema.h"

namespace custos::vault {

// `given` with its date written as "thai_solar:2562-12-22", if a calendar is said beside it and the
// date is still in that calendar; nothing if there is nothing to change.
[[nodiscard]] std::optional<nlohmann::json> with_calendar(Kind kind, const nlohmann::json& given,
                                                          std::vector<Problem>& problems);

// Where `given` had such a date: notes its words and its calendar in the fields for them.
void keep_words(Kind kind, const nlohmann::json& given, Checked& checked);

// Questions about dates after tomorrow, and centuries ago, of what is said to have happened.
void question_later(Kind kind, FieldList fields, std::int64_t today, Checked& checked);

}  // namespace custos::vault
