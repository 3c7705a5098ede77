// SPDX-License-Identifier: GPL-3.0-or-later
// One line being typed on a terminal that sends keys: pure, bytes in and text out.
//
// It moves and erases by grapheme cluster (ICU), so that one Backspace takes a Khmer or Burmese
// syllable's last cluster and never half a character. A bracketed paste is text, whatever is in it:
// its line feeds end no question. Keys that are not known do nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/check.h"

namespace custos::cli {

inline constexpr std::size_t kLineSizeMax = vault::kTextSizeMax;  // bytes; the rest is not taken

class LineEditor {
public:
    enum class Pasting { one_line, many_lines };
    enum class Event {
        none,     // more bytes are needed
        entered,  // Enter: lines() has what was typed, one line or several that were pasted
        ended,    // Ctrl-D on an empty line
    };

    // Begins a line. `present` is brought in by Up (or Ctrl-P).
    void begin(Pasting pasting, std::string present = {});
    // Puts text at the cursor, as if it had been typed.
    void insert(std::string_view text);

    // Takes bytes as the terminal sends them, up to an event; what follows it stays in `bytes`.
    Event feed(std::string_view& bytes);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t cursor() const { return cursor_; }  // a byte offset
    // Complete lines of a paste, and the line itself.
    [[nodiscard]] std::vector<std::string> take_lines();
    [[nodiscard]] std::size_t whole_lines() const { return lines_.size(); }
    // Whether something could not be taken since begin(): too long, or no text.
    [[nodiscard]] bool was_cut() const { return cut_; }

    // What to write so that the terminal shows the line after `prompt`, on one row of `columns`,
    // with the cursor in its place; a longer line is shown in part, around the cursor.
    [[nodiscard]] std::string shown(std::string_view prompt, std::size_t columns) const;

private:
    Event take(char byte);
    Event control(unsigned char byte);
    void escape_ended(char last);
    void paste_byte(char byte);
    void line_feed_in_paste();
    void flush_character();
    void erase(std::size_t from, std::size_t to);
    [[nodiscard]] std::size_t before(std::size_t at) const;
    [[nodiscard]] std::size_t after(std::size_t at) const;
    [[nodiscard]] std::size_t word_before(std::size_t at) const;

    enum class State { text, escape, sequence, single };
    State state_ = State::text;
    std::string sequence_;   // of an escape sequence: parameters so far
    std::string character_;  // bytes of a character that is not complete
    bool in_paste_ = false;
    bool after_carriage_return_ = false;
    Pasting pasting_ = Pasting::one_line;
    std::string present_;
    std::string text_;
    std::size_t cursor_ = 0;
    std::vector<std::string> lines_;
    std::size_t lines_size_ = 0;
    bool cut_ = false;
};

}  // namespace custos::cli
