// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a statement as CommonMark (with footnotes and tables): what may stand in it, and what
// becomes of it. Nothing in the result loads anything or leads anywhere: links become their text
// with the address behind it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

// Words of one look.
struct Span {
    std::string text;
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool note = false;  // the number of a footnote
};
using Spans = std::vector<Span>;

// A paragraph of a block: an item of a list, a row of a table, else all there is.
struct Line {
    std::size_t depth = 0;     // of lists and quotations around it
    std::string marker;        // of a list: "1." or "-"
    std::vector<Spans> cells;  // more than one in a table
    bool header = false;       // of a table
};

// What a court can be shown by itself: a paragraph, heading, list, quotation, table or footnote.
struct Block {
    std::string kind;
    std::size_t number = 0;  // from 1, as it is printed and disclosed; 0: headings and footnotes
    std::size_t level = 0;   // of a heading, 1 to 6
    std::string text;        // all of it, one line a Line
    std::string html;
    std::vector<Line> lines;
};

struct Markup {
    std::string html;
    std::vector<Block> blocks;
};

// Whether it holds a character that hides text or turns its direction.
[[nodiscard]] bool hides_text(std::string_view text);

// Raw HTML, images, links that are neither http, https nor mailto, and characters that hide text or
// turn its direction. One problem each, with its line.
[[nodiscard]] std::vector<Problem> markup_problems(std::string_view body);

// Whatever `body` is, the result is harmless; what markup_problems() names is left out of it. Words
// in a script that is not that of `language` say so in the HTML.
// Error{refused} if it is longer than kBodyMax.
[[nodiscard]] Markup render_markup(std::string_view body, std::string_view language = "en");

}  // namespace custos::vault::publish
