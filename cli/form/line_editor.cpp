// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/line_editor.h"

#include <algorithm>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "cli/harmless.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

constexpr std::size_t kSequenceMax = 32;
constexpr unsigned char kEscape = 0x1B;
constexpr unsigned char kDelete = 0x7F;
constexpr std::size_t kNarrowest = 8;  // columns for text, however long the prompt

// The bytes that a character with this first byte has, or 0 if none begins so.
std::size_t size_of_character(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

// The ends of grapheme clusters in `text`, without 0.
class Clusters {
public:
    explicit Clusters(std::string_view text) {
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::BreakIterator> breaks(
            icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        UText utf8 = UTEXT_INITIALIZER;
        utext_openUTF8(&utf8, text.data(), static_cast<std::int64_t>(text.size()), &status);
        if (breaks) breaks->setText(&utf8, status);
        if (U_SUCCESS(status) && breaks) {
            for (auto at = breaks->next(); at != icu::BreakIterator::DONE; at = breaks->next())
                ends_.push_back(static_cast<std::size_t>(at));
        }
        utext_close(&utf8);
        if (ends_.empty() && !text.empty()) ends_.push_back(text.size());
    }
    const std::vector<std::size_t>& ends() const { return ends_; }

private:
    std::vector<std::size_t> ends_;
};

}  // namespace

void LineEditor::begin(Pasting pasting, std::string present) {
    *this = LineEditor();
    pasting_ = pasting;
    present_ = std::move(present);
}

void LineEditor::insert(std::string_view text) {
    if (text_.size() + lines_size_ + text.size() > kLineSizeMax) {
        cut_ = true;
        return;
    }
    text_.insert(cursor_, text);
    cursor_ += text.size();
}

LineEditor::Event LineEditor::feed(std::string_view& bytes) {
    while (!bytes.empty()) {
        const char byte = bytes.front();
        bytes.remove_prefix(1);
        const Event event = take(byte);
        if (event != Event::none) return event;
    }
    return Event::none;
}

std::vector<std::string> LineEditor::take_lines() {
    std::vector<std::string> lines = std::move(lines_);
    lines.push_back(std::move(text_));
    return lines;
}

// ---- bytes -------------------------------------------------------------------------------------

LineEditor::Event LineEditor::take(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    switch (state_) {
        case State::escape:
            sequence_.clear();
            state_ = byte == '[' ? State::sequence : byte == 'O' ? State::single : State::text;
            return Event::none;
        case State::single: escape_ended(byte); return Event::none;
        case State::sequence:
            if (value >= 0x40 && value <= 0x7E) {
                escape_ended(byte);
            } else if (sequence_.size() < kSequenceMax) {
                sequence_ += byte;
            }
            return Event::none;
        case State::text: break;
    }
    if (value == kEscape) {
        character_.clear();
        state_ = State::escape;
        return Event::none;
    }
    if (in_paste_) {
        paste_byte(byte);
        return Event::none;
    }
    if (value < 0x20 || value == kDelete) return control(value);
    character_ += byte;
    flush_character();
    return Event::none;
}

void LineEditor::flush_character() {
    const std::size_t size = size_of_character(static_cast<unsigned char>(character_.front()));
    if (size != 0 && character_.size() < size) return;  // more is to come
    if (size != 0 && vault::is_utf8(character_)) {
        insert(character_);
    } else {
        cut_ = true;
    }
    character_.clear();
}

void LineEditor::paste_byte(char byte) {
    const bool second_half = byte == '\n' && after_carriage_return_;
    after_carriage_return_ = byte == '\r';
    if (second_half) return;
    if (byte == '\r' || byte == '\n') {
        line_feed_in_paste();
    } else if (byte == '\t' || (static_cast<unsigned char>(byte) >= 0x20 && byte != kDelete)) {
        character_ += byte;
        flush_character();
    }
}

void LineEditor::line_feed_in_paste() {
    character_.clear();
    if (pasting_ == Pasting::one_line) {
        if (cursor_ > 0 && text_[cursor_ - 1] != ' ') insert(" ");
        return;
    }
    lines_.push_back(text_.substr(0, cursor_));
    lines_size_ += cursor_ + 1;
    text_.erase(0, cursor_);
    cursor_ = 0;
}

void LineEditor::escape_ended(char last) {
    state_ = State::text;
    if (last == '~') {
        if (sequence_ == "200") in_paste_ = true;
        if (sequence_ == "201") {
            in_paste_ = false;
            after_carriage_return_ = false;
            character_.clear();
        }
        if (sequence_ == "3") erase(cursor_, after(cursor_));
        if (sequence_ == "1" || sequence_ == "7") cursor_ = 0;
        if (sequence_ == "4" || sequence_ == "8") cursor_ = text_.size();
        return;
    }
    if (in_paste_) return;
    switch (last) {
        case 'A':
            if (text_.empty()) insert(present_);
            break;
        case 'C': cursor_ = after(cursor_); break;
        case 'D': cursor_ = before(cursor_); break;
        case 'H': cursor_ = 0; break;
        case 'F': cursor_ = text_.size(); break;
        default: break;
    }
}

LineEditor::Event LineEditor::control(unsigned char byte) {
    character_.clear();
    const auto key = [](char letter) { return static_cast<unsigned char>(letter & 0x1F); };
    if (byte == '\r' || byte == '\n') return Event::entered;
    if (byte == '\t') {
        insert("\t");
    } else if (byte == key('D')) {
        if (text_.empty() && lines_.empty()) return Event::ended;
        erase(cursor_, after(cursor_));
    } else if (byte == kDelete || byte == key('H')) {
        erase(before(cursor_), cursor_);
    } else if (byte == key('U')) {
        erase(0, cursor_);
    } else if (byte == key('K')) {
        erase(cursor_, text_.size());
    } else if (byte == key('W')) {
        erase(word_before(cursor_), cursor_);
    } else if (byte == key('A')) {
        cursor_ = 0;
    } else if (byte == key('E')) {
        cursor_ = text_.size();
    } else if (byte == key('B')) {
        cursor_ = before(cursor_);
    } else if (byte == key('F')) {
        cursor_ = after(cursor_);
    } else if (byte == key('P') && text_.empty()) {
        insert(present_);
    }
    return Event::none;
}

// ---- moving ------------------------------------------------------------------------------------

void LineEditor::erase(std::size_t from, std::size_t to) {
    text_.erase(from, to - from);
    cursor_ = from;
}

std::size_t LineEditor::before(std::size_t at) const {
    if (at == 0) return 0;
    const Clusters clusters(std::string_view(text_).substr(0, at));
    const auto& ends = clusters.ends();
    return ends.size() < 2 ? 0 : ends[ends.size() - 2];
}

std::size_t LineEditor::after(std::size_t at) const {
    if (at == text_.size()) return at;
    return at + Clusters(std::string_view(text_).substr(at)).ends().front();
}

std::size_t LineEditor::word_before(std::size_t at) const {
    while (at > 0 && text_[at - 1] == ' ') --at;
    while (at > 0 && text_[at - 1] != ' ') --at;
    return at;
}

// ---- showing -----------------------------------------------------------------------------------

namespace {

// A tab would move the cursor by what only the terminal knows.
std::string printable(std::string_view text) {
    std::string shown = harmless(text, LineFeeds::keep);
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return shown;
}

// The end of `text` that fits into `columns`.
std::string_view last_part(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return text;
    const Clusters clusters(text);
    const auto& ends = clusters.ends();
    std::size_t from = text.size();
    std::size_t used = 0;
    for (std::size_t i = ends.size(); i-- > 0;) {
        const std::size_t start = i == 0 ? 0 : ends[i - 1];
        used += columns_of(text.substr(start, ends[i] - start));
        if (used > columns) break;
        from = start;
    }
    return text.substr(from);
}

}  // namespace

std::string LineEditor::shown(std::string_view prompt, std::size_t columns) const {
    const std::size_t taken = columns_of(prompt) + 2;
    const std::size_t room = columns > taken + kNarrowest ? columns - taken : kNarrowest;
    const std::string left_all = printable(std::string_view(text_).substr(0, cursor_));
    const std::string right_all = printable(std::string_view(text_).substr(cursor_));

    std::string_view left = left_all;
    const bool at_end = right_all.empty();
    const bool cut_left = columns_of(left_all) > (at_end ? room - 1 : room / 2 + room / 4);
    if (cut_left) left = last_part(left_all, at_end ? room - 2 : room / 2);
    const std::size_t used = columns_of(left) + (cut_left ? 1 : 0);

    std::string out = "\r\x1b[K" + std::string(prompt) + (cut_left ? "…" : "");
    out += left;
    if (at_end) return out;
    // The terminal keeps the place of the cursor, whatever it thinks of the width of letters.
    return out + "\x1b" + "7" + shortened(right_all, room > used ? room - used : 1) + "\x1b" + "8";
}

}  // namespace custos::cli
