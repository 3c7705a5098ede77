// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/query.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "vault/search/index.h"

namespace custos::vault {

namespace {

std::string match_of(std::string_view text) {
    static Tokenizer tokenizer;
    return parse_search(tokenizer, text).match;
}

std::string complaint_about(std::string_view text) {
    try {
        return "none: " + match_of(text);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return error.what();
    }
}

std::string at(std::size_t character, const std::string& why) {
    return "cannot read the search at character " + std::to_string(character) + ": " + why;
}

// A database that was searched, for expressions that FTS5 must take.
Database searchable() {
    Database database = Database::in_memory();
    register_search(database);
    database.execute(kSearchTable);
    return database;
}

}  // namespace

TEST_CASE("search reads words, phrases and beginnings of words", "[vault][search]") {
    CHECK(match_of("abduction") == R"("abduction")");
    CHECK(match_of("Abduction BANGKOK") == R"(("abduction" AND "bangkok"))");
    CHECK(match_of("abduction AND bangkok") == R"(("abduction" AND "bangkok"))");
    CHECK(match_of(R"("white van")") == R"("white" + "van")");
    CHECK(match_of("\u201cwhite van\u201d") == R"("white" + "van")");
    CHECK(match_of("detain*") == R"("detain" *)");
    CHECK(match_of(R"("white va"*)") == R"("white" + "va" *)");
    CHECK(match_of("well-known") == R"("well" + "known")");
    CHECK(match_of("and or not") == R"(("and" AND "or" AND "not"))");
}

TEST_CASE("search reads OR, NOT and parentheses with the usual precedence", "[vault][search]") {
    CHECK(match_of("a OR b c") == R"(("a" OR ("b" AND "c")))");
    CHECK(match_of("(a OR b) c") == R"((("a" OR "b") AND "c"))");
    CHECK(match_of("a -b") == R"(("a" NOT "b"))");
    CHECK(match_of("-b a") == R"(("a" NOT "b"))");
    CHECK(match_of("a NOT b -c") == R"(("a" NOT ("b" OR "c")))");
    CHECK(match_of("a -(b OR c)") == R"(("a" NOT ("b" OR "c")))");
    CHECK(match_of("a AND NOT b") == R"(("a" NOT "b"))");
    CHECK(match_of("((a))") == R"("a")");
    CHECK(match_of("(a)(b)") == R"(("a" AND "b"))");
}

TEST_CASE("search passes over punctuation that means nothing", "[vault][search]") {
    CHECK(match_of("a & b - c") == R"(("a" AND "b" AND "c"))");
    CHECK(match_of("a OR !!!") == R"("a")");
    CHECK(match_of("a -!!!") == R"("a")");
    CHECK(match_of("(...) a") == R"("a")");
}

TEST_CASE("search in a script without spaces takes text as it stands", "[vault][search]") {
    CHECK(match_of("\u738b\u660e\u6751") == "\"\u738b\u660e\" + \"\u660e\u6751\"");
    CHECK(match_of("\u738b") == "\"\u738b\" *");
    CHECK(match_of("\u738b\u660e\u3000\u6751") == "(\"\u738b\u660e\" AND \"\u6751\" *)");
    CHECK(match_of("\"\u738b\u660e \u6751\"") == "\"\u738b\u660e\" + \"\u660e\" + \"\u6751\" *");
}

TEST_CASE("search that cannot be read names the place", "[vault][search]") {
    CHECK(complaint_about("caf\u00e9 \"x") == at(6, "this quotation has no end"));
    CHECK(complaint_about("a (b") == at(3, "this parenthesis is not closed"));
    CHECK(complaint_about("a) b") == at(2, "this parenthesis was not opened"));
    CHECK(complaint_about("a OR") == at(5, "a word is missing"));
    CHECK(complaint_about("OR a") == at(1, "a word is missing"));
    CHECK(complaint_about("a AND") == at(6, "a word is missing"));
    CHECK(complaint_about("AND a") == at(1, "AND needs a word before it"));
    CHECK(complaint_about("a AND AND b") == at(7, "AND needs a word before it"));
    CHECK(complaint_about("()") == at(2, "a word is missing"));
    CHECK(complaint_about("a NOT") == at(3, "a word to leave out is missing"));
    CHECK(complaint_about("a NOT OR b") == at(3, "a word to leave out is missing"));
    CHECK(complaint_about("-a") == at(1, "this says only what to leave out"));
    CHECK(complaint_about("b OR -a") == at(6, "this says only what to leave out"));
    CHECK(complaint_about("b (-a)") == at(4, "this says only what to leave out"));
    const std::string nothing = "cannot search: there is no word in the search";
    for (const char* empty : {"", "  ", "...", "\"\"", "(,)", "*", "-", "\u200b"})
        CHECK(complaint_about(empty) == nothing);
}

TEST_CASE("search has limits and says which", "[vault][search]") {
    const auto repeated = [](const std::string& text, std::size_t count) {
        std::string all;
        for (std::size_t number = 0; number < count; ++number) all += text;
        return all;
    };
    CHECK_FALSE(match_of(std::string(kQueryBytesMax, 'a')).empty());
    CHECK(complaint_about(std::string(kQueryBytesMax + 1, 'a')) ==
          "cannot read the search: it is longer than 4096 bytes");
    CHECK_FALSE(match_of(repeated("a ", kQueryTermsMax)).empty());
    CHECK(complaint_about(repeated("a ", kQueryTermsMax + 1)) ==
          at(2 * kQueryTermsMax + 1, "there are too many words"));
    const auto nested = [&](std::size_t depth) {
        return repeated("(a ", depth) + repeated(")", depth);
    };
    CHECK_FALSE(match_of(nested(kQueryDepthMax)).empty());
    CHECK(complaint_about(nested(kQueryDepthMax + 1)) ==
          at(3 * kQueryDepthMax + 1, "there are too many parentheses"));
}

TEST_CASE("search never gives FTS5 anything that it refuses or could take for syntax",
          "[vault][search]") {
    Database database = searchable();
    database.run("INSERT INTO record_text (rowid, title, text) VALUES (1, 'a', 'b')");
    Tokenizer tokenizer;
    std::uint32_t state = 7;
    const auto next = [&] { return state = state * 1664525U + 1013904223U; };
    const char* const pieces[] = {
        "a",      "b", " ", "\"", "*", "(", ")",  "-", "AND", "OR",     "NOT",          "NEAR",
        "title:", "^", "+", "{",  "}", "'", "\\", ";", "--",  "\u738b", "\u1780\u17d2", "\u00e9",
        "\xff",   ","};
    std::size_t read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::uint32_t size = 1 + (next() >> 28U); size > 0; --size)
            text += pieces[(next() >> 16U) % std::size(pieces)];
        std::string match;
        try {
            match = parse_search(tokenizer, text).match;
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::usage);
            continue;
        }
        ++read;
        INFO(text << " gives " << match);
        Query query(database, "SELECT rowid FROM record_text WHERE record_text MATCH ?");
        REQUIRE_NOTHROW(query.bind(match).step());
    }
    CHECK(read > 1000);
    // The widest and the deepest that pass.
    std::string wide;
    for (std::size_t number = 0; number < kQueryTermsMax; ++number)
        wide += " -w" + std::to_string(number);
    for (const std::string& text :
         {"a" + wide.substr(0, wide.rfind(' ')), std::string(kQueryBytesMax, 'a')}) {
        Query query(database, "SELECT rowid FROM record_text WHERE record_text MATCH ?");
        REQUIRE_NOTHROW(query.bind(parse_search(tokenizer, text).match).step());
    }
}

}  // namespace custos::vault
