// SPDX-License-Identifier: GPL-3.0-or-later
// The table of commands. Help, completion and the reference page are loops over it.
//
// To add a command: 1) write cli/commands/<name>.cpp with a `const Body kName`, 2) declare it in
// cli/commands/bodies.h, 3) put a row into the table in cli/commands.cpp, in order, 4) add the file
// to cli/CMakeLists.txt, 5) write a script in tests/script/.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "cli/arguments.h"

namespace custos::cli {

struct Context;

enum class Group { vault, records, finding, evidence, publication, backup, help };

inline constexpr std::size_t kAnyNumber = 1'000'000;

// What stands beside the code of a command.
struct Body {
    // Returns the exit status; throws Error for the rest. `arguments` has been checked against
    // `options` and the numbers of words below.
    int (*run)(Context& context, const Arguments& arguments);
    std::span<const Option> options;
    std::size_t words_min;
    std::size_t words_max;  // or kAnyNumber
    // Paragraphs and examples ("    custos add person --set role=witness"), lines up to 80 columns.
    std::string_view help;
};

struct Command {
    std::string_view words;      // "add", "backup create"
    std::string_view arguments;  // as the usage line shows them: "KIND", "TARGET NEWDIR"
    Group group;
    std::string_view summary;  // one line: "put a new record into the vault"
    const Body* body;
};

// Sorted by words.
[[nodiscard]] std::span<const Command> all_commands();
// Null if there is none.
[[nodiscard]] const Command* find_command(std::string_view words);
// Whether some command of two words begins with this one: "backup".
[[nodiscard]] bool is_command_group(std::string_view word);

[[nodiscard]] std::string_view title_of(Group group);
// "custos add KIND [options]"
[[nodiscard]] std::string usage_of(const Command& command);

}  // namespace custos::cli
