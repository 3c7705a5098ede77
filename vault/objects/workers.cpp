// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/workers.h"

#include <atomic>
#include <future>

namespace custos::vault {
namespace {

struct Pieces {
    std::atomic<std::uint64_t> next{0};
    std::uint64_t count;

    explicit Pieces(std::uint64_t all) : count(all) {}
    void stop() { next = count; }
};

// Stops the other threads when this one leaves by an exception.
class StopOthers {
public:
    explicit StopOthers(Pieces& pieces) : pieces_(pieces) {}
    StopOthers(const StopOthers&) = delete;
    StopOthers& operator=(const StopOthers&) = delete;
    ~StopOthers() { pieces_.stop(); }

private:
    Pieces& pieces_;
};

void take_pieces(Pieces& pieces, const std::function<Work()>& make_worker) {
    const StopOthers on_exit(pieces);
    const Work work = make_worker();
    for (;;) {
        const std::uint64_t index = pieces.next.fetch_add(1);
        if (index >= pieces.count) return;
        work(index);
    }
}

}  // namespace

void share_out(std::uint64_t count, const std::function<Work()>& make_worker) {
    Pieces pieces(count);
    if (count <= 1) {
        take_pieces(pieces, make_worker);
        return;
    }
    static_assert(kWorkers == 2, "one thread beside this one");
    // The future's destructor waits, so `pieces` outlives the thread whatever happens here.
    auto other = std::async(std::launch::async, [&] { take_pieces(pieces, make_worker); });
    take_pieces(pieces, make_worker);
    other.get();
}

}  // namespace custos::vault
