// SPDX-License-Identifier: GPL-3.0-or-later
// Text set by Pango: fonts, languages, directions; which characters no font has.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

#include "cli/pdf/document.h"

namespace custos::pdf {

struct Unref {
    void operator()(gpointer object) const { g_object_unref(object); }
};
using Layout = std::shared_ptr<PangoLayout>;

enum class Face { serif, sans, mono };

struct Look {
    Face face = Face::serif;
    double size = 10.5;  // points
    bool strong = false;
    double leading = 1.06;  // of the font's own line height
    double grey = 0.0;      // 0 black, 1 white
};

// A line of a layout, measured from the layout's top.
struct SetLine {
    int number = 0;
    double top = 0;
    double bottom = 0;
    double baseline = 0;
    double left = 0;
};

class Typesetter {
public:
    Typesetter();

    // `language` is BCP 47. Text stands where its own direction begins: a paragraph that runs the
    // other way turns by itself.
    Layout set(const Spans& spans, const Look& look, double width, const std::string& language,
               bool right_to_left);
    Layout set(const std::string& text, const Look& look, double width, const std::string& language,
               bool right_to_left);

    // On that side, whichever way its text runs.
    enum class Side { left, right };
    static void align(const Layout& layout, Side side);

    static std::vector<SetLine> lines_of(const Layout& layout);
    static double height_of(const Layout& layout);

    // Characters that no installed font has, of all that was set.
    const std::set<char32_t>& missing() const { return missing_; }

private:
    void note_missing(PangoLayout* layout);

    using Context = std::unique_ptr<PangoContext, Unref>;
    // One for each, because Pango asks a layout's context for its direction again when it is drawn.
    Context left_to_right_;
    Context right_to_left_;
    std::set<char32_t> missing_;
};

}  // namespace custos::pdf
