// SPDX-License-Identifier: GPL-3.0-or-later
// How the columns of somebody's table become fields: docs/formats/mapping.md.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vault/exchange/csv.h"
#include "vault/records/id.h"

namespace custos::vault {

inline constexpr std::size_t kMappingSizeMax = std::size_t{1} << 20;
inline constexpr std::size_t kTargetSizeMax = 200;  // bytes of what a column goes to
inline constexpr std::size_t kDateFormsMax = 20;
inline constexpr std::size_t kDateFormSizeMax = 40;

// How dates are written in a column.
struct DateForms {
    std::vector<std::string> forms;  // "DD/MM/YYYY", "MM/YYYY"; the first that fits counts
    bool thai_solar = false;         // years are 543 ahead
};
// The date as EDTF, or nothing if no form fits. Whether there is such a day is for the check of
// fields.
[[nodiscard]] std::optional<std::string> edtf_of(const DateForms& forms, std::string_view text);

struct ColumnRule {
    std::string name;    // in the header
    std::string target;  // "names.1.text", "id", "links.about"; empty: the column is passed over
    std::string separator = ";";                // between the items of a list
    std::map<std::string, std::string> values;  // what a cell says, and what is meant
    std::optional<DateForms> dates;
    bool optional = false;  // the table may lack it
};

struct Mapping {
    std::optional<Kind> kind;
    CsvOptions csv;
    std::vector<ColumnRule> columns;
    std::vector<std::pair<std::string, std::string>> constants;  // field and value, of every record
    bool skip_others = false;  // columns without a rule: passed over, not taken for fields
};

// Error{usage} names the key and what is wrong with it. Fields are not looked up here.
[[nodiscard]] Mapping parse_mapping(std::string_view json);

}  // namespace custos::vault
