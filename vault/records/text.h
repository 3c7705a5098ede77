// SPDX-License-Identifier: GPL-3.0-or-later
// Text that comes from people and files: is it text at all, how to quote it, what it was near to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace custos::vault {

enum class Lines { one, many };

// Why `text` cannot be stored ("byte 7 is not UTF-8", "holds the control character U+0007"), or
// nothing. Of the control characters below U+0020 only line feed and tab are taken, and only in
// many lines.
[[nodiscard]] std::optional<std::string> text_refusal(std::string_view text, Lines lines);

[[nodiscard]] bool is_utf8(std::string_view text);
[[nodiscard]] std::size_t code_points(std::string_view utf8);

// The beginning of `text`, at most `limit` code points and one line, with "…" when it was cut.
// Control, bidirectional and invisible characters, and bytes that are no UTF-8, become \u{…}.
[[nodiscard]] std::string harmless_excerpt(std::string_view text, std::size_t limit = 60);

// The candidates that `word` was probably meant to be, nearest first, at most `limit`: a beginning
// of the candidate, or few letters changed, added, left out or swapped, whatever the case.
[[nodiscard]] std::vector<std::string> nearest(std::string_view word,
                                               const std::vector<std::string_view>& candidates,
                                               std::size_t limit = 3);

// "a", "a or b", "a, b or c".
[[nodiscard]] std::string either(const std::vector<std::string>& words);

}  // namespace custos::vault
