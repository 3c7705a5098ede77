// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/printer.h"

#include <algorithm>
#include <cerrno>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/harmless.h"
#include "vault/os/file.h"

namespace custos::cli {
namespace {

constexpr std::size_t kWaitingMax = 64 * 1024;

std::string_view escape_of(Style style) {
    switch (style) {
        case Style::plain: return "";
        case Style::hit:
        case Style::strong: return "\x1b[1m";
        case Style::faint: return "\x1b[2m";
        case Style::good: return "\x1b[32m";
        case Style::bad: return "\x1b[31m";
        case Style::warning: return "\x1b[33m";
    }
    return "";
}

std::string padded(const std::string& text, std::size_t columns) {
    const std::size_t used = columns_of(text);
    return used < columns ? text + std::string(columns - used, ' ') : text;
}

}  // namespace

std::string styled(std::string_view text, Style style, bool colored) {
    if (!colored && style == Style::hit) return "«" + std::string(text) + "»";
    if (!colored || style == Style::plain) return std::string(text);
    return std::string(escape_of(style)) + std::string(text) + "\x1b[0m";
}

std::string json_text(const nlohmann::json& json, Layout layout) {
    using Json = nlohmann::json;
    const int indent = layout == Layout::pages ? 2 : -1;
    return harmless_json(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

Printer::Printer(int descriptor, bool colored, bool terminal)
    : descriptor_(descriptor), colored_(colored), terminal_(terminal) {}

void Printer::line(std::string_view text, Style style) {
    put(styled(harmless(text), style, colored_) + "\n");
}

void Printer::line_of(const std::vector<StyledText>& pieces, std::size_t indent) {
    std::string text(indent, ' ');
    for (const StyledText& piece : pieces)
        text += styled(harmless(piece.text), piece.style, colored_);
    put(text + "\n");
}

void Printer::paragraph(std::string_view text, std::size_t indent) {
    const std::string clean = harmless(text, LineFeeds::keep);
    std::string_view rest = clean;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        if (!line.empty()) put(std::string(indent, ' ') + std::string(line));
        put("\n");
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void Printer::blank() { put("\n"); }

void Printer::fields(const std::vector<std::pair<std::string, std::string>>& pairs,
                     std::size_t indent) {
    std::size_t widest = 0;
    for (const auto& [name, value] : pairs) {
        if (!value.empty()) widest = std::max(widest, columns_of(harmless(name)));
    }
    for (const auto& [name, value] : pairs) {
        if (value.empty()) continue;
        const std::string label = padded(harmless(name) + ":", widest + 2);
        put(std::string(indent, ' ') + styled(label, Style::faint, colored_));
        // Further lines of a long text stand under its first one.
        std::string text = harmless(value, LineFeeds::keep);
        const std::string under = "\n" + std::string(indent + widest + 2, ' ');
        for (std::size_t at = text.find('\n'); at != std::string::npos;
             at = text.find('\n', at + under.size())) {
            text.replace(at, 1, under);
        }
        put(text + "\n");
    }
}

void Printer::table(const Table& table) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> widths(table.columns.size(), 0);
    const auto add = [&](const std::vector<std::string>& cells) {
        std::vector<std::string> row;
        for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
            row.push_back(harmless(cells[i]));
            widths[i] = std::max(widths[i], columns_of(row.back()));
        }
        rows.push_back(std::move(row));
    };
    const bool headed = terminal_ || table.headings == Headings::always;
    if (headed) add(table.columns);
    for (const auto& row : table.rows) add(row);

    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::string text;
        for (std::size_t i = 0; i < rows[r].size(); ++i) {
            const bool last = i + 1 == rows[r].size();
            if (i < table.numbers) text += std::string(widths[i] - columns_of(rows[r][i]), ' ');
            text +=
                last ? rows[r][i] : padded(rows[r][i], i < table.numbers ? 0 : widths[i]) + "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        put(styled(text, headed && r == 0 ? Style::faint : Style::plain, colored_) + "\n");
    }
}

void Printer::document(const nlohmann::json& document) {
    put(json_text(document, Layout::pages) + "\n");
}

void Printer::json_line(const nlohmann::json& object) {
    put(json_text(object, Layout::line) + "\n");
}

void Printer::raw(ByteView bytes) { put(text_of(bytes)); }

void Printer::put(std::string_view text) {
    waiting_ += text;
    if (waiting_.size() >= kWaitingMax) flush();
}

void Printer::flush() {
    std::string_view rest = waiting_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const int error = errno;
            waiting_.clear();
            reader_left_ = error == EPIPE;
            vault::throw_system_error(error, "write", "the answer to stdout");
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    waiting_.clear();
}

void Printer::try_flush() noexcept {
    try {
        flush();
    } catch (const std::exception&) {
        waiting_.clear();
    }
}

}  // namespace custos::cli
