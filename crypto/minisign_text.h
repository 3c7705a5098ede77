// SPDX-License-Identifier: GPL-3.0-or-later
// What all of minisign's files are made of: comment lines and base64 lines. For
// crypto/minisign*.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace custos::crypto::minisign {

// In keys of both kinds and in signatures over the file itself.
inline constexpr std::string_view kAlgorithm = "Ed";

// Exactly `count` lines, without their ends. As minisign does, a carriage return at the end of a
// line is taken as part of that end and the last line may lack one; unlike it, nothing may follow.
[[nodiscard]] std::optional<std::vector<std::string_view>> lines_of(std::string_view text,
                                                                    std::size_t count);

// Valid UTF-8 without control characters, tabs excepted.
[[nodiscard]] bool is_comment(std::string_view text);

// What stands behind `prefix`; nothing if it is absent, too long or not a comment.
[[nodiscard]] std::optional<std::string_view> comment_in(std::string_view line,
                                                         std::string_view prefix,
                                                         std::size_t size_max);

}  // namespace custos::crypto::minisign
