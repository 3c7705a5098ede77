// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/markup.h"

#include <algorithm>
#include <array>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

bool has_problem(std::string_view body, std::string_view rule, std::size_t line) {
    const auto problems = markup_problems(body);
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
        return problem.rule == rule && problem.line == line;
    });
}

constexpr std::array<const char*, 13> kHostile = {
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> text",
    "<iframe src=https://example.org></iframe>",
    "<!-- a comment -->",
    "<style>body{display:none}</style>",
    "![pixel](https://example.org/pixel.gif)",
    "![pixel][p]\n\n[p]: https://example.org/pixel.gif",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[a]: vbscript:x\n\n[a]",
};

}  // namespace

TEST_CASE("markup names what may not stand in a statement, by line", "[publish][markup]") {
    CHECK(has_problem("one\n\n<b>two</b>\n", "raw_html", 3));
    CHECK(has_problem("one\n\n<div>\ntwo\n</div>\n", "raw_html", 3));
    CHECK(has_problem("![x](https://example.org/x.png)", "image", 1));
    CHECK(has_problem("one\n\n[x](javascript:alert(1))", "link", 3));
    CHECK(has_problem("[x](file:///etc/passwd)", "link", 1));
    CHECK(has_problem("one\ntwo \u202E three", "hidden_character", 2));
    CHECK(has_problem("one\x01", "hidden_character", 1));
    CHECK(has_problem("\xFF", "hidden_character", 1));
    CHECK(has_problem("one\n\n*two &#x202E; three*", "hidden_character", 3));
    CHECK(has_problem("`\u2066`", "hidden_character", 1));
    CHECK(has_problem("&#65279;", "hidden_character", 1));
    CHECK(has_problem("An\u200Bna", "hidden_character", 1));
    CHECK(has_problem("An&ZeroWidthSpace;na", "hidden_character", 1));
    CHECK(markup_problems("# A *good* statement\n\n- [see](https://example.org)\n- "
                          "<https://example.org>\n\nx[^1]\n\n[^1]: y")
              .empty());
    CHECK(markup_problems("ភាសា\u200Bខ្មែរ می\u200Cخواهم \u200Fعربي").empty());
}

TEST_CASE("markup is harmless whatever stands in the body", "[publish][markup]") {
    for (const char* hostile : kHostile) {
        INFO(hostile);
        const std::string html = render_markup(hostile).html;
        CHECK(html.find("<script") == std::string::npos);
        CHECK(html.find("<img") == std::string::npos);
        CHECK(html.find("<iframe") == std::string::npos);
        CHECK(html.find("<style") == std::string::npos);
        CHECK(html.find("<!--") == std::string::npos);
        CHECK(html.find("href=") == std::string::npos);
        CHECK(html.find("src=") == std::string::npos);
        CHECK_FALSE(markup_problems(hostile).empty());
    }
}

TEST_CASE("markup prints the address of a link and links to nothing", "[publish][markup]") {
    CHECK(render_markup("[the report](https://example.org/a?b=1&c=2)").html ==
          "<p>the report (https://example.org/a?b=1&amp;c=2)</p>\n");
    CHECK(render_markup("<https://example.org/>").html == "<p>https://example.org/</p>\n");
    CHECK(render_markup("<press@example.org>").html == "<p>press@example.org</p>\n");
    CHECK(render_markup("[*very* odd](https://example.org)").html ==
          "<p><em>very</em> odd (https://example.org)</p>\n");
}

TEST_CASE("markup gives the blocks of a statement as plain text", "[publish][markup]") {
    const Markup markup = render_markup(
        "## Background\n\nIt *was*\nlate.\n\n- one\n- two\n\n> said\n\n---\n\nEnd[^1].\n\n[^1]: A "
        "note.\n");
    REQUIRE(markup.blocks.size() == 6);
    CHECK(markup.blocks[0].kind == "heading");
    CHECK(markup.blocks[0].text == "Background");
    CHECK(markup.blocks[1].kind == "paragraph");
    CHECK(markup.blocks[1].text == "It was late.");
    CHECK(markup.blocks[2].kind == "list");
    CHECK(markup.blocks[3].kind == "quotation");
    CHECK(markup.blocks[5].kind == "footnote");
    CHECK(markup.blocks[5].text == "A note.");
}

TEST_CASE("markup keeps the marks of lists, the bars of tables and the looks of words",
          "[publish][markup]") {
    const Markup markup = render_markup(
        "3. one\n4. **two** *three*\n   - `four`\n\n| a | b |\n|---|---|\n| c | d |\n");
    REQUIRE(markup.blocks.size() == 2);
    const Block& list = markup.blocks[0];
    CHECK(list.text == "3. one\n4. two three\n  - four");
    REQUIRE(list.lines.size() == 3);
    CHECK(list.lines[1].cells[0][0].strong);
    CHECK(list.lines[1].cells[0][2].emphasis);
    CHECK(list.lines[2].depth == 2);
    CHECK(list.lines[2].cells[0][0].code);
    const Block& table = markup.blocks[1];
    CHECK(table.text == "a | b\nc | d");
    CHECK(table.lines[0].header);
    CHECK_FALSE(table.lines[1].header);
}

TEST_CASE("markup survives a body that nests without end", "[publish][markup]") {
    const Markup markup = render_markup(std::string(100'000, '>') + " deep");
    REQUIRE(markup.blocks.size() == 1);
    CHECK(markup.blocks[0].text.find("deep") != std::string::npos);
}

TEST_CASE("markup marks words of another script, and not those of its own", "[publish][markup]") {
    CHECK(render_markup("a \u0e01\u0e32\u0e23 b").html ==
          "<p>a <span lang=\"th\">\u0e01\u0e32\u0e23</span> b</p>\n");
    CHECK(render_markup("\u0e01\u0e32\u0e23 1", "th").html == "<p>\u0e01\u0e32\u0e23 1</p>\n");
    CHECK(render_markup("\u062d\u0642 NGO", "ar").html ==
          "<p>\u062d\u0642 <bdi lang=\"und-Latn\" dir=\"ltr\">NGO</bdi></p>\n");
}

TEST_CASE("markup refuses a body one byte over the limit", "[publish][markup]") {
    CHECK_NOTHROW(render_markup(std::string(kBodyMax, ' ')));
    CHECK_THROWS_AS(render_markup(std::string(kBodyMax + 1, ' ')), Error);
}

}  // namespace custos::vault::publish
