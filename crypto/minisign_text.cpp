// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/minisign_text.h"

#include "crypto/minisign.h"
#include "crypto/utf8.h"

namespace custos::crypto::minisign {

std::optional<std::vector<std::string_view>> lines_of(std::string_view text, std::size_t count) {
    if (text.size() > kFileSizeMax) return std::nullopt;
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        if (lines.size() == count) return std::nullopt;
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.push_back(line);
    }
    if (lines.size() != count) return std::nullopt;
    return lines;
}

bool is_comment(std::string_view text) {
    return all_code_points(text,
                           [](char32_t point) { return point == U'\t' || !is_control(point); });
}

std::optional<std::string_view> comment_in(std::string_view line, std::string_view prefix,
                                           std::size_t size_max) {
    if (line.substr(0, prefix.size()) != prefix) return std::nullopt;
    line.remove_prefix(prefix.size());
    if (line.size() > size_max || !is_comment(line)) return std::nullopt;
    return line;
}

}  // namespace custos::crypto::minisign
