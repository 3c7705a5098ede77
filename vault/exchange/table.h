// SPDX-License-Identifier: GPL-3.0-or-later
// A table as a source of records: the first row names the columns, each other one is a record.
#pragma once

#include <memory>

#include "vault/exchange/import.h"
#include "vault/exchange/mapping.h"
#include "vault/records/schema.h"

namespace custos::vault {

// A column goes where the mapping says; without a rule its name is that of a field
// ("place.country", "names.1.text"), or id, ref, kind, revision, update, links.ROLE. Error{usage}
// names every column that goes nowhere, every rule whose column is missing. The
// schema outlives what is returned.
[[nodiscard]] std::unique_ptr<RecordSource> table_records(const Schema& schema, Source source,
                                                          Mapping mapping);

}  // namespace custos::vault
