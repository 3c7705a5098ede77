// SPDX-License-Identifier: GPL-3.0-or-later
// Checks one value of a field, for check_fields(), which knows where the value stands, and for
// filters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/schema.h"

namespace custos::vault {

struct CheckedValue {
    nlohmann::json value;            // as it is stored
    std::optional<Problem> problem;  // without its path
    std::string note = {};           // what it was read as, if that is not what was written
};

// A value of `type`, which is not a list, a map, an object or a reference; `field` gives the rest.
[[nodiscard]] CheckedValue check_value(const Schema& schema, const Field& field, FieldType type,
                                       const nlohmann::json& given);
[[nodiscard]] CheckedValue check_term(const Vocabulary& words, std::string_view given);
[[nodiscard]] CheckedValue check_reference(const Field& field, const nlohmann::json& given,
                                           const Resolver& resolve);

// The type of the items of a list.
[[nodiscard]] FieldType item_type(FieldType list);
// "a list", "a number": for errors.
[[nodiscard]] std::string json_kind(const nlohmann::json& value);

}  // namespace custos::vault
