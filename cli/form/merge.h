// SPDX-License-Identifier: GPL-3.0-or-later
// Two people changed one record, each from the same revision.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace custos::cli {

struct Merged {
    nlohmann::json fields;
    std::string contested;  // fields that both changed, and not alike: "summary, date"
};

// Field by field: what only one side changed is as that side has it; what both changed is as
// `mine`.
[[nodiscard]] Merged merge_fields(const nlohmann::json& base, const nlohmann::json& mine,
                                  const nlohmann::json& theirs);

}  // namespace custos::cli
