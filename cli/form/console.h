// SPDX-License-Identifier: GPL-3.0-or-later
// What a form needs of the terminal in front of a person. Tests have one of their own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace custos::cli {

// How a line is asked for.
struct Asking {
    std::string prompt;   // short, harmless, ends with "> "
    std::string present;  // what the key Up brings into the line, to be changed; one line
    bool begin_with_present = false;  // it stands in the line at once
    bool many_lines = false;          // a paste of several lines is several lines, else one
};

class Console {
public:
    Console() = default;
    Console(const Console&) = delete;
    Console& operator=(const Console&) = delete;
    virtual ~Console() = default;

    // Text of ours, with its line feeds; what is quoted in it is harmless (cli/harmless.h) already.
    virtual void say(std::string_view text) = 0;
    // One line as typed, or several that were pasted at once. Never empty; no control characters
    // but tabs. Error{interrupted} after Ctrl-C, Ctrl-D, or when the terminal is gone.
    virtual std::vector<std::string> ask(const Asking& asking) = 0;
    virtual std::size_t columns() const = 0;
    virtual std::size_t rows() const = 0;
    virtual bool is_colored() const = 0;
    // Whether Up and begin_with_present work.
    virtual bool can_edit() const = 0;
};

}  // namespace custos::cli
