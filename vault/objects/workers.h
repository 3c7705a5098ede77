// SPDX-License-Identifier: GPL-3.0-or-later
// Independent pieces of work, shared out to a few threads.
#pragma once

#include <cstdint>
#include <functional>

namespace custos::vault {

// Two: one piece waits for the disk while another is computed; more memory would be worth little.
inline constexpr unsigned kWorkers = 2;

using Work = std::function<void(std::uint64_t index)>;

// Does the work of 0 to count - 1, each once, in any order. `make_worker` is called in every thread
// for its own state. Throws what a worker threw first; the others stop after their piece.
void share_out(std::uint64_t count, const std::function<Work()>& make_worker);

}  // namespace custos::vault
