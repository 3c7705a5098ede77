// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/wrap.h"

#include <algorithm>

#include <sys/ioctl.h>

#include "cli/harmless.h"

namespace custos::cli {

std::string wrapped(std::string_view text, std::size_t columns) {
    std::string out;
    std::string line(std::min(text.find_first_not_of(' '), text.size()), ' ');
    text.remove_prefix(line.size());
    bool begun = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        const std::string word(text.substr(0, end));
        const bool line_ends = end < text.size() && text[end] == '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool fits = columns_of(line) + 1 + columns_of(word) <= columns;
        if (begun && !fits) {
            out += line + "\n";
            line = "  " + word;
        } else {
            line += (begun ? " " : "") + word;
        }
        begun = true;
        if (line_ends) {
            out += line + "\n";
            line.clear();
            begun = false;
        }
    }
    return out + line;
}

std::size_t columns_of_terminal(int descriptor) {
    constexpr std::size_t kUnknown = 80;
    constexpr std::size_t kLeast = 20;
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col < kLeast) return kUnknown;
    return size.ws_col;
}

}  // namespace custos::cli
