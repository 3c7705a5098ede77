// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <algorithm>
#include <array>

#include "cli/commands/bodies.h"

namespace custos::cli {
namespace {

constexpr std::array kCommands = {
    Command{"completion", "bash|zsh|fish", Group::help, "print a completion script for a shell", &kCompletion},
    Command{"help", "[COMMAND|TOPIC]", Group::help, "explain a command or a topic", &kHelp},
    Command{"version", "", Group::help, "say which custos this is, and what it was built with", &kVersion},
};

constexpr bool is_sorted() {
    for (std::size_t i = 1; i < kCommands.size(); ++i) {
        if (!(kCommands.at(i - 1).words < kCommands.at(i).words)) return false;
    }
    return true;
}
static_assert(is_sorted(), "the table is searched by halves");

}  // namespace

std::span<const Command> all_commands() { return kCommands; }

const Command* find_command(std::string_view words) {
    const auto* const found =
        std::lower_bound(kCommands.begin(), kCommands.end(), words,
                         [](const Command& command, std::string_view w) { return command.words < w; });
    return found != kCommands.end() && found->words == words ? &*found : nullptr;
}

bool is_command_group(std::string_view word) {
    const std::string begin = std::string(word) + " ";
    return std::any_of(kCommands.begin(), kCommands.end(), [&](const Command& command) {
        return command.words.starts_with(begin);
    });
}

std::string_view title_of(Group group) {
    switch (group) {
        case Group::vault: return "The vault";
        case Group::records: return "Records";
        case Group::finding: return "Finding";
        case Group::evidence: return "Evidence";
        case Group::publication: return "Publication";
        case Group::backup: return "Backup";
        case Group::help: return "Help";
    }
    return "";
}

std::string usage_of(const Command& command) {
    std::string text = "custos " + std::string(command.words);
    if (!command.arguments.empty()) text += " " + std::string(command.arguments);
    if (!command.body->options.empty()) text += " [options]";
    return text;
}

}  // namespace custos::cli
