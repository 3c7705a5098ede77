// SPDX-License-Identifier: GPL-3.0-or-later
// A second thread that does tasks one after the other, in the order in which they were given, while
// the first one prepares the next. Whatever the tasks use belongs to the second thread from the
// first put() until settle() returns.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace custos::vault {

class TaskThread {
public:
    // Tasks are handed over in batches. At most two wait or are being done, so that with the one
    // that is being filled no more than three batches, each with one task too many, are in memory.
    static constexpr std::size_t kBatchTasks = 64;
    static constexpr std::size_t kBatchBytes = 1024 * 1024;

    TaskThread();
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;
    ~TaskThread();  // tasks that were not begun are dropped

    // `size` is what the task holds, in bytes. May wait. Tasks throw std::exceptions; throws what
    // an earlier task threw; tasks after that one are dropped.
    void put(std::function<void()> task, std::size_t size);
    // Waits until every task is done. Throws what one of them threw.
    void settle();

private:
    using Batch = std::vector<std::function<void()>>;
    void hand_over();
    void run();

    Batch filling_;
    std::size_t filling_bytes_ = 0;

    std::mutex mutex_;
    std::condition_variable changed_;
    Batch waiting_;
    bool working_ = false;
    bool ended_ = false;
    std::exception_ptr failure_;
    std::thread thread_;  // last: starts when the rest is there
};

}  // namespace custos::vault
