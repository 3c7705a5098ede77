// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/task_thread.h"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault {

TEST_CASE("a second thread does every task in order, and settle waits for all", "[vault][os]") {
    TaskThread second;
    std::vector<int> done;
    std::vector<std::thread::id> by;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 1000; ++i) {
            second.put(
                [&, number = round * 1000 + i] {
                    done.push_back(number);
                    by.push_back(std::this_thread::get_id());
                },
                100);
        }
        second.settle();
        REQUIRE(done.size() == static_cast<std::size_t>(round + 1) * 1000);
    }
    for (std::size_t i = 0; i < done.size(); ++i) REQUIRE(done[i] == static_cast<int>(i));
    CHECK(by.front() == by.back());
    CHECK(by.front() != std::this_thread::get_id());
}

TEST_CASE("large tasks are handed over before there are many", "[vault][os]") {
    TaskThread second;
    std::atomic<int> done = 0;
    second.put([&] { ++done; }, TaskThread::kBatchBytes);
    while (done == 0) std::this_thread::yield();  // would never end if it waited for more
    CHECK(done == 1);
}

TEST_CASE("what a task throws comes out once, and nothing after it is done", "[vault][os]") {
    int done = 0;
    TaskThread second;
    const auto work = [&] {
        for (int i = 0; i < 10'000; ++i) {
            second.put(
                [&, i] {
                    if (i == 100) throw std::runtime_error("full");
                    ++done;
                },
                1);
        }
        second.settle();
    };
    CHECK_THROWS_AS(work(), std::runtime_error);
    CHECK(done == 100);
    CHECK_THROWS_AS(second.settle(), std::runtime_error);
    CHECK(done == 100);
}

TEST_CASE("a second thread that is given up drops what it did not begin", "[vault][os]") {
    int done = 0;
    {
        TaskThread second;
        second.put([&] { ++done; }, 1);  // in a batch that was not handed over
    }
    CHECK(done == 0);
}

}  // namespace custos::vault
