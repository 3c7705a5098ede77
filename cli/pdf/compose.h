// SPDX-License-Identifier: GPL-3.0-or-later
// From a statement to pages: where each line of text, rule and code stands. A4, in points.
#pragma once

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
    const char* tag = "P";  // of PDF's structure: P, H1, H2; lines of one layout are one element
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

struct Page {
    std::vector<PlacedLine> words;
    std::vector<Bar> bars;  // rules, and the modules of the QR code
    std::vector<PlacedPicture> pictures;
};

// The pages hold pointers to the document's pictures.
[[nodiscard]] std::vector<Page> compose(const Document& document, Typesetter& typesetter);

}  // namespace custos::pdf
