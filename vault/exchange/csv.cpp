// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/csv.h"

#include <algorithm>
#include <array>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/utf8.h"
#include "vault/exchange/escape.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

constexpr int kEnd = -1;
constexpr auto kDelimiters = std::to_array<std::pair<std::string_view, char>>(
    {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}});

// What begins a formula for some spreadsheet program, full-width forms included. (A carriage return
// does too, and is escaped.)
bool begins_formula(char32_t point) {
    switch (point) {
        case U'=':
        case U'+':
        case U'-':
        case U'@':
        case U'\t':
        case U'\n':
        case U'\uFF1D':
        case U'\uFF0B':
        case U'\uFF0D':
        case U'\uFF20': return true;
        default: return false;
    }
}

// Whether the text, behind apostrophes and spaces, would be taken for a formula.
bool is_formula(std::string_view text) {
    while (text.starts_with('\'')) text.remove_prefix(1);
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.empty()) return false;
    const std::optional<char32_t> first = crypto::take_code_point(text);
    return first && begins_formula(*first);
}

// "-100.50" is a number for everybody.
bool is_negative_number(std::string_view text) {
    if (!text.starts_with('-') || text.size() < 2) return false;
    text.remove_prefix(1);
    const auto digits = [&] {
        const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end > 0;
    };
    if (!digits()) return false;
    if (!text.starts_with('.')) return text.empty();
    text.remove_prefix(1);
    return digits() && text.empty();
}

std::string escaped(char32_t point) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string digits;
    for (int shift = 20; shift >= 0; shift -= 4) {
        const auto digit = static_cast<std::size_t>(point >> shift & 0xF);
        if (!digits.empty() || digit != 0) digits += kHex[digit];
    }
    return "\\u{" + (digits.empty() ? "0" : digits) + "}";
}

// Takes "\u{202E}" off the front; only what armoured() writes.
std::optional<char32_t> take_escape(std::string_view& rest) {
    if (!rest.starts_with("\\u{")) return std::nullopt;
    const std::size_t end = rest.find('}');
    if (end == std::string_view::npos || end < 4 || end > 9) return std::nullopt;
    char32_t point = 0;
    for (const char c : rest.substr(3, end - 3)) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'A' || c > 'F')) return std::nullopt;
        point = point * 16 + static_cast<char32_t>(digit ? c - '0' : c - 'A' + 10);
    }
    if (!steers(point) && point != U'\\') return std::nullopt;
    rest.remove_prefix(end + 1);
    return point;
}

}  // namespace

char delimiter_named(std::string_view text) {
    for (const auto& [name, delimiter] : kDelimiters) {
        if (text == name || text == std::string_view(&delimiter, 1)) return delimiter;
    }
    return '\0';
}

std::string armoured(std::string_view text) {
    std::string out;
    if (is_formula(text) && !is_negative_number(text)) out += '\'';
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> point = crypto::take_code_point(text);
        if (!point) {  // not text: nothing to keep
            text.remove_prefix(1);
            out += '?';
        } else if (steers(*point) || (*point == U'\\' && before.starts_with("\\u{"))) {
            out += escaped(*point);
        } else {
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

std::string plain(std::string_view cell) {
    if (cell.starts_with('\'') && is_formula(cell)) cell.remove_prefix(1);
    std::string out;
    while (!cell.empty()) {
        const std::size_t next = std::min(cell.find("\\u{"), cell.size());
        out += cell.substr(0, next);
        cell.remove_prefix(next);
        if (cell.empty()) break;
        if (const std::optional<char32_t> point = take_escape(cell)) {
            crypto::append_utf8(out, *point);
        } else {
            out += cell.front();
            cell.remove_prefix(1);
        }
    }
    return out;
}

std::string csv_row(const std::vector<std::string>& cells, char delimiter) {
    std::string row;
    for (const std::string& text : cells) {
        if (&text != &cells.front()) row += delimiter;
        const std::string cell = armoured(text);
        // Whatever the delimiter: another program may think that it is another one.
        const bool bare = !cell.starts_with("sep=") && !cell.starts_with("SEP=") &&
                          cell.find_first_of("\",;\t\r\n") == std::string::npos &&
                          !cell.starts_with(' ') && !cell.ends_with(' ');
        if (bare) {
            row += cell;
            continue;
        }
        row += '"';
        for (const char c : cell) row += c == '"' ? "\"\"" : std::string(1, c);
        row += '"';
    }
    return row + "\r\n";
}

// ---- reading -----------------------------------------------------------------------------------

CsvReader::CsvReader(const Source& source, const CsvOptions& options)
    : text_(source, options.encoding), wanted_(options.delimiter) {
    rewind();
}

void CsvReader::rewind() {
    text_.rewind();
    buffer_.clear();
    at_ = 0;
    next_line_ = 1;
    line_ = 0;
    settle_delimiter();
}

void CsvReader::refuse(std::size_t line, const std::string& why, const std::string& hint) const {
    throw Error{ErrorCode::usage,
                "cannot read the table at line " + std::to_string(line) + ": " + why, hint};
}

bool CsvReader::more() {
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t before = buffer_.size();
    while (text_.read(buffer_)) {
        if (buffer_.size() > before) return true;
    }
    return buffer_.size() > before;
}

// The next character, or kEnd.
int CsvReader::peek() {
    if (at_ == buffer_.size() && !more()) return kEnd;
    return static_cast<unsigned char>(buffer_[at_]);
}

// By the first line "sep=;", by what was asked for, or by what the first row holds most of.
void CsvReader::settle_delimiter() {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find_first_of("\r\n")) == std::string::npos &&
           buffer_.size() <= kRowSizeMax && more()) {
    }
    const std::string_view first = std::string_view(buffer_).substr(0, end);
    if (first.size() == 5 && (first.starts_with("sep=") || first.starts_with("SEP="))) {
        delimiter_ = first[4];
        at_ = end == std::string::npos ? buffer_.size() : end;
        end_line();
    } else {
        std::array<std::size_t, kDelimiters.size()> counts{};
        bool quoted = false;
        for (const char c : first) {
            if (c == '"') quoted = !quoted;
            for (std::size_t i = 0; i < counts.size(); ++i) {
                if (!quoted && c == kDelimiters[i].second) ++counts[i];
            }
        }
        const auto most = std::max_element(counts.begin(), counts.end());
        delimiter_ = kDelimiters[static_cast<std::size_t>(most - counts.begin())].second;
    }
    if (wanted_ != '\0') delimiter_ = wanted_;
    if (delimiter_named(std::string_view(&delimiter_, 1)) == '\0')
        refuse(1, "its delimiter is none of comma, semicolon and tab");
}

