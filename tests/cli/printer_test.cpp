// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/printer.h"

#include <array>
#include <csignal>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/progress.h"
#include "crypto/error.h"

using namespace custos;
using namespace custos::cli;

namespace {

// What a printer writes, by way of a pipe.
class Paper {
public:
    explicit Paper(bool terminal = false) {
        REQUIRE(pipe(ends_.data()) == 0);
        printer = Printer(ends_[1], false, terminal);
    }
    ~Paper() {
        close(ends_[0]);
        close(ends_[1]);
    }
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    std::string text() {
        printer.flush();
        std::array<char, 4096> buffer{};
        const ssize_t size = read(ends_[0], buffer.data(), buffer.size());
        return {buffer.data(), static_cast<std::size_t>(size)};
    }

    Printer printer{-1, false, false};

private:
    std::array<int, 2> ends_{};
};

}  // namespace

TEST_CASE("printer writes a line whatever is in the text", "[cli][printer]") {
    Paper paper;
    paper.printer.line("a\nb\x1b[1m");
    CHECK(paper.text() == "a\\u{a}b\\u{1b}[1m\n");
}

TEST_CASE("printer puts values and their further lines under each other", "[cli][printer]") {
    Paper paper;
    paper.printer.fields({{"id", "P-1"}, {"summary", "one\ntwo"}, {"empty", ""}});
    CHECK(paper.text() == "id:      P-1\nsummary: one\n         two\n");
}

TEST_CASE("printer aligns tables and shows headings on a terminal only", "[cli][printer]") {
    const Table table{{"ID", "TITLE"}, {{"P-1", "one"}, {"张伟", "two"}, {"x", ""}}};
    Paper plain;
    plain.printer.table(table);
    CHECK(plain.text() == "P-1   one\n张伟  two\nx\n");
    Paper terminal(true);
    terminal.printer.table(table);
    CHECK(terminal.text() == "ID    TITLE\nP-1   one\n张伟  two\nx\n");
}

TEST_CASE("printer marks a hit with and without colour", "[cli][printer]") {
    CHECK(styled("van", Style::hit, true) == "\x1b[1mvan\x1b[0m");
    CHECK(styled("van", Style::hit, false) == "«van»");
}

TEST_CASE("printer indents every line of a paragraph", "[cli][printer]") {
    Paper paper;
    paper.printer.paragraph("one\n\ntwo", 2);
    CHECK(paper.text() == "  one\n\n  two\n");
}

TEST_CASE("printer writes JSON on one line or on several", "[cli][printer]") {
    Paper paper;
    paper.printer.json_line({{"b", 1}, {"a", "\u202e"}});
    CHECK(paper.text() == "{\"a\":\"\\u202e\",\"b\":1}\n");
    paper.printer.document({{"a", 1}});
    CHECK(paper.text() == "{\n  \"a\": 1\n}\n");
    paper.printer.json_line({{"a", "\xff"}});
    CHECK(paper.text() == "{\"a\":\"\ufffd\"}\n");
}

TEST_CASE("printer says that a full disk lost the answer", "[cli][printer]") {
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    REQUIRE(full >= 0);
    Printer printer(full, false, false);
    printer.line("answer");
    try {
        printer.flush();
        FAIL("it was written to /dev/full");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::no_space);
    }
    CHECK_FALSE(printer.reader_left());
    CHECK_NOTHROW(printer.flush());
    close(full);
}

TEST_CASE("printer notices that its reader left", "[cli][printer]") {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    close(ends[0]);
    Printer printer(ends[1], false, false);
    printer.line("answer");
    CHECK_THROWS_AS(printer.flush(), Error);
    CHECK(printer.reader_left());
    close(ends[1]);
}

TEST_CASE("amounts and durations are written for people", "[cli][progress]") {
    CHECK(amount_text(0, Unit::items) == "0");
    CHECK(amount_text(999, Unit::items) == "999");
    CHECK(amount_text(1'234'567, Unit::items) == "1,234,567");
    CHECK(amount_text(1023, Unit::bytes) == "1023 B");
    CHECK(amount_text(1024, Unit::bytes) == "1.0 KiB");
    CHECK(amount_text(1'048'575, Unit::bytes) == "1023.9 KiB");
    CHECK(amount_text(1'048'576, Unit::bytes) == "1.0 MiB");
    CHECK(amount_text(5'368'709'120, Unit::bytes) == "5.0 GiB");
    CHECK(duration_text(59) == "59 s");
    CHECK(duration_text(125) == "2 min 5 s");
    CHECK(duration_text(7260) == "2 h 1 min");
}
