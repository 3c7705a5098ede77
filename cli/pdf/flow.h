// SPDX-License-Identifier: GPL-3.0-or-later
// Where the next thing stands: one below the other, over pages, as elements of PDF's structure.
#pragma once

#include <cstddef>
#include <vector>

#include "cli/pdf/compose.h"

namespace custos::pdf {

// In points.
inline constexpr double kMargin = 62;
inline constexpr double kTop = 62;
inline constexpr double kRunningTop = 74;  // where text begins under a running header
inline constexpr double kBottom = kPageHeight - 70;
inline constexpr double kWidth = kPageWidth - 2 * kMargin;
inline constexpr double kRule = 0.45;  // grey of rules

// Something small that stands beside the first line: a number, a marker.
struct Beside {
    Layout layout;
    double x = 0;
    double grey = 0;
};

class Flow {
public:
    Flow() { pages.emplace_back(); }

    Page& page() { return pages.back(); }
    double room() const { return kBottom - y; }
    void new_page();
    void keep_room(double height);
    void gap(double height);  // not at the top of a page
    void rule(double thickness, double grey = kRule);

    void begin(const char* tag) { page().steps.emplace_back(Begin{tag}); }
    void end(const char* tag) { page().steps.emplace_back(End{tag}); }

    // A layout that may go on over pages, as one element, without single lines left behind.
    void put(const Layout& layout, double x, double grey, const char* tag,
             const std::vector<Beside>& beside = {});
    // The baseline of the layout's first line, on the page where put() will put it.
    double settle(const Layout& layout);
    // As an element of its own.
    void put_element(const char* tag, const Beside& each, double baseline);

    // The marker of an item in a list of this depth, from 1; what is put next is the item's body.
    void begin_item(std::size_t depth, const Beside& marker, double baseline);
    // Ends the lists that are deeper.
    void end_lists(std::size_t depth = 0);

    std::vector<Page> pages;
    double y = kTop;

private:
    std::size_t last_here(const std::vector<SetLine>& lines, std::size_t first) const;
    void put_lines(const Layout& layout, const std::vector<SetLine>& lines, std::size_t first,
                   std::size_t last, double x, double grey);
    void end_list_item();

    std::size_t lists_ = 0;  // that are open, each with an item
    bool has_body_ = false;  // the innermost item
};

}  // namespace custos::pdf
