// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that make a log searchable: derived from the entries and their bodies, by this code
// only, whether an entry is new, replayed by `check`, or comes back from a backup.
//
// Two vaults with the same log have the same rows. No table holds a body: the log does, once.
#pragma once

#include <array>
#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "crypto/bytes.h"
#include "vault/db/database.h"
#include "vault/log/entry.h"
#include "vault/records/content.h"
#include "vault/records/rows.h"
#include "vault/records/value_index.h"

namespace custos::vault {

// SQL that makes the tables of the index, apart from the full-text one (vault/search/index.h).
extern const char* const kIndexTables;

// Writes the index. One lives as long as its database is open, so that what it has prepared serves
// the next entry.
class IndexWriter {
public:
    explicit IndexWriter(Database& database);

    // Applies one entry. `body` is absent if it was erased. Entries come in the order of their
    // indexes. Error{integrity} if the entry does not fit what came before (a revision of an
    // unknown record).
    void apply(Transaction& transaction, const Entry& entry, const std::optional<Bytes>& body);
    // The same with the body as it was before it became bytes; null if it was erased.
    void apply(Transaction& transaction, const Entry& entry, const nlohmann::json& body);
    // The same for a new record or revision whose fields were read already.
    void apply(Transaction& transaction, const Entry& entry, const Content& content);

    ContentReader& reader() noexcept { return reader_; }

    // Values wait to be written together (value_index.h): to be called before the commit, and
    // before values are read in the same transaction.
    void flush() { values_.flush(); }
    // After a rollback.
    void forget_unsaved() { values_.forget_unsaved(); }

private:
    void apply_to_vault(const Entry& entry, const nlohmann::json& body);
    void apply_to_record(Transaction& transaction, const Entry& entry, const RecordId& id,
                         const nlohmann::json& body);
    // Without content: it was erased.
    std::int64_t create(Transaction& transaction, const Entry& entry, const RecordId& id,
                        const Content* content);
    void revise(Transaction& transaction, const Entry& entry, const RecordRow& record,
                const Content* content);
    void purge(Transaction& transaction, const Entry& entry, const RecordRow& record);
    void merge(const Entry& entry, const RecordRow& record, const nlohmann::json& body);
    void unmerge(const Entry& entry, const RecordRow& record);
    void set_state(const Entry& entry, const RecordRow& record, State state);
    void put_content(Transaction& transaction, std::int64_t row, Kind kind, const Content& content);
    void forget_content(Transaction& transaction, std::int64_t row);

    Database& database_;
    ContentReader reader_;
    ValueWriter values_;
};

// The tables and the columns by which two indexes are compared, in a fixed order.
struct IndexTable {
    const char* name;
    const char* rows;  // SELECT that gives every row in a fixed order
};
extern const std::array<IndexTable, 12> kComparedTables;

}  // namespace custos::vault
