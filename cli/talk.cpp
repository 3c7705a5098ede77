// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/talk.h"

#include <cerrno>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/harmless.h"
#include "cli/printer.h"
#include "cli/wrap.h"

namespace custos::cli {

namespace {

// Programs that read stderr get each message on one line.
std::string fitted(const std::string& line, bool terminal, int descriptor) {
    return terminal ? wrapped(line, columns_of_terminal(descriptor)) : line;
}

}  // namespace

void Talk::note(std::string_view text) {
    if (!quiet_) raw(fitted("custos: " + harmless(text), terminal_, descriptor_) + "\n");
}

void Talk::warning(std::string_view text) {
    const std::string begin = "custos: warning: ";
    const std::string line = fitted(begin + harmless(text), terminal_, descriptor_);
    raw("custos: " + styled("warning: ", Style::warning, colored_) + line.substr(begin.size()) +
        "\n");
}

namespace {

// A message may list problems, one a line; the lines are ours, what is quoted in them is harmless.
std::string lines_of(const std::string& message) {
    std::string text;
    for (const char c : harmless(message, LineFeeds::keep))
        text += c == '\n' ? std::string("\n  ") : std::string(1, c);
    return text;
}

}  // namespace

void Talk::error(const Error& error, Form form) {
    if (form == Form::json) {
        const nlohmann::json object = {
            {"schema", "custos.error/1"},
            {"error", name_of(error.code())},
            {"exit", static_cast<int>(error.code())},
            {"message", error.what()},
            {"hint", error.hint()},
        };
        raw(json_text(object, Layout::line) + "\n");
        return;
    }
    const std::string begin = "custos: ";
    const std::string message =
        fitted(begin + lines_of(error.what()), terminal_, descriptor_).substr(begin.size());
    raw(begin + styled(message, Style::bad, colored_) + "\n");
    if (!error.hint().empty())
        raw(fitted("custos: hint: " + lines_of(error.hint()), terminal_, descriptor_) + "\n");
}

void Talk::raw(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor_, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace custos::cli
