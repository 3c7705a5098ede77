// SPDX-License-Identifier: GPL-3.0-or-later
// stderr: talk. Notes and warnings for the person in front, errors, and progress (cli/progress.h).
#pragma once

#include <string>
#include <string_view>

#include "crypto/error.h"

namespace custos::cli {

class Talk {
public:
    Talk(int descriptor, bool colored, bool terminal, bool quiet)
        : descriptor_(descriptor), colored_(colored), terminal_(terminal), quiet_(quiet) {}

    // "custos: text". Nothing with --quiet.
    void note(std::string_view text);
    // "custos: warning: text", also with --quiet.
    void warning(std::string_view text);
    // "custos: message" and "custos: hint: hint", or the same facts as one JSON object
    // {"schema":"custos.error/1","error":"usage","exit":2,"message":…,"hint":…}.
    enum class Form { text, json };
    void error(const Error& error, Form form);

    // As it is, for progress lines. Failures are ignored: talk is no answer.
    void raw(std::string_view text);

    bool is_terminal() const noexcept { return terminal_; }
    bool is_colored() const noexcept { return colored_; }
    bool is_quiet() const noexcept { return quiet_; }

private:
    int descriptor_;
    bool colored_;
    bool terminal_;
    bool quiet_;
};

}  // namespace custos::cli
