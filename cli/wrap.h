// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that fit a terminal, cut between words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace custos::cli {

// `text` in lines of at most `columns`, cut at spaces; all but the first are indented by two. A
// word that is wider stands on a line of its own.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t columns);

// Of the terminal behind a descriptor; 80 where it does not say.
[[nodiscard]] std::size_t columns_of_terminal(int descriptor);

}  // namespace custos::cli
