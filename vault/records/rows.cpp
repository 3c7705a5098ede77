// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/rows.h"

#include <algorithm>

#include "crypto/error.h"

namespace custos::vault {

IdKey key_of(const RecordId& id) {
    IdKey key{};
    key[0] = static_cast<std::uint8_t>(prefix_of(id.kind));
    std::copy(id.bytes.begin(), id.bytes.end(), key.begin() + 1);
    return key;
}

RecordId id_of_key(ByteView key) {
    const auto kind =
        key.size() == IdKey{}.size() ? kind_with_prefix(static_cast<char>(key[0])) : std::nullopt;
    if (!kind) {
        throw Error{ErrorCode::integrity, "the index of records is damaged", "run custos check"};
    }
    RecordId id;
    id.kind = *kind;
    std::copy(key.begin() + 1, key.end(), id.bytes.begin());
    return id;
}

RecordRow row_from(const Query& query) {
    RecordRow record;
    record.row = query.integer(0);
    record.id = id_of_key(query.blob(1));
    record.code = query.text(2);
    record.state = static_cast<State>(query.integer(3));
    record.revision = static_cast<int>(query.integer(4));
    record.head = static_cast<std::uint64_t>(query.integer(5));
    record.created = query.integer(6);
    record.updated = query.integer(7);
    return record;
}

std::optional<RecordRow> find_row(Database& database, const RecordId& id) {
    Query query(database, "SELECT " CUSTOS_RECORD_COLUMNS " FROM record WHERE id = ?");
    if (!query.bind(key_of(id)).step()) return std::nullopt;
    return row_from(query);
}

RecordId id_at(Database& database, std::int64_t row) {
    Query query(database, "SELECT id FROM record WHERE row = ?");
    if (query.bind(row).step()) return id_of_key(query.blob(0));
    throw Error{ErrorCode::integrity, "the index of records is damaged", "run custos check"};
}

RecordRow require_row(Database& database, const RecordId& id) {
    if (auto record = find_row(database, id)) return *record;
    throw Error{ErrorCode::not_found, "there is no record " + code_text(id, kCodeDigitsMin),
                "custos list shows what there is"};
}

}  // namespace custos::vault
