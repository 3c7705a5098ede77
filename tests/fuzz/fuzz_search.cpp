// SPDX-License-Identifier: GPL-3.0-or-later
// The query language and snippets: the first line is a query, the rest a text that it is run
// against.
#include <cstdint>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "crypto/utf8.h"
#include "vault/search/index.h"
#include "vault/search/query.h"
#include "vault/search/snippet.h"

namespace {

using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

Database make_searchable() {
    Database database = Database::in_memory();
    register_search(database);
    database.execute(kSearchTable);
    return database;
}

void run(Tokenizer& tokenizer, const SearchQuery& search, std::string_view text) {
    static Database database = make_searchable();
    Transaction transaction(database);  // rolled back
    index_words(transaction, 1, "", cut_words(tokenizer, text));
    Query query(database, "SELECT rowid FROM record_text WHERE record_text MATCH ?");
    query.bind(search.match);
    (void)query.step();  // throws if FTS5 refuses the expression
}

void show(Tokenizer& tokenizer, const SearchQuery& search, std::string_view text) {
    const std::size_t width = 1 + text.size() % 100;
    const Snippet snippet = make_snippet(tokenizer, text, search, width);
    std::size_t count = 0;
    require(
        custos::crypto::all_code_points(snippet.text, [&](char32_t) { return ++count <= width; }));
    std::size_t last = 0;
    for (const Snippet::Hit& hit : snippet.hits) {
        require(hit.begin >= last && hit.begin < hit.end && hit.end <= snippet.text.size());
        last = hit.end;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Tokenizer tokenizer;
    const std::string_view input = custos::text_of(custos::ByteView(data, size));
    const std::size_t line = input.find('\n');
    const std::string_view text = line == std::string_view::npos ? input : input.substr(line + 1);
    SearchQuery search;
    try {
        search = parse_search(tokenizer, input.substr(0, line));
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage);
        return 0;
    }
    run(tokenizer, search, text);
    show(tokenizer, search, text);
    return 0;
}
