// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in text, whichever way they are grouped: "+66 (0)81-234 56 78".
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/forms.h"

namespace custos::vault::publish {

// Finds known numbers: whole, by their last kNumberSuffix digits or more anywhere in a row of
// digits, and by their last five or six where those stand alone (fuzzy).
class NumberTable {
public:
    explicit NumberTable(std::vector<NumberForm> numbers);

    using Match = std::function<void(const NumberForm& number, Severity severity, std::size_t begin,
                                     std::size_t end)>;
    // Rows of digits that begin in the stretch, but for what stands before the letter `done`, which
    // is moved behind them. A row that began before the stretch may be found again.
    void find(const Folded& text, Stretch stretch, std::size_t& done, const Match& match) const;

private:
    void add(std::string_view digits, std::uint32_t number, std::size_t size);
    void find_in_row(const Folded& text, std::size_t begin, std::size_t end,
                     const Match& match) const;

    std::vector<NumberForm> numbers_;
    // By the last five, six and seven digits, as numbers with their count before them.
    std::unordered_multimap<std::uint32_t, std::uint32_t> by_suffix_;
};

}  // namespace custos::vault::publish
