// SPDX-License-Identifier: GPL-3.0-or-later
// What a statement shows of an incident's date and place: as recorded, or less, by the incident's
// protection and publish_precision (docs/publishing.md says how) and by the statement's own
// word for it: "generalised", "withheld", or empty.
#pragma once

#include <string_view>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

// Both set appearance, shown and reason of `row`, in the words of `language`, a tag; "" is English.
void show_date(const Incident& incident, std::string_view own, std::string_view language,
               PlanRow& row);
void show_place(const Incident& incident, std::string_view own, std::string_view language,
                PlanRow& row);

}  // namespace custos::vault::publish
