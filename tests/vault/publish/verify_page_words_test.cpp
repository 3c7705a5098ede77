// SPDX-License-Identifier: GPL-3.0-or-later
#include <regex>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "vault/publish/verify_page.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from) + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
}

void add_all(std::set<std::string>& to, const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it)
        to.insert((*it)[1].str());
}

}  // namespace

TEST_CASE("verify.html has each of its sentences in each of its languages", "[publish][phrases]") {
    const std::string page = render_verify_page();
    const json words = json::parse(between(page, "const WORDS = ", "\n;\n"));
    REQUIRE(words.size() >= 2);

    // Literals of more than one word, and what stands in the page.
    std::set<std::string> sentences;
    const std::string script = page.substr(page.find("\n;\n"));
    add_all(sentences, std::regex_replace(script, std::regex("(^|\n) *//[^\n]*"), "\n"),
            R"re("([A-Za-z(\[][^"\n]* [^"\n]*[^" \n])")re");
    const std::string body = between(page, "<body>", "<script>");
    add_all(sentences, body, R"re(>\s*([^<>]*[A-Za-z][^<>]*[^<>\s])\s*<)re");
    for (const char* other :
         {"use strict", "signature made by custos", "Custos", "English", "Français", "Español"})
        sentences.erase(other);
    REQUIRE(sentences.size() > 90);

    for (const auto& [language, table] : words.items()) {
        CAPTURE(language);
        CHECK(body.find("<option value=\"" + language + "\"") != std::string::npos);
        CHECK(table.size() == words.begin()->size());
        for (const std::string& sentence : sentences) {
            CAPTURE(sentence);
            CHECK(table.contains(sentence));
        }
        for (const auto& [english, said] : table.items()) {
            CAPTURE(english);
            CHECK(words.begin()->contains(english));
            CHECK_FALSE(said.get<std::string>().empty());
            for (const char* value : {"{0}", "{1}"}) {
                CHECK((english.find(value) == std::string::npos) ==
                      (said.get<std::string>().find(value) == std::string::npos));
            }
            const bool is_used = body.find(english) != std::string::npos ||
                                 script.find(english) != std::string::npos ||
                                 english.substr(0, 3) == "one" || english.substr(0, 3) == "two";
            CHECK(is_used);
        }
    }
}

}  // namespace custos::vault::publish
