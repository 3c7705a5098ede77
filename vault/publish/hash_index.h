// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers by hash, in chains: built once, never changed, small.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace custos::vault::publish {

class HashIndex {
public:
    struct Link {
        std::uint64_t hash = 0;  // well mixed: its upper bits choose the chain
        std::uint32_t value = 0;
        std::uint32_t next = 0;  // 0 for none
    };

    void build(const std::vector<Link>& all) {
        unsigned bits = 8;
        while ((std::size_t{1} << bits) < all.size()) ++bits;
        shift_ = 64 - bits;
        heads_.assign(std::size_t{1} << bits, 0);
        links_.reserve(all.size() + 1);
        for (Link link : all) {
            std::uint32_t& head = heads_[link.hash >> shift_];
            link.next = head;
            head = static_cast<std::uint32_t>(links_.size());
            links_.push_back(link);
        }
    }

    bool empty() const { return links_.size() == 1; }

    template <class Visit>
    void each(std::uint64_t hash, Visit visit) const {
        if (heads_.empty()) return;
        for (std::uint32_t i = heads_[hash >> shift_]; i != 0; i = links_[i].next) {
            if (links_[i].hash == hash) visit(links_[i].value);
        }
    }

private:
    std::vector<Link> links_ = {Link{}};  // the first stands for none
    std::vector<std::uint32_t> heads_;
    unsigned shift_ = 0;
};

}  // namespace custos::vault::publish
