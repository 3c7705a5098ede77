// SPDX-License-Identifier: GPL-3.0-or-later
// How many acts, victims, incidents: by one field or two, each thing once.
//
// What is counted is a unit: a record of a kind, or a victim or an alleged perpetrator, who is one
// however many acts name them. Records that are linked as `same_as` are one unit; so are two acts
// of one type against one victim in two incidents that are the same. A group counts as its size if
// that is known, as one otherwise. Trashed, merged and purged records are not counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "vault/analysis/suppression.h"
#include "vault/records/store.h"

namespace custos::vault::analysis {

inline constexpr std::size_t kAxesMax = 2;
// Values of a field that a table can have. Beyond, it is no table that anybody could read.
inline constexpr std::size_t kAxisValuesMax = 2000;

struct CountQuery {
    std::string of = "acts";  // the plural of a kind, "victims" or "perpetrators"
    // Fields of the record counted; of the act for victims, of the involvement for perpetrators. A
    // path goes through references ("incident.place.country") and ends a date with .year or .month.
    std::vector<std::string> by = {};
    std::vector<std::string> where =
        {};                            // as vault/records/filter.h, with such paths; all must hold
    std::uint64_t suppress_below = 0;  // 0: every count is shown
    int levels = 0;  // terms further down count as their broader term of this level; 0: as they are
};

struct CountAxis {
    struct Value {
        std::optional<std::string> key;  // nothing: the field is not there
        std::string label;               // stored text, perhaps
    };
    std::string field;
    std::vector<Value> values;
};

struct Counts {
    std::string of;
    std::vector<CountAxis> axes;  // as many as fields were asked for
    CountTable table;             // rows: first axis, columns: second one, if there is one
    std::vector<bool> hidden;     // by suppress_below
    bool overlapping = false;  // a unit stands at several values: rows add up to more than totals
    std::uint64_t without_unit = 0;    // acts without a victim, involvements without a perpetrator
    std::uint64_t duplicates = 0;      // units that were another one
    std::uint64_t groups = 0;          // units that count as their size
    std::uint64_t groups_unknown = 0;  // groups of unknown size, counted as one
};

// Error{usage} for an unknown unit, field or filter, with the nearest; Error{refused} for a field
// with too many values.
[[nodiscard]] Counts count_units(const Vault& vault, const CountQuery& query);

// What `of` can be: "acts", "victims", ...
[[nodiscard]] std::vector<std::string_view> countable();

}  // namespace custos::vault::analysis
