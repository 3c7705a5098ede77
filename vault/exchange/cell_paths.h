// SPDX-License-Identifier: GPL-3.0-or-later
// Paths of a table's cells: steps with dots between them, positions in lists from 1 on, as in
// "names.1.text".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace custos::vault {

// Digits only.
[[nodiscard]] bool is_number(std::string_view text);

// What stands between the separators: at least one part, which may be empty.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view text,
                                                     std::string_view separator);

// "names.text" for "names.1.text": without positions, or with `instead` for each of them.
[[nodiscard]] std::string without_numbers(std::string_view path, std::string_view instead = {});

// Up to the last position in a list: "names.1" for "names.1.text"; empty if there is none.
[[nodiscard]] std::string item_of(const std::string& path);

// Of "tags.1" and "tags.3" the second becomes "tags.2": empty cells are no items. Sorts the cells
// (path, text) so that an item is made before the next one, if there are positions at all.
void close_gaps(std::vector<std::pair<std::string, std::string>>& cells);

}  // namespace custos::vault
