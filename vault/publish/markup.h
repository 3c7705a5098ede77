// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a statement as CommonMark (with footnotes and tables): what may stand in it, and what
// becomes of it. Nothing in the result loads anything or leads anywhere: links become their text
// with the address behind it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

// A paragraph, heading, list, quotation, table or footnote, as plain text.
struct Block {
    std::string kind;
    std::string text;
};

struct Markup {
    std::string html;
    std::vector<Block> blocks;
};

// Raw HTML, images, links that are neither http, https nor mailto, and characters that hide text or
// turn its direction. One problem each, with its line.
[[nodiscard]] std::vector<Problem> markup_problems(std::string_view body);

// Whatever `body` is, the result is harmless; what markup_problems() names is left out of it.
// Error{refused} if it is longer than kBodyMax.
[[nodiscard]] Markup render_markup(std::string_view body);

}  // namespace custos::vault::publish
