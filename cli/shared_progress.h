// SPDX-License-Identifier: GPL-3.0-or-later
// Progress of work that several threads do: they say how much more, in any order.
#pragma once

#include <mutex>

#include "cli/progress.h"

namespace custos::cli {

class SharedProgress {
public:
    explicit SharedProgress(Context& context) : progress_(context) {}

    void begin(const std::string& what, std::uint64_t total, Unit unit) {
        const std::lock_guard guard(mutex_);
        done_ = 0;
        progress_.stage(what, total, unit);
    }
    // Throws Error{interrupted} after Ctrl-C.
    void add(std::uint64_t more) {
        const std::lock_guard guard(mutex_);
        done_ += more;
        progress_.at(done_);
    }
    void end() { progress_.end(); }

private:
    std::mutex mutex_;
    std::uint64_t done_ = 0;
    Progress progress_;
};

}  // namespace custos::cli
