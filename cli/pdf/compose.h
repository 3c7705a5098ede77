// SPDX-License-Identifier: GPL-3.0-or-later
// From a statement to pages: where each line of text, rule and code stands. A4, in points.
#pragma once

#include <variant>
#include <vector>

#include "cli/pdf/document.h"
#include "cli/pdf/typeset.h"

namespace custos::pdf {

inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.890;

// One line of a layout at its baseline.
struct PlacedLine {
    Layout layout;
    int line = 0;
    double x = 0;
    double y = 0;
    double grey = 0;
};

struct Bar {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double grey = 0;
};

// Upright, scaled into this rectangle.
struct PlacedPicture {
    const Picture* picture = nullptr;  // of the document
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

// An element of PDF's structure (ISO 32000-1, 14.8.4) begins or ends. Elements lie within each
// other and may go on over pages, but what holds text or a picture holds no element, and ends on
// the page that it began on.
struct Begin {
    const char* tag;
};
struct End {
    const char* tag;
};
using Step = std::variant<Begin, End, PlacedLine, PlacedPicture>;

struct Page {
    std::vector<Bar> bars;         // rules, and the modules of the QR code
    std::vector<PlacedLine> edge;  // what is on every page: no part of the text
    std::vector<Step> steps;       // in the order of reading
};

// The pages hold pointers to the document's pictures.
[[nodiscard]] std::vector<Page> compose(const Document& document, Typesetter& typesetter);

}  // namespace custos::pdf