// Over CR, LF or both.
void CsvReader::end_line() {
    const int c = peek();
    if (c == '\r') ++at_;
    if (peek() == '\n') ++at_;
    if (c != kEnd) ++next_line_;
}

void CsvReader::read_quoted(std::string& cell) {
    const std::size_t begun = next_line_;
    ++at_;
    for (;;) {
        const int c = peek();
        if (c == kEnd) refuse(begun, "a quote is opened and never closed");
        if (c == '"') {
            ++at_;
            if (peek() != '"') return;
            cell += '"';
            ++at_;
        } else if (c == '\r' || c == '\n') {
            cell += '\n';
            end_line();
        } else {
            const std::size_t end = std::min(buffer_.find_first_of("\"\r\n", at_), buffer_.size());
            cell.append(buffer_, at_, end - at_);
            at_ = end;
        }
        if (cell.size() > kCellSizeMax)
            refuse(begun, "a cell longer than 1 MiB", "is a quote missing there?");
    }
}

void CsvReader::read_bare(std::string& cell) {
    const std::array<char, 3> ends = {delimiter_, '\r', '\n'};
    for (;;) {
        const int c = peek();
        if (c == kEnd || c == '\r' || c == '\n' || c == static_cast<unsigned char>(delimiter_))
            return;
        const std::size_t end = std::min(
            buffer_.find_first_of(std::string_view(ends.data(), ends.size()), at_), buffer_.size());
        cell.append(buffer_, at_, end - at_);
        at_ = end;
        if (cell.size() > kCellSizeMax) refuse(next_line_, "a cell longer than 1 MiB");
    }
}

// False at the end of the file.
bool CsvReader::read_row() {
    if (peek() == kEnd) return false;
    line_ = next_line_;
    row_size_ = 0;
    cells_.clear();
    for (;;) {
        if (cells_.size() == kColumnsMax) refuse(line_, "more than 2,000 cells in a row");
        std::string& cell = cells_.emplace_back();
        if (peek() == '"') {
            read_quoted(cell);
        } else {
            read_bare(cell);
        }
        row_size_ += cell.size();
        if (row_size_ > kRowSizeMax) refuse(line_, "a row longer than 8 MiB");
        if (!is_utf8(cell)) {
            refuse(line_, "it is not UTF-8",
                   "say in which encoding it was saved, such as --encoding windows-1252, or save "
                   "it as \"CSV UTF-8\"");
        }
        const int c = peek();
        if (c == static_cast<unsigned char>(delimiter_)) {
            ++at_;
        } else if (c == kEnd || c == '\r' || c == '\n') {
            end_line();
            return true;
        } else {
            refuse(next_line_, "something stands behind the quote that ends a cell",
                   "a quote inside a cell in quotes is written twice");
        }
    }
}

bool CsvReader::next() {
    while (read_row()) {
        const bool blank = std::all_of(cells_.begin(), cells_.end(), [](const std::string& cell) {
            return cell.find_first_not_of(" \t\n") == std::string::npos;
        });
        if (!blank) return true;
    }
    return false;
}

}  // namespace custos::vault
