// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help.h"

#include <algorithm>
#include <array>
#include <functional>

#include <nlohmann/json.hpp>

#include "cli/suggest.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

struct Status {
    ErrorCode code;
    std::string_view meaning;
};
constexpr std::array kStatuses = {
    Status{ErrorCode::failed, "failed, for a reason that none of the others names"},
    Status{ErrorCode::usage, "the command or the input was wrong; nothing was stored"},
    Status{ErrorCode::partly_done, "partly done, or intact but not compared with a known key"},
    Status{ErrorCode::not_found, "no such record, revision or file"},
    Status{ErrorCode::integrity, "bytes are not what was written or signed"},
    Status{ErrorCode::conflict, "exists already, or two changes meet"},
    Status{ErrorCode::no_vault, "there is no vault"},
    Status{ErrorCode::busy, "another process holds the vault"},
    Status{ErrorCode::wrong_passphrase, "wrong passphrase or key"},
    Status{ErrorCode::refused, "refused by policy: consent, protection, leak check"},
    Status{ErrorCode::remote, "a transport failed; worth trying again"},
    Status{ErrorCode::no_space, "the disk is full"},
    Status{ErrorCode::interrupted, "interrupted"},
};

constexpr std::array kGroups = {Group::vault,       Group::records, Group::finding, Group::evidence,
                                Group::publication, Group::backup,  Group::help};

std::string left(std::string text, std::size_t columns) {
    text.resize(std::max(text.size(), columns), ' ');
    return text;
}

// As a code block of Markdown, where every space counts.
std::string indented(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) out += "    " + std::string(text.substr(0, end));
        out += "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string option_lines(std::span<const Option> options) {
    std::string text;
    for (const Option& option : options) {
        std::string names =
            "  " +
            (option.letter == '\0' ? std::string() : std::string("-") + option.letter + ", ") +
            "--" + std::string(option.name);
        if (option.takes != Takes::nothing) names += " " + std::string(option.value);
        text += left(names, 28) + "  " + std::string(option.help) + "\n";
    }
    return text;
}

std::string command_lines(const std::function<bool(const Command&)>& chosen) {
    std::string text;
    for (const Command& command : all_commands()) {
        if (!chosen(command)) continue;
        const std::string usage = std::string(command.words) + " " + std::string(command.arguments);
        text += "  " + left(usage, 36) + "  " + std::string(command.summary) + "\n";
    }
    return text;
}

std::string overview() {
    std::string text =
        "custos keeps evidence of human rights violations in an encrypted vault, and\n"
        "publishes from it statements that anyone can verify.\n\n"
        "usage: custos [global options] COMMAND [words and options]\n";
    for (const Group group : kGroups) {
        const std::string lines = command_lines([&](const Command& c) { return c.group == group; });
        if (!lines.empty()) text += "\n" + std::string(title_of(group)) + ":\n" + lines;
    }
    text += "\nGlobal options:\n" + option_lines(global_options());
    text += "\nTopics (custos help TOPIC):\n";
    for (const Topic& topic : all_topics()) {
        text += "  " + left(std::string(topic.name), 18) + std::string(topic.summary) + "\n";
    }
    return text;
}

std::string help_of_group(const std::string& group) {
    return "custos " + group + " has these commands:\n\n" +
           command_lines([&](const Command& c) { return c.words.starts_with(group + " "); });
}

constexpr std::string_view kReference = "reference";

nlohmann::json option_json(const Option& option) {
    return {{"name", option.name},
            {"letter", option.letter == '\0' ? std::string() : std::string(1, option.letter)},
            {"value", option.value},
            {"repeatable", option.takes == Takes::values},
            {"help", option.help}};
}

