// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/cell_paths.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace custos::vault {
namespace {

// A position in a list; nothing for what is none.
std::optional<std::size_t> position_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (!is_number(text) || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// By steps, numbers by their value: an item is made before the next one.
bool natural(const std::string& a, const std::string& b) {
    const auto left = parts_of(a, ".");
    const auto right = parts_of(b, ".");
    for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
        if (left[i] == right[i]) continue;
        if (is_number(left[i]) && is_number(right[i]) && left[i].size() != right[i].size())
            return left[i].size() < right[i].size();
        return left[i] < right[i];
    }
    return left.size() < right.size();
}

}  // namespace

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + separator.size());
    }
}

std::string without_numbers(std::string_view path, std::string_view instead) {
    std::string out;
    for (const std::string_view step : parts_of(path, ".")) {
        const std::string_view written = is_number(step) ? instead : step;
        if (written.empty()) continue;
        if (!out.empty()) out += '.';
        out += written;
    }
    return out;
}

std::string item_of(const std::string& path) {
    std::size_t end = path.size();
    while (end > 0) {
        const std::size_t dot = path.rfind('.', end - 1);
        if (dot == std::string::npos) return {};
        if (is_number(std::string_view(path).substr(dot + 1, end - dot - 1)))
            return path.substr(0, end);
        end = dot;
    }
    return {};
}

void close_gaps(std::vector<std::pair<std::string, std::string>>& cells) {
    std::map<std::string, std::set<std::size_t>> used;
    for (const auto& [path, value] : cells) {
        std::string before;
        for (const std::string_view step : parts_of(path, ".")) {
            if (const auto number = position_in(step)) used[before].insert(*number);
            before += "." + std::string(step);
        }
    }
    if (used.empty()) return;
    for (auto& [path, value] : cells) {
        std::string before;
        std::string renumbered;
        for (const std::string_view step : parts_of(path, ".")) {
            std::string written(step);
            if (const auto number = position_in(step)) {
                const auto& numbers = used[before];
                const auto at = numbers.find(*number);
                written = std::to_string(std::distance(numbers.begin(), at) + 1);
            }
            renumbered += (renumbered.empty() ? "" : ".") + written;
            before += "." + std::string(step);
        }
        path = renumbered;
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto& a, const auto& b) { return natural(a.first, b.first); });
}

}  // namespace custos::vault
