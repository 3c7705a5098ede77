// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/line_editor.h"

#include <catch2/catch_test_macros.hpp>

#include "cli/harmless.h"

using namespace custos::cli;

namespace {

using Event = LineEditor::Event;
using Pasting = LineEditor::Pasting;

// What a line is after these bytes and Enter.
std::vector<std::string> typed(std::string bytes, Pasting pasting = Pasting::one_line,
                               std::string present = {}) {
    LineEditor editor;
    editor.begin(pasting, std::move(present));
    bytes += "\r";
    std::string_view rest = bytes;
    REQUIRE(editor.feed(rest) == Event::entered);
    CHECK(rest.empty());
    return editor.take_lines();
}

std::string line(const std::string& bytes) { return typed(bytes).back(); }

constexpr const char* kLeft = "\x1b[D";
constexpr const char* kKhmer = "សុខ ដារា";

}  // namespace

TEST_CASE("letters of every script are taken, whole and in parts", "[cli][line-editor]") {
    CHECK(line("abc") == "abc");
    CHECK(line(kKhmer) == kKhmer);
    CHECK(line("ชัยชนะ မြန်မာ 𐍈") == "ชัยชนะ မြန်မာ 𐍈");

    LineEditor editor;
    editor.begin(Pasting::one_line);
    for (const char c : std::string(kKhmer)) {
        const std::string byte(1, c);
        std::string_view rest = byte;
        CHECK(editor.feed(rest) == Event::none);
    }
    CHECK(editor.text() == kKhmer);
}

TEST_CASE("one Backspace takes a whole cluster", "[cli][line-editor]") {
    CHECK(line("abc\x7f") == "ab");
    CHECK(line("\x7f\x7f") == "");
    CHECK(line("e\xCC\x81\x7f") == "");                  // e and a combining acute
    CHECK(line(std::string("ខ្មែរ") + "\x7f") == "ខ្មែ");  // the last letter
    CHECK(line(std::string("နိုင်\x7f\x7f")).size() < std::string("နိုင်").size());
    CHECK(line("👩‍👩‍👧\x7f") == "");
}

TEST_CASE("the cursor moves and text goes where it stands", "[cli][line-editor]") {
    CHECK(line(std::string("acd") + kLeft + kLeft + "b") == "abcd");
    CHECK(line("bcd\x1b[Ha\x1b[Fe") == "abcde");
    CHECK(line("bcd\x01"
               "a\x05"
               "e") == "abcde");
    CHECK(line(std::string("abc") + kLeft + "\x1b[3~") == "ab");
    CHECK(line("one two three\x17") == "one two ");
    CHECK(line("one two\x15three") == "three");
    CHECK(line(std::string("abc") + kLeft + "\x0b") == "ab");
}

TEST_CASE("Up brings the present answer into an empty line", "[cli][line-editor]") {
    CHECK(typed("\x1b[A", Pasting::one_line, "Grey Heron").back() == "Grey Heron");
    CHECK(typed("\x1b[A\x7f", Pasting::one_line, "Grey Heron").back() == "Grey Hero");
    CHECK(typed("x\x1b[A", Pasting::one_line, "Grey Heron").back() == "x");
}

TEST_CASE("a paste is text, whatever is in it", "[cli][line-editor]") {
    const std::string paste = "\x1b[200~first\rsecond\r\n.\nlast\x1b[201~";

    CHECK(typed(paste) == std::vector<std::string>{"first second . last"});
    CHECK(typed(paste, Pasting::many_lines) ==
          std::vector<std::string>{"first", "second", ".", "last"});
    CHECK(typed("a" + paste + "b", Pasting::many_lines) ==
          std::vector<std::string>{"afirst", "second", ".", "lastb"});
    CHECK(line("\x1b[200~\x03\x04\x15"
               "a\x1b[A\x1b]0;title\x07 b\x1b[201~") == "a0;title b");
}

TEST_CASE("what ends a line leaves what follows it", "[cli][line-editor]") {
    LineEditor editor;
    editor.begin(Pasting::one_line);
    std::string_view bytes = "one\rtwo\r";
    CHECK(editor.feed(bytes) == Event::entered);
    CHECK(editor.take_lines() == std::vector<std::string>{"one"});
    CHECK(bytes == "two\r");

    editor.begin(Pasting::one_line);
    bytes = "\x04rest";
    CHECK(editor.feed(bytes) == Event::ended);
    CHECK(bytes == "rest");
}

TEST_CASE("bytes that are no text are not taken, and it is noticed", "[cli][line-editor]") {
    LineEditor editor;
    editor.begin(Pasting::one_line);
    std::string_view bytes = "a\xff\xc3(b\xed\xa0\x80";
    CHECK(editor.feed(bytes) == Event::none);
    CHECK(editor.was_cut());
    CHECK(editor.text().find('\xff') == std::string::npos);

    editor.begin(Pasting::one_line);
    const std::string longest(kLineSizeMax, 'x');
    bytes = longest;
    CHECK(editor.feed(bytes) == Event::none);
    CHECK_FALSE(editor.was_cut());
    bytes = "y";
    CHECK(editor.feed(bytes) == Event::none);
    CHECK(editor.was_cut());
    CHECK(editor.text().size() == kLineSizeMax);
}

TEST_CASE("a line is shown on one row, around the cursor", "[cli][line-editor]") {
    LineEditor editor;
    editor.begin(Pasting::one_line);
    CHECK(editor.shown("title> ", 80) == "\r\x1b[Ktitle> ");
    editor.insert("abc");
    CHECK(editor.shown("title> ", 80) == "\r\x1b[Ktitle> abc");

    std::string_view bytes = kLeft;
    (void)editor.feed(bytes);
    CHECK(editor.shown("title> ", 80) ==
          "\r\x1b[Ktitle> ab\x1b"
          "7c\x1b"
          "8");

    for (const std::string& letter : {std::string("x"), std::string("ខ្មែរ"), std::string("中")}) {
        editor.begin(Pasting::one_line);
        for (int i = 0; i < 300; ++i) editor.insert(letter);
        for (int back = 0; back < 320; ++back) {
            std::string shown = editor.shown("title> ", 80);
            for (const char* sequence : {"\r\x1b[K",
                                         "\x1b"
                                         "7",
                                         "\x1b"
                                         "8"}) {
                const std::size_t at = shown.find(sequence);
                if (at != std::string::npos) shown.erase(at, std::string(sequence).size());
            }
            CHECK(columns_of(shown) <= 79);
            bytes = kLeft;
            (void)editor.feed(bytes);
        }
    }
}
