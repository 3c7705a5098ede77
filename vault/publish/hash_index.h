// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers by hash: built once, never changed, small, and quickest to say that there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace custos::vault::publish {

class HashIndex {
public:
    struct Link {
        std::uint64_t hash = 0;  // well mixed: its upper bits choose the bucket
        std::uint32_t value = 0;
    };

    void build(const std::vector<Link>& all) {
        if (all.empty()) return;
        unsigned bits = 8;
        while ((std::size_t{2} << bits) < all.size()) ++bits;
        bucket_shift_ = 64 - bits;
        filter_shift_ = bucket_shift_ - kFilterBits;
        filter_.assign((std::size_t{1} << (bits + kFilterBits)) / 64, 0);
        ends_.assign((std::size_t{1} << bits) + 1, 0);
        for (const Link& link : all) {
            const std::uint64_t bit = link.hash >> filter_shift_;
            filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
            ++ends_[(link.hash >> bucket_shift_) + 1];
        }
        for (std::size_t i = 1; i < ends_.size(); ++i) ends_[i] += ends_[i - 1];
        // Each bucket is filled from its end on, so that `ends_` becomes its beginning.
        entries_.resize(all.size());
        for (const Link& link : all) {
            entries_[--ends_[(link.hash >> bucket_shift_) + 1]] = {
                static_cast<std::uint32_t>(link.hash), link.value};
        }
        ends_.push_back(static_cast<std::uint32_t>(all.size()));
    }

    bool empty() const { return entries_.empty(); }

    // Whether there may be one.
    bool may_have(std::uint64_t hash) const {
        if (filter_.empty()) return false;
        const std::uint64_t bit = hash >> filter_shift_;
        return (filter_[bit / 64] >> (bit % 64) & 1) != 0;
    }

    template <class Visit>
    void each(std::uint64_t hash, Visit visit) const {
        if (!may_have(hash)) return;
        const std::size_t bucket = (hash >> bucket_shift_) + 1;
        const auto check = static_cast<std::uint32_t>(hash);
        for (std::uint32_t i = ends_[bucket]; i < ends_[bucket + 1]; ++i) {
            if (entries_[i].check == check) visit(entries_[i].value);
        }
    }

    // Whether one suits.
    template <class Suits>
    bool has(std::uint64_t hash, Suits suits) const {
        if (!may_have(hash)) return false;
        const std::size_t bucket = (hash >> bucket_shift_) + 1;
        const auto check = static_cast<std::uint32_t>(hash);
        for (std::uint32_t i = ends_[bucket]; i < ends_[bucket + 1]; ++i) {
            if (entries_[i].check == check && suits(entries_[i].value)) return true;
        }
        return false;
    }

private:
    struct Entry {
        std::uint32_t check = 0;  // the lower half of the hash
        std::uint32_t value = 0;
    };
    static constexpr unsigned kFilterBits = 4;  // so many more than buckets

    std::vector<std::uint64_t> filter_;  // one bit a hash
    std::vector<std::uint32_t> ends_;    // [i + 1]: where bucket i begins, [i + 2]: where it ends
    std::vector<Entry> entries_;
    unsigned bucket_shift_ = 0;
    unsigned filter_shift_ = 0;
};

}  // namespace custos::vault::publish
