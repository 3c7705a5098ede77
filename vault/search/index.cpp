// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/index.h"

#include <algorithm>
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

namespace {

constexpr char kBehindWord = ' ';  // separates: no word has it (tokenizer.h)

void each_cut_word(std::string_view words, const TokenSink& sink) {
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(kBehindWord, begin), words.size());
        if (!sink(words.substr(begin, end - begin), begin, end)) return;
        begin = end + 1;
    }
}

}  // namespace

void register_search(Database& database) {
    auto tokenizer = std::make_shared<Tokenizer>();
    register_tokenizer(
        database, "custos",
        [tokenizer](std::string_view text, TextPurpose purpose, const TokenSink& sink) {
            if (purpose == TextPurpose::document) {
                each_cut_word(text, sink);
            } else {
                tokenizer->tokenize(text, purpose, sink);
            }
        });
}

std::string cut_words(Tokenizer& tokenizer, std::string_view text) {
    std::string words;
    words.reserve(text.size() + text.size() / 4);
    tokenizer.tokenize(text, TextPurpose::document,
                       [&](std::string_view word, std::size_t /*begin*/, std::size_t /*end*/) {
                           words.append(word).push_back(kBehindWord);
                           return true;
                       });
    return words;
}

void index_words(Transaction& transaction, std::int64_t row, std::string_view title_words,
                 std::string_view text_words) {
    transaction.database().run("INSERT INTO record_text (rowid, title, text) VALUES (?, ?, ?)", row,
                               title_words, text_words);
}

void unindex_text(Transaction& transaction, std::int64_t row) {
    transaction.database().run("DELETE FROM record_text WHERE rowid = ?", row);
}

void forget_unindexed(Transaction& transaction) {
    transaction.database().run("INSERT INTO record_text (record_text) VALUES ('optimize')");
}

}  // namespace custos::vault
