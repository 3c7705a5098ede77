// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pieces.h"

#include <algorithm>

namespace custos::vault::publish {
namespace {

// Bytes. With its letters, edges and starts a piece is less than half of a small second-level
// cache.
constexpr std::size_t kPiece = 64u * 1024;

}  // namespace

Pieces::Pieces(Folder& folder, Folded& folded, std::string_view text, Range span, Reading reading,
               std::size_t behind)
    : folder_(folder),
      folded_(folded),
      text_(text),
      span_(span),
      reading_(reading),
      behind_(behind),
      at_(span.first) {
    folded_.clear();
}

bool Pieces::next() {
    if (is_last_) return false;
    folded_.drop(stretch_.last);
    stretch_ = {};
    while (stretch_.last == 0 && !is_last_) {
        if (!is_all_folded()) {
            const std::size_t end = next_gap(text_, std::min(at_ + kPiece, text_.size()));
            readings_differ_ =
                folder_.fold_on(text_, at_, end, reading_, folded_) || readings_differ_;
            at_ = end;
        }
        choose_stretch();
    }
    return stretch_.last != 0;
}

void Pieces::choose_stretch() {
    const auto& starts = folded_.starts;
    // Of the span, and with enough behind it.
    const auto stop =
        std::partition_point(starts.begin(), starts.end(),
                             [&](const Folded::Start& start) { return start.source < span_.last; });
    const auto known =
        is_all_folded()
            ? starts.end()
            : std::partition_point(starts.begin(), starts.end(), [&](const Folded::Start& start) {
                  return start.letter + behind_ <= folded_.size();
              });
    is_last_ = is_all_folded() || (stop != starts.end() && stop <= known);
    stretch_.last = static_cast<std::size_t>(std::min(stop, known) - starts.begin());
    while (!is_last_ && stretch_.last > 0 &&
           (stretch_.last == starts.size() ||
            folded_.edge(starts[stretch_.last].letter) != Edge::hard))
        --stretch_.last;
}

}  // namespace custos::vault::publish
