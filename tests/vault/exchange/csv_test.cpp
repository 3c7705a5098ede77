// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/csv.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault {
namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

Rows rows_of(const std::string& text, const CsvOptions& options = {}) {
    const Source source(text);
    CsvReader reader(source, options);
    Rows rows;
    while (reader.next()) rows.push_back(reader.cells());
    CHECK(reader.at() == source.size());
    // The same again.
    reader.rewind();
    std::size_t count = 0;
    while (reader.next()) CHECK(reader.cells() == rows.at(count++));
    CHECK(count == rows.size());
    return rows;
}

std::string refusal_of(const std::string& text, const CsvOptions& options = {}) {
    try {
        rows_of(text, options);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return std::string(error.what()) + " / " + error.hint();
    }
    return "taken";
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string utf16(const std::u16string& text, bool little) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF);
        const char high = static_cast<char>(unit >> 8);
        bytes += little ? low : high;
        bytes += little ? high : low;
    }
    return bytes;
}

}  // namespace

TEST_CASE("a table is read whatever its delimiter, line ends and quotes", "[exchange][csv]") {
    const Rows want = {{"a", "b"}, {"1, 2; 3", "x\n\"y\"\n"}};
    CHECK(rows_of("a,b\r\n\"1, 2; 3\",\"x\r\n\"\"y\"\"\n\"\r\n") == want);
    CHECK(rows_of("a;b\n\"1, 2; 3\";\"x\n\"\"y\"\"\n\"") == want);
    CHECK(rows_of("a\tb\r\"1, 2; 3\"\t\"x\r\"\"y\"\"\r\"\r") == want);
    CHECK(rows_of("\xEF\xBB\xBFsep=;\r\na;b\r\n1, 2\\; 3;z") ==
          Rows{{"a", "b"}, {"1, 2\\", " 3", "z"}});
    CHECK(rows_of("").empty());
    CHECK(rows_of("\n\n \n").empty());
    CHECK(rows_of("one\n\n,\ntwo") == Rows{{"one"}, {"two"}});
    CHECK(rows_of("a,b\nx;1,y;2\n", {{}, ';'}) == Rows{{"a,b"}, {"x", "1,y", "2"}});
    CHECK(rows_of("a,b\nsay \"hi\",'x'") == Rows{{"a", "b"}, {"say \"hi\"", "'x'"}});
    CHECK(rows_of("\"a;;;;\",b") == Rows{{"a;;;;", "b"}});
}

TEST_CASE("a table is read in the encodings of spreadsheets", "[exchange][csv]") {
    const Rows want = {{"name", "n"}, {"សុខ 𝒜", "é"}};
    CHECK(rows_of("name,n\nសុខ 𝒜,é") == want);
    CHECK(rows_of("\xEF\xBB\xBFname,n\nសុខ 𝒜,é") == want);
    CHECK(rows_of(utf16(u"name\tn\r\nសុខ 𝒜\té\r\n", true)) == want);
    CHECK(rows_of(utf16(u"name\tn\r\nសុខ 𝒜\té\r\n", false)) == want);
    CHECK(rows_of("n;m\ncaf\xE9;\x93x\x94", {"windows-1252", '\0'}) ==
          Rows{{"n", "m"}, {"café", "“x”"}});
    CHECK(rows_of("n\n\xA1\xD2", {"windows-874", '\0'}) == Rows{{"n"}, {"กา"}});

    CHECK(has(refusal_of("n;m\ncaf\xE9;x"), "line 2: it is not UTF-8 / "));
    CHECK(has(refusal_of("n;m\ncaf\xE9;x"), "--encoding windows-1252"));
    CHECK(has(refusal_of(utf16(u"a;b", true).substr(2)), "utf-16le"));
    CHECK(has(refusal_of(utf16(u"a;b\xD800", true)), "not utf-16le"));
    CHECK(has(refusal_of(utf16(u"a;b", true) + "x"), "not utf-16le"));
    CHECK(has(refusal_of("a", {"klingon", '\0'}), "klingon"));
    CHECK(has(refusal_of("PK\x03\x04 and so on"), "workbook"));
}

