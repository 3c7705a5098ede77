// SPDX-License-Identifier: GPL-3.0-or-later
// Many strings looked for at once in folded text. Names begin where words begin, so a hash of the
// first letters at each such place decides nearly always. What passes is hashed whole, in those
// lengths only that some string with this beginning has: a thousand names with one beginning cost
// no more than one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/hash_index.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {

class Matcher {
public:
    // Shorter strings need hard edges at both ends: a soft edge is no evidence for them.
    static constexpr std::size_t kSoftEdgesMin = 8;

    // Each has two letters or more.
    explicit Matcher(NameForms names);

    // The longest one.
    std::size_t letters_max() const { return letters_max_; }

    // Whether a string may begin in such a word, whatever stands behind it. Of words without an
    // edge within.
    bool may_begin_in(const Folded& text, const Word& word) const;

    using Match = std::function<void(const Form& form, std::size_t begin, std::size_t end)>;
    // Every match that begins in the word, in order of where it begins; a string added twice
    // matches twice.
    void find(const Folded& text, const Word& word, const Match& match) const;

private:
    // Shorter strings are looked up whole, longer ones by so many first letters.
    static constexpr std::size_t kPrefix = 6;
    static constexpr std::size_t kSizeBits = 64;  // of Sizes; the last one stands for all longer

    // The lengths of the strings that begin alike, a bit each.
    struct Sizes {
        std::uint64_t prefix = 0;  // hash; 0: none
        std::uint64_t in_words = 0;
        std::uint64_t inside_words = 0;
    };

    void add(const Form& form, std::vector<std::uint64_t>& beginnings);
    Sizes& slot_for(std::uint64_t prefix);
    const Sizes* find_sizes(std::uint64_t prefix) const;
    void find_short(const Folded& text, std::size_t start, const Match& match) const;
    void find_long(const Folded& text, std::size_t begin, bool inside, const Match& match) const;
    void find_whole(const Folded& text, std::size_t begin, std::size_t size, bool inside,
                    const Match& match) const;

    NameForms names_;
    HashIndex wholes_;
    std::array<bool, kPrefix> has_short_{};  // by length
    HashFilter beginnings_;  // first letters, fewer than a prefix: short words that begin a string
    HashFilter filter_;      // of prefixes
    std::vector<Sizes> sizes_;
    std::size_t prefixes_ = 0;
    std::vector<std::size_t> long_sizes_;
    std::size_t letters_max_ = 0;
};

}  // namespace custos::vault::publish
