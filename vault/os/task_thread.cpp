// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/task_thread.h"

#include <utility>

namespace custos::vault {

TaskThread::TaskThread() : thread_([this] { run(); }) {}

TaskThread::~TaskThread() {
    {
        const std::lock_guard guard(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void TaskThread::put(std::function<void()> task, std::size_t size) {
    filling_.push_back(std::move(task));
    filling_bytes_ += size;
    if (filling_.size() >= kBatchTasks || filling_bytes_ >= kBatchBytes) hand_over();
}

void TaskThread::hand_over() {
    filling_bytes_ = 0;
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [this] { return waiting_.empty(); });
    if (failure_) std::rethrow_exception(failure_);
    waiting_ = std::exchange(filling_, {});
    changed_.notify_all();
}

void TaskThread::settle() {
    if (!filling_.empty()) hand_over();
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [this] { return waiting_.empty() && !working_; });
    if (failure_) std::rethrow_exception(failure_);
}

void TaskThread::run() {
    std::unique_lock guard(mutex_);
    for (;;) {
        changed_.wait(guard, [this] { return ended_ || !waiting_.empty(); });
        if (ended_) return;
        Batch batch = std::exchange(waiting_, {});
        working_ = true;
        changed_.notify_all();
        guard.unlock();
        std::exception_ptr failure;
        try {
            for (auto& task : batch) {
                task();
                task = nullptr;  // what it held
            }
        } catch (const std::exception&) {
            failure = std::current_exception();
        }
        batch.clear();
        guard.lock();
        working_ = false;
        if (failure) failure_ = failure;
        if (failure_) waiting_.clear();
        changed_.notify_all();
    }
}

}  // namespace custos::vault
