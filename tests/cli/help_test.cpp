// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include <fstream>
#include <set>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "cli/harmless.h"

using namespace custos::cli;

namespace {

std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        widest = std::max(widest, columns_of(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return widest;
}

}  // namespace

TEST_CASE("every command explains itself", "[cli][help]") {
    for (const Command& command : all_commands()) {
        INFO(command.words);
        CHECK(find_command(command.words) == &command);
        CHECK_FALSE(command.summary.empty());
        CHECK(command.summary.back() != '.');
        CHECK(command.body->run != nullptr);
        CHECK(command.body->words_min <= command.body->words_max);
        CHECK(command.body->help.find("    custos " + std::string(command.words)) !=
              std::string_view::npos);
        CHECK(widest_line(command.body->help) <= 90);
        CHECK(help_of(command).find(usage_of(command)) != std::string::npos);
    }
}

TEST_CASE("options of a command have one name, one letter, a help, and do not hide global ones",
          "[cli][help]") {
    for (const Command& command : all_commands()) {
        std::set<std::string_view> names;
        std::set<char> letters;
        for (const Option& option : global_options()) {
            // `add` and `edit` take a file by it: cli/globals.h
            if (option.name != "json") names.insert(option.name);
            letters.insert(option.letter);
        }
        for (const Option& option : command.body->options) {
            INFO(command.words << " --" << option.name);
            CHECK(option.name.size() >= 2);
            CHECK(names.insert(option.name).second);
            CHECK((option.letter == '\0' || letters.insert(option.letter).second));
            CHECK_FALSE(option.help.empty());
            CHECK((option.takes == Takes::nothing) == option.value.empty());
        }
    }
}

TEST_CASE("topics are sorted and fit a terminal", "[cli][help]") {
    std::string_view before;
    for (const Topic& topic : all_topics()) {
        INFO(topic.name);
        CHECK(before < topic.name);
        before = topic.name;
        CHECK_FALSE(topic.summary.empty());
        CHECK(widest_line(topic.text) <= 90);
        CHECK(harmless(topic.text, LineFeeds::keep) == topic.text);
    }
}

TEST_CASE("every example in the help names a command that exists", "[cli][help]") {
    std::vector<std::string_view> texts;
    for (const Command& command : all_commands()) texts.push_back(command.body->help);
    for (const Topic& topic : all_topics()) texts.push_back(topic.text);
    for (const std::string_view text : texts) {
        std::istringstream lines{std::string(text)};
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::string program;
            std::string first;
            std::string second;
            words >> program >> first >> second;
            if (!line.starts_with("    ") || program != "custos") continue;
            INFO(line);
            CHECK(
                (find_command(first) != nullptr || find_command(first + " " + second) != nullptr));
        }
    }
}

TEST_CASE("docs/commands.md names every command, option and topic", "[cli][help]") {
    std::ifstream file("../../docs/commands.md");
    std::ostringstream content;
    content << file.rdbuf();
    const std::string page = content.str();
    // Write it anew with: custos help reference > docs/commands.md
    REQUIRE_FALSE(page.empty());
    CHECK(page.find(exit_statuses_text()) != std::string::npos);
    for (const Topic& topic : all_topics())
        CHECK(page.find("### " + std::string(topic.name) + "\n") != std::string::npos);
    for (const Command& command : all_commands()) {
        INFO(command.words);
        const std::size_t at = page.find("### custos " + std::string(command.words) + "\n");
        REQUIRE(at != std::string::npos);
        const std::string section = page.substr(at, page.find("\n##", at + 1) - at);
        CHECK(section.find(usage_of(command)) != std::string::npos);
        for (const Option& option : command.body->options) {
            INFO(option.name);
            CHECK(section.find("--" + std::string(option.name)) != std::string::npos);
        }
    }
}
