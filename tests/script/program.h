// SPDX-License-Identifier: GPL-3.0-or-later
// Runs one program as a user's shell would, with or without a terminal of its own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace custos::script {

enum class Terminal {
    none,     // a session without one: /dev/tty cannot be opened
    control,  // /dev/tty is one, stdout and stderr are still captured apart
    full,     // stdin, stdout and stderr are one, too
};

struct Call {
    std::vector<std::string> argv;  // argv[0] is looked up in PATH
    std::map<std::string, std::string> environment;
    std::string directory;
    std::string input_file;                 // empty: /dev/null
    std::map<int, std::string> open_files;  // descriptors above 2, open for reading
    Terminal terminal = Terminal::none;
    // Typed one after the other, each when a prompt stands there (text that ends with ": ", "? " or
    // "> "). Each gets a line feed, unless it ends with a control character.
    std::vector<std::string> answers;
};

struct Outcome {
    int status = 0;  // 128 + signal if one ended it
    std::string out;
    std::string err;
    std::string terminal;  // all that was written to the terminal
    std::size_t answers_given = 0;
};

// Throws std::runtime_error if the program cannot be started or takes more than two minutes.
[[nodiscard]] Outcome run_program(const Call& call);

}  // namespace custos::script
