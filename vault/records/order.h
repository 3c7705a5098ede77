// SPDX-License-Identifier: GPL-3.0-or-later
// A page of rows in the order that a list asks for. Few rows are looked up and sorted; of many, an
// index is walked in its order until the page is full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vault/db/database.h"
#include "vault/records/id.h"
#include "vault/records/row_set.h"
#include "vault/records/schema.h"

namespace custos::vault {

struct Sorting {
    enum class By { created, updated, date, code, value, reference };
    By by = By::created;
    bool reversed = false;
    Kind kind = Kind::case_;  // of a value or reference
    std::string path;         // as the index of values has it: of a date, its first day

    // "created", "updated", "date", "code", or a field, with "-" before it to reverse; empty is
    // created. Error{usage} for an unknown field, for one that has no order, and without a kind.
    static Sorting from(const Schema& schema, std::optional<Kind> kind, std::string_view text);
};

// Records without a value come last, whatever the direction; equal ones in order of creation.
// limit 0: all.
[[nodiscard]] std::vector<std::int64_t> ordered_page(Database& database, const RowSet& rows,
                                                     const Sorting& sorting, std::size_t skip,
                                                     std::size_t limit);

}  // namespace custos::vault
