// SPDX-License-Identifier: GPL-3.0-or-later
// In which order a form asks. The schema says what there is; this says what matters first.
//
// The first group of a kind is asked of everybody, the others are offered. A field of the schema
// that stands in no group is in the last one, "anything else": so nothing can be forgotten here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/schema.h"

namespace custos::cli {

struct QuestionGroup {
    std::string_view title;
    std::vector<const vault::Field*> fields;
};

[[nodiscard]] std::vector<QuestionGroup> groups_of(const vault::Schema& schema, vault::Kind kind);

// The parts of a part ("place") that are asked for first, and the rest. Without a rule for it all
// of them come first.
struct Parts {
    std::vector<const vault::Field*> first;
    std::vector<const vault::Field*> rest;
};
[[nodiscard]] Parts parts_of(const vault::Field& field);

// The field beside it without which this one is not asked for: "time" for "time_precision". Empty
// for most.
[[nodiscard]] std::string_view asked_after(std::string_view name);

// What is written down in groups.cpp, for the test that it fits the schema.
struct GroupRow {
    vault::Kind kind = vault::Kind::case_;
    std::string_view title;
    std::string_view fields;  // names with spaces between them
};
[[nodiscard]] std::span<const GroupRow> group_rows();

}  // namespace custos::cli