TEST_CASE("a table that cannot be meant is refused by its line", "[exchange][csv]") {
    CHECK(has(refusal_of("a\n\"b\nc\nd"), "line 2: a quote is opened and never closed"));
    CHECK(has(refusal_of("a\n\"b\"c"), "line 2: something stands behind the quote"));
    CHECK(has(refusal_of("sep=|\na|b"), "delimiter"));

    CHECK(rows_of(std::string(kCellSizeMax, 'x')).size() == 1);
    CHECK(has(refusal_of("a\n" + std::string(kCellSizeMax + 1, 'x')), "line 2: a cell longer"));
    CHECK(has(refusal_of("a\n\"" + std::string(kCellSizeMax + 1, 'x') + "\""),
              "line 2: a cell longer"));
    CHECK(rows_of(std::string(kColumnsMax - 1, ',') + "x").at(0).size() == kColumnsMax);
    CHECK(has(refusal_of(std::string(kColumnsMax, ',') + "x"), "more than 2,000 cells"));
    std::string row;
    for (int i = 0; i < 9; ++i) row += std::string(kCellSizeMax, 'x') + ",";
    CHECK(has(refusal_of("a\n" + row), "line 2: a row longer than 8 MiB"));
}

TEST_CASE("rows are the same wherever the pieces of a file are cut", "[exchange][csv]") {
    std::string text;
    Rows want;
    for (std::size_t i = 0; text.size() < 400'000; ++i) {
        const Row row = {std::string(1 + i % 613, 'k') + "\n\"", "ខ្មែរ", std::to_string(i)};
        want.push_back(row);
        text += csv_row(row, ',');
    }
    CHECK(rows_of(text) == want);
}

TEST_CASE("no cell is a formula or turns its neighbours around, and all of them come back",
          "[exchange][csv]") {
    for (const char* text : {"=1+1",
                             "+66 81",
                             "-cmd",
                             "@SUM(1)",
                             "\t=1",
                             "\n=1",
                             "'=1",
                             "''=1",
                             "'",
                             "'x",
                             " =1",
                             "  '=1",
                             "＝1",
                             "-5",
                             "-5.25",
                             "'-5",
                             "--5",
                             "-",
                             "=",
                             "plain",
                             "",
                             "a\\u{202E}b",
                             "\\u{5C}u{202E}",
                             "\\u{zz}",
                             "\\",
                             "\u202E=1\u202C",
                             "\u2066x\u2069",
                             "ខ្មែរ\u200Bភាសា",
                             "می\u200Cخواهم",
                             "\uFEFFx",
                             "\u2028",
                             "a\nb\tc",
                             "\U000E0041"}) {
        INFO(text);
        const std::string cell = armoured(text);
        CHECK(plain(cell) == text);
        CHECK(rows_of(csv_row({cell, "."}, ';'), {"", ';'}) == Rows{{armoured(cell), "."}});
        for (const char* bad : {"\u202E", "\u2066", "\uFEFF", "\u2028", "\U000E0041"})
            CHECK_FALSE(has(cell, bad));
    }
    for (const char* text : {"=1", "+5", "-cmd", "@x", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x",
                             " =1", "''=1", "-5-5", "-5."}) {
        INFO(text);
        CHECK(armoured(text) == "'" + std::string(text));
    }
    CHECK(armoured("-5.25") == "-5.25");
    CHECK(armoured("+5") == "'+5");
    CHECK(armoured("ខ្មែរ\u200Bភាសា") == "ខ្មែរ\u200Bភាសា");
    CHECK(plain("'+66 81") == "+66 81");
    CHECK(plain("'tis") == "'tis");
    CHECK(csv_row({"a", "b;c", "d\"e", " f"}, ',') == "a,\"b;c\",\"d\"\"e\",\" f\"\r\n");
}

}  // namespace custos::vault
