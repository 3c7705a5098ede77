// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/flow.h"

#include <algorithm>

namespace custos::pdf {
namespace {

constexpr std::size_t kFewestLines = 2;  // of a paragraph on either side of a page break

}  // namespace

void Flow::new_page() {
    pages.emplace_back();
    y = kRunningTop;
}

void Flow::keep_room(double height) {
    if (room() < height && y > kRunningTop) new_page();
}

void Flow::gap(double height) {
    if (y > kRunningTop) y += height;
}

void Flow::rule(double thickness, double grey) {
    page().bars.push_back({kMargin, y, kWidth, thickness, grey});
    y += thickness;
}

// Up to which line the rest from `first` on stands on this page; `first` if it has to begin on the
// next one.
std::size_t Flow::last_here(const std::vector<SetLine>& lines, std::size_t first) const {
    std::size_t last = first;
    while (last < lines.size() && lines[last].bottom - lines[first].top <= room()) ++last;
    const std::size_t left = lines.size() - last;
    if (left == 0) return last;
    if (left < kFewestLines && last - first > kFewestLines) last = lines.size() - kFewestLines;
    const bool too_few = last - first < std::min(kFewestLines, lines.size() - first);
    if (too_few && y > kRunningTop) return first;
    return std::max(last, first + 1);
}

double Flow::settle(const Layout& layout) {
    const std::vector<SetLine> lines = Typesetter::lines_of(layout);
    if (last_here(lines, 0) == 0) new_page();
    return y + lines[0].baseline - lines[0].top;
}

// What holds text holds no element and stays on its page: a paragraph with a number, or over two
// pages, has spans.
void Flow::put(const Layout& layout, double x, double grey, const char* tag,
               const std::vector<Beside>& beside) {
    const double baseline = settle(layout);
    const std::vector<SetLine> lines = Typesetter::lines_of(layout);
    const bool in_parts = !beside.empty() || last_here(lines, 0) < lines.size();
    begin(tag);
    for (const Beside& each : beside) put_element("Span", each, baseline);
    for (std::size_t first = 0; first < lines.size();) {
        const std::size_t last = last_here(lines, first);
        if (in_parts) begin("Span");
        put_lines(layout, lines, first, last, x, grey);
        if (in_parts) end("Span");
        first = last;
        if (first < lines.size()) new_page();
    }
    end(tag);
}

void Flow::put_lines(const Layout& layout, const std::vector<SetLine>& lines, std::size_t first,
                     std::size_t last, double x, double grey) {
    const double top = lines[first].top;
    for (std::size_t i = first; i < last; ++i) {
        page().steps.emplace_back(PlacedLine{layout, lines[i].number, x + lines[i].left,
                                             y + lines[i].baseline - top, grey});
    }
    y += lines[last - 1].bottom - top;
}

void Flow::put_element(const char* tag, const Beside& each, double baseline) {
    const std::vector<SetLine> lines = Typesetter::lines_of(each.layout);
    begin(tag);
    page().steps.emplace_back(
        PlacedLine{each.layout, 0, each.x + lines[0].left, baseline, each.grey});
    end(tag);
}

void Flow::end_list_item() {
    if (has_body_) end("LBody");
    end("LI");
}

void Flow::end_lists(std::size_t depth) {
    for (; lists_ > depth; --lists_) {
        end_list_item();
        end("L");
        has_body_ = true;  // of the item around it
    }
}

void Flow::begin_item(std::size_t depth, const Beside& marker, double baseline) {
    end_lists(depth);
    if (lists_ == depth) {
        end_list_item();
        begin("LI");
    }
    for (; lists_ < depth; ++lists_) {
        if (lists_ > 0 && !has_body_) begin("LBody");
        begin("L");
        begin("LI");
        has_body_ = false;
    }
    put_element("Lbl", marker, baseline);
    begin("LBody");
    has_body_ = true;
}

}  // namespace custos::pdf
