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

void Talk::error(const Error& error, Form form) {
    if (form == Form::json) {
        const nlohmann::json object = {
            {"schema", "custos.error/1"},  {"error", name_of(error.code())},
            {"exit", static_cast<int>(error.code())}, {"message", error.what()},
            {"hint", error.hint()},
        };
        raw(json_text(object, Layout::line) + "\n");
        return;
    }
    raw("custos: " + styled(harmless(error.what()), Style::bad, colored_) + "\n");
    if (!error.hint().empty()) raw("custos: hint: " + harmless(error.hint()) + "\n");
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
