// SPDX-License-Identifier: GPL-3.0-or-later
// Long texts in an editor that leaves nothing behind: a few editors that we know how to start so,
// on a file in memory, confined to its directory where the kernel can (vault/os/confined.h).
//
// Left out on purpose: ed and nvi write scratch files of their own to /tmp or /var/tmp, emacs and
// micro run commands and keep histories that no option turns off for certain.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "cli/form/console.h"

namespace custos::cli {

struct Editor {
    std::string name;                    // "vim"
    vault::Path program;                 // where it was found
    std::vector<std::string> arguments;  // that make it leave nothing behind
};

// The editor that --editor names; else the one that EDITOR names, if it is one of ours; else
// nothing. A path or options in EDITOR do not matter, only the name.
[[nodiscard]] std::optional<Editor> find_editor(const Context& context, const std::string& wanted);
// Error{usage} when --editor names one that is not ours or not here.
void check_editor(const Context& context, const std::string& wanted);

// Lets the person change `text`; nothing if it was left as it was. Says what went wrong on the
// console, and gives nothing then.
[[nodiscard]] std::optional<std::string> edit_text(Console& console, const Editor& editor,
                                                   const std::string& text);

}  // namespace custos::cli
