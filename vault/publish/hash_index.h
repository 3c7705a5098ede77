// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers by hash: built once, never changed, small, and quickest to say that there is none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace custos::vault::publish {

// Says quickly that a hash is none of those that were added, which it does nearly always.
class HashFilter {
public:
    // For so many hashes. Well mixed: their upper bits are used.
    void make_for(std::size_t count) {
        unsigned bits = 8;
        while ((std::size_t{1} << bits) < count) ++bits;
        shift_ = 64 - bits - kBits;
        words_.assign((std::size_t{1} << (bits + kBits)) / 64, 0);
    }
    void add(std::uint64_t hash) {
        const std::uint64_t bit = hash >> shift_;
        words_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
    bool may_have(std::uint64_t hash) const {
        if (words_.empty()) return false;
        const std::uint64_t bit = hash >> shift_;
        return (words_[bit / 64] >> (bit % 64) & 1) != 0;
    }

private:
    static constexpr unsigned kBits = 4;  // a hash, as a power of two

    std::vector<std::uint64_t> words_;
    unsigned shift_ = 0;
};

class HashIndex {
public:
    struct Link {
        std::uint64_t hash = 0;  // well mixed: its upper bits choose the bucket
        std::uint32_t value = 0;
    };

    // At most 2^28, so that the upper half of a hash is enough to choose a bucket.
    void build(const std::vector<Link>& all) {
        if (all.empty()) return;
        unsigned bits = 8;
        while ((std::size_t{2} << bits) < all.size()) ++bits;
        bucket_shift_ = 64 - bits;
        filter_.make_for(std::size_t{1} << bits);
        ends_.assign((std::size_t{1} << bits) + 1, 0);
        for (const Link& link : all) {
            filter_.add(link.hash);
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
    bool may_have(std::uint64_t hash) const { return filter_.may_have(hash); }

    template <class Visit>
    void each(std::uint64_t hash, Visit visit) const {
        if (!may_have(hash)) return;
        const std::size_t bucket = (hash >> bucket_shift_) + 1;
        const auto check = static_cast<std::uint32_t>(hash);
        for (std::uint32_t i = ends_[bucket]; i < ends_[bucket + 1]; ++i) {
            if (entries_[i].check == check) visit(entries_[i].value);
        }
    }

    // The same by the upper half of the hash alone: `visit` is given the lower half of what was
    // added, which may say something of its own, and the value. Some that are visited were added
    // with another upper half.
    template <class Visit>
    void each_like(std::uint64_t hash, Visit visit) const {
        if (!may_have(hash)) return;
        const std::size_t bucket = (hash >> bucket_shift_) + 1;
        for (std::uint32_t i = ends_[bucket]; i < ends_[bucket + 1]; ++i)
            visit(entries_[i].check, entries_[i].value);
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

    HashFilter filter_;
    std::vector<std::uint32_t> ends_;  // [i + 1]: where bucket i begins, [i + 2]: where it ends
    std::vector<Entry> entries_;
    unsigned bucket_shift_ = 0;
};

}  // namespace custos::vault::publish
