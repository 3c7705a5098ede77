// SPDX-License-Identifier: GPL-3.0-or-later
// Which counts of a table may not be shown, so that no small one can be read or computed. Pure.
//
// Counts from 1 to one below the bound are small. Hiding them alone is not enough: a row with its
// total gives one hidden cell away. So further ones are hidden until no hidden count follows from
// what is shown, for a reader who also knows that a hidden count is not 0 (zeros are shown).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace custos::vault::analysis {

// Counts with their totals: row `rows` is the totals of the columns, column `columns` those of the
// rows. With `columns` 0 there is one column, of plain counts, and its total in the last row.
struct CountTable {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<std::uint64_t> counts;  // (rows + 1) * (columns + 1), row by row

    [[nodiscard]] std::size_t width() const { return columns + 1; }
};

// As many as counts. Nothing is hidden for a bound of 0 or 1.
[[nodiscard]] std::vector<bool> hidden_counts(const CountTable& table, std::uint64_t below);

// Whether the count at `index`, which is hidden, follows from those that are not.
[[nodiscard]] bool can_be_computed(const CountTable& table, const std::vector<bool>& hidden,
                                   std::size_t index);

}  // namespace custos::vault::analysis
