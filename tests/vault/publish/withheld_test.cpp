// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/withheld.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::publish {
namespace {

constexpr std::string_view kMarker = "[passage withheld]";

WithheldPassages taken(std::string_view body) { return take_out_withheld(body, kMarker); }

}  // namespace

TEST_CASE("withheld passages are taken out, and lines keep their numbers", "[publish][withheld]") {
    const std::string body =
        "One.\n\n{withheld}\nTwo *a*.\n\nTwo b.\n{/withheld}\n\nThree.\n{withheld}\nFour.\n"
        "{/withheld}";
    const WithheldPassages out = taken(body);
    CHECK(out.problems.empty());
    CHECK(out.texts == std::vector<std::string>{"Two *a*.\n\nTwo b.\n", "Four.\n"});
    CHECK(out.open == "One.\n\n\n[passage withheld]\n\n\n\n\nThree.\n\n[passage withheld]\n\n");
    CHECK(out.open.find("Two") == std::string::npos);
    CHECK(taken("no passage\n").open == "no passage\n");
    CHECK(taken("").open.empty());
}

TEST_CASE("whatever is wrong with a withheld passage, its text does not stay open",
          "[publish][withheld]") {
    struct Case {
        const char* body;
        std::size_t line;
    };
    for (const Case& one : {Case{"a\n{withheld}\nSECRET", 2},
                            Case{"{withheld}\nSECRET\n{withheld}\nSECRET\n{/withheld}\n", 3},
                            Case{"a\n{/withheld}\n", 2}, Case{"{withheld}\n \n{/withheld}\n", 1},
                            Case{"a {withheld}\n", 1}, Case{"a\n\n[passage withheld]\n", 3}}) {
        CAPTURE(one.body);
        const WithheldPassages out = taken(one.body);
        REQUIRE(out.problems.size() == 1);
        CHECK(out.problems[0].rule == "withheld");
        CHECK(out.problems[0].line == one.line);
        CHECK(out.open.find("SECRET") == std::string::npos);
    }
}

TEST_CASE("spaces and carriage returns around the marks do not matter", "[publish][withheld]") {
    const WithheldPassages out = taken("a\r\n  {withheld} \r\nb\r\n{/withheld}\t\r\nc\r\n");
    CHECK(out.problems.empty());
    CHECK(out.texts.size() == 1);
    CHECK(out.open.find('b') == std::string::npos);
}

}  // namespace custos::vault::publish
