// SPDX-License-Identifier: GPL-3.0-or-later
// What may be said of a link itself: how far to believe it, where it says so, about which field.
// Stored in the body of the link's entry, beside "role" and "to".
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/schema.h"

namespace custos::vault {

[[nodiscard]] FieldList link_fields();

// "reliability=B": puts a checked value into `about`. Error{usage} for an unknown name or a value
// that it cannot take, with the nearest ones.
void assign_link_field(const Schema& schema, nlohmann::json& about, std::string_view assignment);

// Of an object with such values; "role" and "to" are passed over. Error{usage} as above.
[[nodiscard]] nlohmann::json checked_link_fields(const Schema& schema, const nlohmann::json& given);

}  // namespace custos::vault
