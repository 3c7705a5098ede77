// SPDX-License-Identifier: GPL-3.0-or-later
// Folded text word by word, with what is known about each different word: texts repeat their words,
// and most words are nobody's name.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/rolling.h"

namespace custos::vault::publish {

// From one hard edge of a text to the next one.
struct Word {
    std::size_t start = 0;  // its index in Folded::starts
    std::size_t next = 0;   // that of the word behind it
    std::size_t begin = 0;  // its letters
    std::size_t end = 0;
    std::uint64_t hash = 0;  // of its letters

    std::size_t size() const { return end - begin; }
    // No edge within.
    bool is_whole() const { return next == start + 1; }
};

[[nodiscard]] inline Word word_at(const Folded& text, std::size_t start) {
    Word word;
    word.start = start;
    word.next = start + 1;
    while (word.next < text.starts.size() &&
           text.edges[text.starts[word.next].letter] != Edge::hard)
        ++word.next;
    word.begin = text.starts[start].letter;
    word.end = word.next < text.starts.size() ? text.starts[word.next].letter : text.size();
    word.hash = hash_of_letters(text.letters.data() + word.begin, word.size());
    return word;
}

// A few bits for each different word, by 56 bits of its hash: of ten million texts with a hundred
// thousand different words, one has two that are taken for one. May forget what it was told.
class WordMemo {
public:
    using Bits = std::uint8_t;

    WordMemo() { clear(); }
    void clear() {
        used_ = 0;
        slots_.assign(kSlotsMin, 0);
    }
    // Zero for a word that is new.
    Bits of(std::uint64_t hash) const { return static_cast<Bits>(slots_[place_of(hash)]); }
    // Not zero.
    void set(std::uint64_t hash, Bits bits) {
        std::uint64_t& slot = slots_[place_of(hash)];
        const bool is_new = slot == 0;
        slot = (hash & ~kBits) | bits;
        if (is_new && ++used_ * 3 > slots_.size() * 2) grow();
    }
    // Before it is asked for.
    void fetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[at(hash)]); }

private:
    static constexpr std::size_t kSlotsMin = 1024;
    static constexpr std::size_t kSlotsMax = std::size_t{1} << 23;  // 64 MiB; then all is forgotten
    static constexpr std::uint64_t kBits = 0xFF;

    std::size_t at(std::uint64_t hash) const { return (hash >> 8) & (slots_.size() - 1); }
    // Where it stands, or may be put.
    std::size_t place_of(std::uint64_t hash) const {
        std::size_t place = at(hash);
        while (slots_[place] != 0 && ((slots_[place] ^ hash) & ~kBits) != 0)
            place = (place + 1) & (slots_.size() - 1);
        return place;
    }
    void grow() {
        if (slots_.size() == kSlotsMax) return clear();
        std::vector<std::uint64_t> old(slots_.size() * 2, 0);
        old.swap(slots_);
        for (const std::uint64_t each : old) {
            if (each != 0) slots_[place_of(each)] = each;
        }
    }

    std::vector<std::uint64_t> slots_;  // the bits in the lowest byte; 0: empty
    std::size_t used_ = 0;
};

// The words that begin in the stretch, which begins and ends where words do. They are split some
// ahead, so that what is known about them is at hand when their turn comes.
template <class Visit>
void each_word(const Folded& text, Stretch stretch, const WordMemo& memo, Visit visit) {
    std::array<Word, 32> ahead;
    for (std::size_t start = stretch.first; start < stretch.last;) {
        std::size_t count = 0;
        for (; count < ahead.size() && start < stretch.last; ++count) {
            ahead[count] = word_at(text, start);
            memo.fetch(ahead[count].hash);
            start = ahead[count].next;
        }
        std::for_each_n(ahead.begin(), count, visit);
    }
}

}  // namespace custos::vault::publish
