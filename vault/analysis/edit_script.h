// SPDX-License-Identifier: GPL-3.0-or-later
// The shortest way from one sequence to another by leaving out and putting in: Myers' greedy
// algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986). Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace custos::vault::analysis {

enum class Edit : std::uint8_t { keep, remove, add };

// Beyond so many changes the middle is said to be replaced as a whole: still true, not the
// shortest. Bounds time and memory (some 8 MiB) whatever the texts.
inline constexpr std::size_t kEditsMax = 1000;

// The ways that Myers' search has come, one row for each number of changes.
class EditSearch {
public:
    // Whether at most kEditsMax changes lead from `before` to `after` items.
    template <class Equal>
    bool run(std::int64_t before, std::int64_t after, const Equal& equal) {
        rows_.clear();
        const auto most =
            std::min<std::int64_t>(before + after, static_cast<std::int64_t>(kEditsMax));
        std::vector<std::int64_t> furthest(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&](std::int64_t diagonal) -> std::int64_t& {
            return furthest[static_cast<std::size_t>(diagonal + most + 1)];
        };
        for (std::int64_t changes = 0; changes <= most; ++changes) {
            for (std::int64_t k = -changes; k <= changes; k += 2) {
                const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
                std::int64_t x = down ? at(k + 1) : at(k - 1) + 1;
                while (x < before && x - k < after && x - k >= 0 &&
                       equal(static_cast<std::size_t>(x), static_cast<std::size_t>(x - k))) {
                    ++x;
                }
                at(k) = x;
                if (x >= before && x - k >= after) {
                    keep_row(furthest, changes, most);
                    return true;
                }
            }
            keep_row(furthest, changes, most);
        }
        return false;
    }

    // After run() returned true.
    [[nodiscard]] std::vector<Edit> edits(std::int64_t before, std::int64_t after) const {
        std::vector<Edit> reversed;
        std::int64_t x = before;
        std::int64_t y = after;
        for (auto changes = static_cast<std::int64_t>(rows_.size()) - 1; changes > 0; --changes) {
            const auto& row = rows_[static_cast<std::size_t>(changes - 1)];
            const auto at = [&](std::int64_t diagonal) {
                return row.at(static_cast<std::size_t>(diagonal + changes - 1));
            };
            const std::int64_t k = x - y;
            const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
            const std::int64_t from_x = down ? at(k + 1) : at(k - 1);
            const std::int64_t from_y = from_x - (down ? k + 1 : k - 1);
            for (const std::int64_t step_x = from_x + (down ? 0 : 1); x > step_x; --x) {
                reversed.push_back(Edit::keep);
            }
            reversed.push_back(down ? Edit::add : Edit::remove);
            x = from_x;
            y = from_y;
        }
        for (; x > 0; --x) reversed.push_back(Edit::keep);
        return {reversed.rbegin(), reversed.rend()};
    }

private:
    void keep_row(const std::vector<std::int64_t>& furthest, std::int64_t changes,
                  std::int64_t most) {
        const std::ptrdiff_t middle = most + 1;
        rows_.emplace_back(furthest.begin() + middle - changes,
                           furthest.begin() + middle + changes + 1);
    }

    std::vector<std::vector<std::int64_t>> rows_;  // row d: diagonals -d to d
};

// equal(i, j): whether item i of the first sequence is item j of the second. In the answer the
// keeps and removes are the first sequence in order, the keeps and adds the second.
template <class Equal>
[[nodiscard]] std::vector<Edit> edit_script(std::size_t before, std::size_t after,
                                            const Equal& equal) {
    std::size_t head = 0;
    while (head < before && head < after && equal(head, head)) ++head;
    std::size_t tail = 0;
    while (tail < before - head && tail < after - head &&
           equal(before - 1 - tail, after - 1 - tail)) {
        ++tail;
    }
    const std::size_t left = before - head - tail;
    const std::size_t right = after - head - tail;

    std::vector<Edit> script(head, Edit::keep);
    EditSearch search;
    const auto shifted = [&](std::size_t i, std::size_t j) { return equal(head + i, head + j); };
    if (search.run(static_cast<std::int64_t>(left), static_cast<std::int64_t>(right), shifted)) {
        const auto middle =
            search.edits(static_cast<std::int64_t>(left), static_cast<std::int64_t>(right));
        script.insert(script.end(), middle.begin(), middle.end());
    } else {
        script.insert(script.end(), left, Edit::remove);
        script.insert(script.end(), right, Edit::add);
    }
    script.insert(script.end(), tail, Edit::keep);
    return script;
}

}  // namespace custos::vault::analysis
