// SPDX-License-Identifier: GPL-3.0-or-later
// stdout: the answer, and nothing else. The only place in Custos that writes there.
//
// Text is made harmless on its way (cli/harmless.h); JSON is valid whatever is stored, and
// characters that could steer a terminal are written as \u escapes in it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/bytes.h"

namespace custos::cli {

// `hit` marks a place in a text: bold, or within « » where there is no colour.
enum class Style { plain, strong, faint, good, bad, warning, hit };

struct StyledText {
    std::string text;
    Style style = Style::plain;
};

enum class Headings { on_terminal, always };

struct Table {
    std::vector<std::string> columns;  // headings
    // Each as long as `columns`. Free text belongs into the last column: it is not padded.
    std::vector<std::vector<std::string>> rows;
    Headings headings = Headings::on_terminal;
    std::size_t numbers = 0;  // so many columns, the first ones, are aligned to the right
};

class Printer {
public:
    // Does not own the descriptor.
    Printer(int descriptor, bool colored, bool terminal);

    // One line, whatever is in the text.
    void line(std::string_view text, Style style = Style::plain);
    // One line of several pieces.
    void line_of(const std::vector<StyledText>& pieces, std::size_t indent = 0);
    // Several lines: line feeds are kept, every line is indented by `indent` spaces.
    void paragraph(std::string_view text, std::size_t indent = 0);
    void blank();
    // "name:   value" lines with the values under each other; empty values are left out.
    void fields(const std::vector<std::pair<std::string, std::string>>& pairs,
                std::size_t indent = 0);
    void table(const Table& table);
    // One JSON document (--json), or one object a line (--jsonl).
    void document(const nlohmann::json& document);
    void json_line(const nlohmann::json& object);
    // As it is: a completion script, an extracted file.
    void raw(ByteView bytes);
    void raw(std::string_view text) { raw(bytes_of(text)); }

    // Everything handed over is with the system after this. Throws Error{no_space} or Error{failed}
    // when it cannot be written: no answer may be lost behind exit status 0.
    void flush();
    // The same where another failure is being told already: one more is no news.
    void try_flush() noexcept;

    bool is_terminal() const noexcept { return terminal_; }
    // Whether the reader went away (EPIPE); then nobody wants to read about it either.
    bool reader_left() const noexcept { return reader_left_; }

private:
    void put(std::string_view text);

    int descriptor_;
    bool colored_;
    bool terminal_;
    bool reader_left_ = false;
    std::string waiting_;
};

// With the escape sequences of `style` around it if `colored`.
[[nodiscard]] std::string styled(std::string_view text, Style style, bool colored);

// As dump(2), or dump() on one line, with nothing in it that a terminal would obey.
enum class Layout { pages, line };
[[nodiscard]] std::string json_text(const nlohmann::json& json, Layout layout);

}  // namespace custos::cli