// What a program needs to know of all commands: custos.help/1.
nlohmann::json everything() {
    nlohmann::json commands = nlohmann::json::array();
    for (const Command& command : all_commands()) {
        nlohmann::json options = nlohmann::json::array();
        for (const Option& option : command.body->options) options.push_back(option_json(option));
        commands.push_back({{"words", command.words},
                            {"arguments", command.arguments},
                            {"summary", command.summary},
                            {"group", title_of(command.group)},
                            {"help", command.body->help},
                            {"options", options}});
    }
    nlohmann::json global = nlohmann::json::array();
    for (const Option& option : global_options()) global.push_back(option_json(option));
    nlohmann::json topics = nlohmann::json::array();
    for (const Topic& topic : all_topics()) {
        topics.push_back({{"name", topic.name}, {"summary", topic.summary}, {"text", topic.text}});
    }
    return {{"schema", "custos.help/1"},
            {"commands", commands},
            {"global_options", global},
            {"topics", topics}};
}

std::string page_about(const std::string& about) {
    if (about.empty()) return overview();
    if (about == kReference) return reference_page();
    if (const Command* command = find_command(about)) return help_of(*command);
    std::vector<std::string> known;
    for (const Topic& topic : all_topics()) {
        known.emplace_back(topic.name);
        if (topic.name != about) continue;
        std::string text(topic.text);
        if (is_command_group(about)) text += "\n" + help_of_group(about);
        if (about == "exit-statuses") text += "\n" + exit_statuses_text();
        return text;
    }
    if (is_command_group(about)) return help_of_group(about);
    for (const Command& command : all_commands()) known.emplace_back(command.words);
    const std::string suggestion = did_you_mean(about, known);
    throw Error{ErrorCode::usage, "no help on " + about,
                suggestion.empty() ? "everything is listed by: custos help" : suggestion};
}

}  // namespace

std::string exit_statuses_text() {
    std::string text = "    0  done: the change is on the disk, the answer is whole\n";
    for (const Status& status : kStatuses) {
        const std::string number = std::to_string(static_cast<int>(status.code));
        text += std::string(5 - number.size(), ' ') + number + "  " + std::string(status.meaning) +
                "\n";
    }
    return text;
}

std::string reference_page() {
    std::string text =
        "# Commands\n\n"
        "This page is written from the program's own table, by `custos help reference`. `custos "
        "help COMMAND`\n"
        "shows the same, and `custos help --json` gives it to programs.\n\n"
        "    custos [global options] COMMAND [words and options]\n\n"
        "Global options may stand anywhere:\n\n" +
        indented(option_lines(global_options())) + "\n## Exit statuses\n\n" + exit_statuses_text();
    for (const Group group : kGroups) {
        text += "\n## " + std::string(title_of(group)) + "\n";
        for (const Command& command : all_commands()) {
            if (command.group != group) continue;
            text += "\n### custos " + std::string(command.words) + "\n\n" +
                    std::string(command.summary) + "\n\n" +
                    indented(usage_of(command) + "\n\n" + std::string(command.body->help) + "\n");
            if (!command.body->options.empty())
                text += "\n" + indented(option_lines(command.body->options));
        }
    }
    text += "\n## Topics\n";
    for (const Topic& topic : all_topics()) {
        text += "\n### " + std::string(topic.name) + "\n\n" + indented(topic.text);
    }
    return text;
}

std::string help_of(const Command& command) {
    const Body& body = *command.body;
    std::string text = "usage: " + usage_of(command) + "\n\n" + std::string(command.words) + ": " +
                       std::string(command.summary) + "\n";
    if (!body.help.empty()) text += "\n" + std::string(body.help) + "\n";
    if (!body.options.empty()) text += "\noptions:\n" + option_lines(body.options);
    text +=
        "\nGlobal options are listed by \"custos help\", exit statuses by \"custos help "
        "exit-statuses\".\n";
    return text;
}

void print_help(Context& context, const std::string& about) {
    if (context.globals.json && about.empty()) {
        context.out.document(everything());
        return;
    }
    const std::string page = page_about(about);
    if (context.globals.json) {
        context.out.document({{"schema", "custos.help.page/1"}, {"about", about}, {"text", page}});
    } else {
        context.out.paragraph(page);
    }
}

}  // namespace custos::cli
