// SPDX-License-Identifier: GPL-3.0-or-later
// The full-text index: table record_text(title, text), row id = the record's row. It keeps words and
// places, not the text, and can always be rebuilt from the records.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vault/db/database.h"
#include "vault/search/query.h"

namespace custos::vault {

// SQL that makes the table. The tokenizer must be registered first.
extern const char* const kSearchTable;

// For each opened database that has the table.
void register_search(Database& database);

void index_text(Transaction& transaction, std::int64_t row, std::string_view title, std::string_view text);
// Replaces or adds.
void reindex_text(Transaction& transaction, std::int64_t row, std::string_view title, std::string_view text);
void unindex_text(Transaction& transaction, std::int64_t row);
// Rewrites the index so that nothing of unindexed rows is left in it. Takes time: for a purge.
void forget_unindexed(Transaction& transaction);

struct SearchHit {
    std::int64_t row = 0;
    double rank = 0;  // bm25 with the title counting four times; lower is better
};
// Best first. For filters write SQL of your own with "record_text MATCH ?" and query.match.
[[nodiscard]] std::vector<SearchHit> find_text(Database& database, const SearchQuery& query, int limit);

}  // namespace custos::vault
