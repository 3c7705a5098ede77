// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/fts5_tokenizer.h"

#include <stdexcept>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/db/scratch.h"

namespace custos::vault {

TEST_CASE("a tokenizer of ours cuts the documents and queries of a full-text table",
          "[vault][db]") {
    Database database = Database::in_memory();
    std::vector<TextPurpose> purposes;
    register_tokenizer(database, "letters",
                       [&](std::string_view text, TextPurpose purpose, const TokenSink& sink) {
                           purposes.push_back(purpose);
                           for (std::size_t place = 0; place < text.size(); ++place) {
                               if (!sink(text.substr(place, 1), place, place + 1)) return;
                           }
                       });
    database.execute("CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'letters')");
    database.run("INSERT INTO f VALUES (?)", "abcd");
    CHECK(purposes == std::vector{TextPurpose::document});
    CHECK(number(database, "SELECT count(*) FROM f WHERE f MATCH 'bc'") == 1);
    CHECK(number(database, "SELECT count(*) FROM f WHERE f MATCH 'cb'") == 0);
    CHECK(purposes.back() == TextPurpose::query);
}

TEST_CASE("an exception in a tokenizer ends the statement and nothing else", "[vault][db]") {
    Database database = Database::in_memory();
    register_tokenizer(database, "broken", [](std::string_view, TextPurpose, const TokenSink&) {
        throw std::runtime_error("broken");
    });
    database.execute("CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'broken')");
    CHECK(failure_of([&] { database.run("INSERT INTO f VALUES ('a')"); }) == ErrorCode::failed);
    CHECK(number(database, "SELECT count(*) FROM f") == 0);
}

TEST_CASE("a full-text table whose tokenizer is missing cannot be used", "[vault][db]") {
    Database database = Database::in_memory();
    CHECK(failure_of(
        [&] { database.execute("CREATE VIRTUAL TABLE f USING fts5(a, tokenize = 'unknown')"); }));
}

}  // namespace custos::vault
