// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/index.h"

#include <memory>

#include "vault/db/fts5_tokenizer.h"
#include "vault/search/tokenizer.h"

namespace custos::vault {

// hashsize: FTS5 collects this many bytes of new tokens before it writes a segment. With the
// default of 1 MiB an import spends its time merging small segments.
const char* const kSearchTable = R"sql(
CREATE VIRTUAL TABLE record_text USING fts5(
    title, text, content='', contentless_delete=1, tokenize='custos'
);
INSERT INTO record_text (record_text, rank) VALUES ('hashsize', 16777216);
)sql";

void register_search(Database& database) {
    auto tokenizer = std::make_shared<Tokenizer>();
    register_tokenizer(
        database, "custos",
        [tokenizer](std::string_view text, TextPurpose purpose, const TokenSink& sink) {
            tokenizer->tokenize(text, purpose, sink);
        });
}

void index_text(Transaction& transaction, std::int64_t row, std::string_view title,
                std::string_view text) {
    transaction.database().run("INSERT INTO record_text (rowid, title, text) VALUES (?, ?, ?)", row,
                               title, text);
}

void unindex_text(Transaction& transaction, std::int64_t row) {
    transaction.database().run("DELETE FROM record_text WHERE rowid = ?", row);
}

void forget_unindexed(Transaction& transaction) {
    transaction.database().run("INSERT INTO record_text (record_text) VALUES ('optimize')");
}

}  // namespace custos::vault
