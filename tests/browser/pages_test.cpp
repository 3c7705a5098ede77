// SPDX-License-Identifier: GPL-3.0-or-later
// statement.html in a real browser.
#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "browser.h"
#include "picture_sample.h"
#include "sample.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
using test::browse;
using test::key_line;
using test::need_browser;

std::string html_of(const Files& files) { return to_string(files.at(kHtmlFile)); }

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a statement's page checks its own text in Chromium, silently and offline",
          "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string page = scratch.write("statement.html", html_of(test::sample_package()));

    const json answer = browse(scratch, {{"page", page}});
    CHECK(answer.at("requests").empty());
    CHECK(answer.at("console") == json::array());
    CHECK(answer.at("results").at(0).at("state") == "good");
    CHECK(answer.at("results").at(0).at("overflow") == 0);
    CHECK(answer.at("phone_overflow") == 0);
    const auto text = answer.at("results").at(0).at("text").get<std::string>();
    CHECK(text.find("Person A, a 37-year-old activist") != std::string::npos);
    CHECK(text.find("proves nothing by itself") != std::string::npos);
}

TEST_CASE("a statement's page is readable without JavaScript", "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string page = scratch.write("statement.html", html_of(test::sample_package()));

    const json answer = browse(scratch, {{"page", page}, {"script", false}});
    const auto text = answer.at("results").at(0).at("text").get<std::string>();
    CHECK(text.find("Person A, a 37-year-old activist") != std::string::npos);
    CHECK(text.find(key_line()) != std::string::npos);
    CHECK(answer.at("results").at(0).at("state") == "");
}

TEST_CASE("a statement's page notices when it shows another text than was signed",
          "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string html = html_of(test::sample_package());
    const std::vector<std::pair<std::string, std::string>> changes = {
        {"a 37-year-old activist, was attacked", "a 73-year-old activist, was attacked"},
        {"<h1 id=\"title\">Cambodia", "<h1 id=\"title\">Thailand"},
        {"27 December 2019</time>", "28 December 2019</time>"},
        {"<div class=\"block heading\">", "<p>More.</p><div class=\"block heading\">"},
        {"The device is shown", "The device is not shown"},
        {"id=25260", "id=25261"},
        {"&quot;number&quot;: 2", "&quot;number&quot;: 3"},
    };
    std::size_t noticed = 0;
    for (const auto& [from, to] : changes) {
        const std::string page = scratch.write("changed.html", with(html, from, to));
        const json answer = browse(scratch, {{"page", page}});
        INFO(from << " -> " << to);
        CHECK(answer.at("results").at(0).at("state") == "bad");
        noticed += answer.at("results").at(0).at("state") == "bad" ? 1U : 0U;
    }
    WARN("changed pages noticed by themselves: " << noticed << " of " << changes.size());
}

TEST_CASE("a statement's page shows a picture, loads nothing, and notices another one",
          "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string html =
        html_of(test::package_of(test::material_with_picture(test::clean_jpeg())));

    const json answer = browse(scratch, {{"page", scratch.write("statement.html", html)}});
    CHECK(answer.at("requests").empty());
    CHECK(answer.at("console") == json::array());
    CHECK(answer.at("results").at(0).at("state") == "good");
    CHECK(answer.at("results").at(0).at("overflow") == 0);

    for (const auto& [from, to] :
         {std::pair{"alt=\"A van", "alt=\"A car"},
          std::pair{"The van that Person A saw</span>", "The van that Person B saw</span>"},
          std::pair{"\" src=\"data:image/jpeg;base64,/9j/", "\" src=\"data:image/jpeg;base64,/9j+"},
          std::pair{"<figure id=\"exhibit-1.jpg\"", "<figure id=\"x\""}}) {
        INFO(from << " -> " << to);
        const std::string page = scratch.write("changed.html", with(html, from, to));
        CHECK(browse(scratch, {{"page", page}}).at("results").at(0).at("state") == "bad");
    }
}

}  // namespace custos::vault::publish
