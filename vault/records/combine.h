// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of two records made one, and a change of fields taken back. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/schema.h"

namespace custos::vault {

struct FieldConflict {
    std::string field;
    nlohmann::json kept;
    nlohmann::json other;
};

struct Combined {
    nlohmann::json fields;
    std::vector<std::string> grown;        // fields that took something from the other
    std::vector<FieldConflict> conflicts;  // both say something, and not the same
};

// `kept` with what `other` has beyond it: fields that are missing, items that lists lack, parts of
// parts. A name that both have gets the spellings of both. Where both say something else, `kept`
// stays and it is a conflict, except for the fields in `take`, which are the other's. Of the
// protections the stricter one counts, whatever is in `take`; notes stand one after the other.
[[nodiscard]] Combined combined_fields(const Schema& schema, Kind kind, const nlohmann::json& kept,
                                       const nlohmann::json& other,
                                       const std::set<std::string>& take);

struct TakenBack {
    nlohmann::json fields;
    std::vector<std::string> left;  // what was changed again since, and stays: paths
};

// `now` without the change from `before` to `after`. Exactly `before` if `now` is `after`.
[[nodiscard]] TakenBack taken_back(const nlohmann::json& before, const nlohmann::json& after,
                                   const nlohmann::json& now);

}  // namespace custos::vault
