// SPDX-License-Identifier: GPL-3.0-or-later
// `--set PATH=VALUE` and `--unset PATH`: fields from a command line, typed by the schema.
//
//   title=Attempted abduction              text is taken as it is, commas and braces included
//   place.country=TH                       a field of a part
//   tags=urgent                            adds to a list; again for the next one
//   tags=["urgent","2019"]                 JSON in brackets replaces the whole list
//   names={"text":"Sok Dara"}              JSON in braces adds a part to a list of parts
//   names.1.kind=legal                     items are counted from 1; one past the last makes a new
//   one scopes.publish_named=refused           an entry of a map
//
// The values are checked afterwards, by check_fields().
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/id.h"

namespace custos::vault {

class Schema;

// Error{usage} for a text without '=', an unknown path (with the nearest ones), a value that its
// type cannot take. `fields` is changed only on success; null counts as an empty object.
void assign(const Schema& schema, Kind kind, nlohmann::json& fields, std::string_view assignment);

// The same for a path and a value apart, which may be empty. Faster: on failure `fields` may have
// been changed.
void assign_value(const Schema& schema, Kind kind, nlohmann::json& fields, std::string_view path,
                  std::string_view value);

// Removes a field, an item of a list or an entry of a map. Error{usage} for an unknown path, and
// for one that is not set.
void unassign(const Schema& schema, Kind kind, nlohmann::json& fields, std::string_view path);

}  // namespace custos::vault
