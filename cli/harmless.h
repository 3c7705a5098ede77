// SPDX-License-Identifier: GPL-3.0-or-later
// Text that others wrote (records, file names, arguments), before it reaches a terminal.
//
// Control characters, escape sequences, bidirectional overrides, tags and invalid UTF-8 become
// visible as \u{202e} or \x{ff}. Zero-width spaces and joiners, which Khmer and Persian writers use
// all the time, are left out: they change nothing that a reader could see.
#pragma once

#include <string>
#include <string_view>

namespace custos::cli {

enum class LineFeeds {
    show,  // as \u{a}: the text cannot pretend to be a line of ours
    keep,  // with tabs, for long text
};

[[nodiscard]] std::string harmless(std::string_view text, LineFeeds line_feeds = LineFeeds::show);

// What a JSON text needs so that a terminal obeys nothing in it: only \u escapes inside strings, so
// that it stays the same document.
[[nodiscard]] std::string harmless_json(std::string_view json);

// Columns that a terminal needs for `text`, which is harmless already.
[[nodiscard]] std::size_t columns_of(std::string_view text);

// At most `columns` wide, with "…" at the end where something was cut off.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

}  // namespace custos::cli
