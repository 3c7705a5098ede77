// SPDX-License-Identifier: GPL-3.0-or-later
// The global options, and how a command line is cut into them, the command and the rest.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"
#include "vault/os/file.h"

namespace custos::cli {

enum class Color { automatic, always, never };

// Where a passphrase comes from if not from the terminal. At most one of the two is set.
struct PassphraseSource {
    std::optional<int> descriptor;
    std::optional<vault::Path> file;

    bool given() const noexcept { return descriptor.has_value() || file.has_value(); }
};

struct Globals {
    std::optional<vault::Path> vault;  // --vault, else CUSTOS_VAULT
    bool json = false;
    bool jsonl = false;
    bool quiet = false;
    bool no_input = false;
    Color color = Color::automatic;
    PassphraseSource passphrase;
    PassphraseSource new_passphrase;

    bool machine() const noexcept { return json || jsonl; }
};

[[nodiscard]] std::span<const Option> global_options();

enum class Asked { command, help, version };

struct CommandLine {
    Asked asked = Asked::command;
    std::string help_topic;            // with Asked::help: the words of a command, or nothing
    const Command* command = nullptr;  // with Asked::command, never null
    std::vector<std::string> given;    // the command's own options and words
    Globals globals;
};

// Cuts the arguments (without the program's name). Global options may stand anywhere up to "--";
// the options of a command stand after its words. Throws Error{usage} with a suggestion.
//
// `add` and `edit` take a file by --json: there, "--json" after the command's words followed by a
// path or "-" is that file, and otherwise the global switch.
[[nodiscard]] CommandLine cut_command_line(const std::vector<std::string>& arguments);

// Whether errors are to be told as JSON, decided before the line could be understood.
[[nodiscard]] bool wants_json(const std::vector<std::string>& arguments);

}  // namespace custos::cli
