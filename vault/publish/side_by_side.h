// SPDX-License-Identifier: GPL-3.0-or-later
// Two pieces of work at once, where there is enough of it.
#pragma once

#include <future>
#include <utility>

namespace custos::vault::publish {

enum class Work { small, large };

// Runs both, the second one in a thread of its own if the work is large. Both have ended when it
// returns, also when one of them throws; what it threw is thrown here.
template <class First, class Second>
void side_by_side(Work work, First first, Second second) {
    if (work == Work::small) {
        first();
        second();
        return;
    }
    // Its destructor waits, also when first() throws.
    std::future<void> other = std::async(std::launch::async, std::move(second));
    first();
    other.get();
}

}  // namespace custos::vault::publish
