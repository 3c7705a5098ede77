// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two revisions of a record, part by part. Pure.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/schema.h"

namespace custos::vault::analysis {

struct FieldDifference {
    std::string path;              // "place.country", "paragraphs.2.text"; numbers begin with 1
    const Field* field = nullptr;  // null for what the schema does not know
    nlohmann::json before;         // null: it was not there
    nlohmann::json after;          // null: it is gone
};

// In order of the schema. Parts are compared one by one; an item of a list that was put in or left
// out is one difference, and the items behind it are still compared with themselves: a removed
// item has the number that it had, every other the one that it has. Lists of plain values are
// compared as a whole. Either may be null: then everything is new, or gone.
[[nodiscard]] std::vector<FieldDifference> field_differences(const Schema& schema, Kind kind,
                                                             const nlohmann::json& before,
                                                             const nlohmann::json& after);

}  // namespace custos::vault::analysis
