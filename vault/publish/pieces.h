// SPDX-License-Identifier: GPL-3.0-or-later
// A long text, folded piece by piece, so that what is looked at stays in the processor's cache.
// Every place is looked at once, with as much of the text behind it as a match needs.
#pragma once

#include <cstddef>
#include <string_view>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

class Pieces {
public:
    // Of `span` in `text`, before and behind which gaps stand, with `behind` letters behind each
    // place, taken from behind the span if need be. `folded` is overwritten.
    Pieces(Folder& folder, Folded& folded, std::string_view text, Range span, Reading reading,
           std::size_t behind);

    // Goes on to the next piece; whether there is one.
    bool next();
    // What begins in it; the first and the first behind it are beginnings of words.
    Stretch stretch() const { return stretch_; }
    // Whether the other reading of what was folded up to now may differ.
    bool readings_differ() const { return readings_differ_; }

private:
    bool is_all_folded() const { return at_ == text_.size(); }
    void choose_stretch();

    Folder& folder_;
    Folded& folded_;
    std::string_view text_;
    Range span_;
    Reading reading_;
    std::size_t behind_;
    std::size_t at_;  // so far the text is folded
    Stretch stretch_;
    bool is_last_ = false;
    bool readings_differ_ = false;
};

}  // namespace custos::vault::publish
