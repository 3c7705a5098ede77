// SPDX-License-Identifier: GPL-3.0-or-later
// Records as people read them on a terminal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/context.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"
#include "vault/vault.h"

namespace custos::cli {

using TextPairs = std::vector<std::pair<std::string, std::string>>;

// "2019-12-24 08:15 UTC"
[[nodiscard]] std::string time_text(vault::Milliseconds time);

// Fields in the schema's order, terms with their labels, parts as "place.country". `fields` is what
// shown_fields() gives.
[[nodiscard]] TextPairs field_lines(const vault::Schema& schema, vault::Kind kind,
                                    const nlohmann::json& fields);

// One value of a field: a term with its label, a list with semicolons between. `field` may be null.
[[nodiscard]] std::string value_text(const vault::Schema& schema, const vault::Field* field,
                                     const nlohmann::json& value);

// "I-2M9XA  Arrest at a checkpoint"
[[nodiscard]] std::string code_and_title(const vault::Vault& vault, const vault::RecordId& id);

// Says what was read as something else when it was stored (Change::notes()).
void tell_notes(Context& context, const vault::Change& change);

// With --json what a command that changed a record answers: the record as it is now.
void answer_with_record(Context& context, const vault::Vault& vault, const vault::RecordId& id);

// One line for lists: what dates the record, or nothing.
[[nodiscard]] std::string date_text(vault::Kind kind, const nlohmann::json& fields);

}  // namespace custos::cli
