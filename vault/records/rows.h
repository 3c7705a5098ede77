// SPDX-License-Identifier: GPL-3.0-or-later
// How records lie in the index. For index.cpp and the store; nobody else needs rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "vault/db/database.h"
#include "vault/os/clock.h"
#include "vault/records/id.h"
#include "vault/records/store.h"

namespace custos::vault {

// An id as a column: prefix letter and 16 bytes. Sorts by kind, then by id.
using IdKey = std::array<std::uint8_t, 1 + kIdSize>;
[[nodiscard]] IdKey key_of(const RecordId& id);
// Error{integrity} for bytes that are no such key.
[[nodiscard]] RecordId id_of_key(ByteView key);

struct RecordRow {
    std::int64_t row = 0;
    RecordId id;
    std::string code;
    State state = State::live;
    int revision = 0;
    std::uint64_t head = 0;
    Milliseconds created = 0;
    Milliseconds updated = 0;
};

[[nodiscard]] std::optional<RecordRow> find_row(Database& database, const RecordId& id);
// Error{not_found}.
[[nodiscard]] RecordRow require_row(Database& database, const RecordId& id);

// Error{integrity} if there is no such row.
[[nodiscard]] RecordId id_at(Database& database, std::int64_t row);

// The columns of a RecordRow in this order, for SELECTs: read them with row_from(query).
#define CUSTOS_RECORD_COLUMNS "row, id, code, state, revision, head, created, updated"
[[nodiscard]] RecordRow row_from(const Query& query);

}  // namespace custos::vault
