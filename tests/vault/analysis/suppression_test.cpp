// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/suppression.h"

#include <functional>
#include <random>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::analysis {
namespace {

CountTable with_totals(std::size_t rows, std::size_t columns,
                       const std::vector<std::uint64_t>& inner) {
    CountTable table{rows, columns, {}};
    if (columns == 0) {
        table.counts = inner;
        std::uint64_t total = 0;
        for (const auto count : inner) total += count;
        table.counts.push_back(total);
        return table;
    }
    table.counts.assign((rows + 1) * (columns + 1), 0);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            const auto count = inner[r * columns + c];
            table.counts[r * table.width() + c] = count;
            table.counts[r * table.width() + columns] += count;
            table.counts[rows * table.width() + c] += count;
            table.counts.back() += count;
        }
    }
    return table;
}

// Every table of counts that shows the same as `table`: what a reader can think of. Hidden counts
// are at least 1 and, to end, at most `most`.
void each_candidate(const CountTable& table, const std::vector<bool>& hidden, std::uint64_t most,
                    const std::function<void(const CountTable&)>& visit) {
    const std::size_t inner_columns = table.columns == 0 ? 1 : table.columns;
    std::vector<std::uint64_t> inner(table.rows * inner_columns);
    const std::function<void(std::size_t)> fill = [&](std::size_t at) {
        if (at == inner.size()) {
            const CountTable candidate = with_totals(table.rows, table.columns, inner);
            for (std::size_t i = 0; i < hidden.size(); ++i) {
                if (hidden[i] ? candidate.counts[i] == 0 : candidate.counts[i] != table.counts[i])
                    return;
            }
            visit(candidate);
            return;
        }
        const std::size_t index =
            table.columns == 0 ? at : at / table.columns * table.width() + at % table.columns;
        if (!hidden[index]) {
            inner[at] = table.counts[index];
            return fill(at + 1);
        }
        for (std::uint64_t value = 1; value <= most; ++value) {
            inner[at] = value;
            fill(at + 1);
        }
    };
    fill(0);
}

std::vector<bool> truly_open(const CountTable& table, const std::vector<bool>& hidden,
                             std::uint64_t most) {
    std::vector<bool> open(hidden.size(), false);
    each_candidate(table, hidden, most, [&](const CountTable& candidate) {
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (candidate.counts[i] != table.counts[i]) open[i] = true;
        }
    });
    return open;
}

}  // namespace

TEST_CASE("hidden_counts hides a second count where a total would give the first away",
          "[analysis][suppression]") {
    const auto table = with_totals(3, 0, {2, 20, 7});

    CHECK(hidden_counts(table, 5) == std::vector<bool>{true, false, true, false});
    CHECK(hidden_counts(table, 0) == std::vector<bool>(4, false));
    CHECK(hidden_counts(table, 1) == std::vector<bool>(4, false));
    CHECK(hidden_counts(table, 2) == std::vector<bool>(4, false));
}

TEST_CASE("hidden_counts shows zeros and hides small totals", "[analysis][suppression]") {
    CHECK(hidden_counts(with_totals(2, 0, {0, 3}), 5) == std::vector<bool>{false, true, true});
    CHECK(hidden_counts(with_totals(2, 0, {0, 30}), 5) == std::vector<bool>(3, false));
}

TEST_CASE("hidden_counts sees that two ones with their sum are known", "[analysis][suppression]") {
    // 1 + 1 = 2 tells both; the third must go as well, or the total.
    const auto table = with_totals(3, 0, {1, 1, 9});
    const auto hidden = hidden_counts(table, 5);
    CHECK(hidden == std::vector<bool>{true, true, true, false});
    CHECK(can_be_computed(table, {true, true, false, false}, 0));
}

TEST_CASE("hidden_counts leaves nothing to compute in a cross table", "[analysis][suppression]") {
    const auto table = with_totals(3, 3, {1, 10, 12, 20, 30, 40, 9, 8, 50});
    const auto hidden = hidden_counts(table, 5);
    CHECK(hidden[0]);
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i]) CHECK_FALSE(can_be_computed(table, hidden, i));
    }
}

TEST_CASE("hidden_counts withstands a reader who tries every table", "[analysis][suppression]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 400; ++round) {
        const std::size_t rows = 1 + random() % 3;
        const std::size_t columns = random() % 3;
        const std::uint64_t most = 4;
        std::vector<std::uint64_t> inner(rows * (columns == 0 ? 1 : columns));
        for (auto& count : inner) count = random() % (most + 1);
        const auto table = with_totals(rows, columns, inner);
        const std::uint64_t below = 2 + random() % 3;
        CAPTURE(rows, columns, inner, below);

        const auto hidden = hidden_counts(table, below);

        // Larger counts than were drawn are needed to see every doubt: 2 more than the largest.
        const auto open = truly_open(table, hidden, most + 2);
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            if (table.counts[i] > 0 && table.counts[i] < below) REQUIRE(hidden[i]);
            if (hidden[i]) {
                REQUIRE(open[i]);
                REQUIRE_FALSE(can_be_computed(table, hidden, i));
            }
        }
    }
}

TEST_CASE("can_be_computed agrees with trying every table", "[analysis][suppression]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 400; ++round) {
        const std::size_t rows = 1 + random() % 3;
        const std::size_t columns = random() % 3;
        std::vector<std::uint64_t> inner(rows * (columns == 0 ? 1 : columns));
        for (auto& count : inner) count = random() % 4;
        const auto table = with_totals(rows, columns, inner);
        std::vector<bool> hidden(table.counts.size());
        for (std::size_t i = 0; i < hidden.size(); ++i)
            hidden[i] = table.counts[i] > 0 && random() % 2 == 0;
        CAPTURE(rows, columns, inner, hidden);

        const auto open = truly_open(table, hidden, 7);

        for (std::size_t i = 0; i < hidden.size(); ++i) {
            if (hidden[i]) REQUIRE(can_be_computed(table, hidden, i) == !open[i]);
        }
    }
}

}  // namespace custos::vault::analysis
