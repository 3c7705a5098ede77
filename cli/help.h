// SPDX-License-Identifier: GPL-3.0-or-later
// Help: on a command, on a group of commands, on a topic, or on everything.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/context.h"

namespace custos::cli {

struct Topic {
    std::string_view name;
    std::string_view summary;
    std::string_view text;
};
// Sorted by name; none is named like a command.
[[nodiscard]] std::span<const Topic> all_topics();

// The exit statuses with their meanings: a topic, and the reference page.
[[nodiscard]] std::string exit_statuses_text();

// "" is the overview. Error{usage} with a suggestion for a word that is no command and no topic.
void print_help(Context& context, const std::string& about);

// docs/commands.md: every command, option, topic and exit status. "custos help reference" writes
// it.
[[nodiscard]] std::string reference_page();

// The help page of one command as text.
[[nodiscard]] std::string help_of(const Command& command);

}  // namespace custos::cli
