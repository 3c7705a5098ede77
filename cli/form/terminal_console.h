// SPDX-License-Identifier: GPL-3.0-or-later
// The console on a real terminal: stdin and stderr.
//
// On a terminal that understands escape sequences each key is read by itself and the line is drawn
// by LineEditor. Elsewhere (TERM=dumb, or not set) the system edits the line, as it does for cat.
#pragma once

#include <optional>

#include "cli/form/console.h"
#include "cli/form/line_editor.h"
#include "cli/talk.h"
#include "vault/os/process.h"

namespace custos::cli {

class TerminalConsole : public Console {
public:
    enum class Keys { one_by_one, by_line };
    // Keys are neither echoed nor kept for a line as long as it lives: what is typed ahead of a
    // question shows when it is asked.
    TerminalConsole(Talk& talk, Keys keys);
    ~TerminalConsole() override;

    void say(std::string_view text) override;
    std::vector<std::string> ask(const Asking& asking) override;
    std::size_t columns() const override;
    std::size_t rows() const override;
    bool is_colored() const override { return talk_.is_colored(); }
    bool can_edit() const override { return keys_.has_value(); }

private:
    std::vector<std::string> ask_by_keys(const Asking& asking);
    std::string ask_by_line(const Asking& asking);
    void read_some();

    Talk& talk_;
    std::optional<vault::KeyInput> keys_;
    LineEditor editor_;
    std::string waiting_;  // what was typed ahead
};

}  // namespace custos::cli
