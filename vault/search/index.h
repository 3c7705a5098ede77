// SPDX-License-Identifier: GPL-3.0-or-later
// The full-text index: table record_text(title, text), row id = the record's row. It keeps words
// and places, not the text, and can always be rebuilt from the records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vault/db/database.h"
#include "vault/search/tokenizer.h"

namespace custos::vault {

// SQL that makes the table. The tokenizer must be registered first. Search with
// "record_text MATCH ?", bound to SearchQuery::match; rank by bm25(record_text, 4.0, 1.0).
extern const char* const kSearchTable;

// For each opened database that has the table.
void register_search(Database& database);

// The words of a text as the index has them, a space behind each. The table is given these rather
// than the text, so that cutting needs no database and can be done in another thread.
[[nodiscard]] std::string cut_words(Tokenizer& tokenizer, std::string_view text);

void index_words(Transaction& transaction, std::int64_t row, std::string_view title_words,
                 std::string_view text_words);
void unindex_text(Transaction& transaction, std::int64_t row);
// Rewrites the index so that nothing of unindexed rows is left in it. Takes time: for a purge.
void forget_unindexed(Transaction& transaction);

}  // namespace custos::vault
