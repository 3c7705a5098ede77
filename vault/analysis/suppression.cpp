// SPDX-License-Identifier: GPL-3.0-or-later
// A table is a graph: each row and each column is a node, each hidden count an edge between its
// two. With the totals taken as negative, every row and every column sums up to zero; so two tables
// that show the same differ by what goes round in circles: up at one count, down at the next. A
// hidden count can be computed exactly if no circle goes through its edge. An edge can be gone
// along in one direction always, and in the other unless its count is 1, which cannot go down.
#include "vault/analysis/suppression.h"

#include <optional>
#include <tuple>

namespace custos::vault::analysis {
namespace {

class Graph {
public:
    Graph(const CountTable& table, const std::vector<bool>& hidden) : table_(table) {
        edges_.resize(row_nodes() + table.width());
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            if (hidden[i]) add(i);
        }
    }

    void add(std::size_t index) {
        edges_[row_of(index)].push_back(index);
        edges_[column_of(index)].push_back(index);
    }

    [[nodiscard]] bool has_circle(std::size_t index) const {
        const bool up = can_pass(index, true) && leads(column_of(index), row_of(index), index);
        return up || (can_pass(index, false) && leads(row_of(index), column_of(index), index));
    }

private:
    // One column alone: its rows are free of each other, so they are one node.
    [[nodiscard]] std::size_t row_nodes() const {
        return table_.columns == 0 ? 1 : table_.rows + 1;
    }
    [[nodiscard]] std::size_t row_of(std::size_t index) const {
        return table_.columns == 0 ? 0 : index / table_.width();
    }
    [[nodiscard]] std::size_t column_of(std::size_t index) const {
        return row_nodes() + index % table_.width();
    }
    [[nodiscard]] bool is_negative(std::size_t index) const {
        const bool in_last_row = index / table_.width() == table_.rows;
        const bool in_last_column = index % table_.width() == table_.columns;
        return table_.columns == 0 ? in_last_row : in_last_row != in_last_column;
    }
    // From row to column the signed count goes up, from column to row it goes down.
    [[nodiscard]] bool can_pass(std::size_t index, bool from_row) const {
        const bool grows = from_row != is_negative(index);
        return grows || table_.counts[index] >= 2;
    }

    [[nodiscard]] bool leads(std::size_t from, std::size_t to, std::size_t without) const {
        std::vector<bool> seen(edges_.size(), false);
        std::vector<std::size_t> waiting = {from};
        seen[from] = true;
        while (!waiting.empty()) {
            const std::size_t node = waiting.back();
            waiting.pop_back();
            if (node == to) return true;
            const bool is_row = node < row_nodes();
            for (const std::size_t index : edges_[node]) {
                if (index == without || !can_pass(index, is_row)) continue;
                const std::size_t next = is_row ? column_of(index) : row_of(index);
                if (seen[next]) continue;
                seen[next] = true;
                waiting.push_back(next);
            }
        }
        return false;
    }

    const CountTable& table_;
    std::vector<std::vector<std::size_t>> edges_;  // of each node: rows, then columns
};

bool is_total(const CountTable& table, std::size_t index) {
    const bool in_last_row = index / table.width() == table.rows;
    const bool in_last_column = index % table.width() == table.columns;
    return in_last_row || (table.columns > 0 && in_last_column);
}

// The count to hide beside `index`: in its row or column before elsewhere, a plain one before a
// total, a small one before a large one.
std::optional<std::size_t> companion(const CountTable& table, const std::vector<bool>& hidden,
                                     std::size_t index) {
    std::optional<std::size_t> best;
    const auto far = [&](std::size_t i) {
        return i / table.width() != index / table.width() &&
               i % table.width() != index % table.width();
    };
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i] || table.counts[i] == 0) continue;
        const auto rank = [&](std::size_t j) {
            return std::tuple(far(j), is_total(table, j), table.counts[j]);
        };
        if (!best || rank(i) < rank(*best)) best = i;
    }
    return best;
}

}  // namespace

std::vector<bool> hidden_counts(const CountTable& table, std::uint64_t below) {
    std::vector<bool> hidden(table.counts.size(), false);
    for (std::size_t i = 0; i < hidden.size(); ++i)
        hidden[i] = table.counts[i] > 0 && table.counts[i] < below;
    Graph graph(table, hidden);
    // What is hidden beside a count must not be computable either: from it the count would follow.
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            while (hidden[i] && !graph.has_circle(i)) {
                const auto next = companion(table, hidden, i);
                if (!next) break;
                hidden[*next] = true;
                graph.add(*next);
                again = true;
            }
        }
    }
    return hidden;
}

bool can_be_computed(const CountTable& table, const std::vector<bool>& hidden, std::size_t index) {
    return !Graph(table, hidden).has_circle(index);
}

}  // namespace custos::vault::analysis
