// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/talk.h"

#include <cerrno>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/harmless.h"
#include "cli/printer.h"

namespace custos::cli {

void Talk::note(std::string_view text) {
    if (!quiet_) raw("custos: " + harmless(text) + "\n");
}

void Talk::warning(std::string_view text) {
    raw("custos: " + styled("warning: ", Style::warning, colored_) + harmless(text) + "\n");
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
    raw("custos: " + styled(lines_of(error.what()), Style::bad, colored_) + "\n");
    if (!error.hint().empty()) raw("custos: hint: " + lines_of(error.hint()) + "\n");
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
