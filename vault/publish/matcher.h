// SPDX-License-Identifier: GPL-3.0-or-later
// Many strings looked for at once in folded text. Names begin where words begin, so a hash of the
// first letters at each such place decides nearly always; only what passes is compared.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

class Matcher {
public:
    // Shorter strings need hard edges at both ends: a soft edge is no evidence for them.
    static constexpr std::size_t kSoftEdgesMin = 8;

    enum class Within { words, longer_words };

    // `letters` has two bytes or more. Nothing may be added after build().
    void add(std::string_view letters, std::uint32_t value, Within within);
    void build();

    using Match = std::function<void(std::uint32_t value, std::size_t begin, std::size_t end)>;
    // Every match that begins in the stretch, in order of where it begins; a string added twice
    // matches twice.
    void find(const Folded& text, Stretch stretch, const Match& match) const;
    // The same of the whole text.
    void find(const Folded& text, const Match& match) const {
        find(text, {0, text.starts.size()}, match);
    }

private:
    static constexpr std::size_t kPrefixMin = 2;
    static constexpr std::size_t kPrefixMax = 6;

    struct Pattern {
        std::uint32_t begin = 0;  // in letters_
        std::uint32_t size = 0;
        std::uint32_t value = 0;
        std::uint32_t next = 0;  // in the same bucket, 0 for none
        Within within = Within::words;
    };

    static std::uint64_t word_at(const char* letters);
    static std::uint64_t hash_of(std::uint64_t word, std::size_t prefix);
    static std::size_t prefix_of(std::size_t size) { return size < kPrefixMax ? size : kPrefixMax; }
    void find_at(const Folded& text, std::size_t begin, bool inside, const Match& match) const;

    std::string letters_;
    std::vector<Pattern> patterns_ = {Pattern{}};  // the first stands for none
    std::array<bool, kPrefixMax + 1> used_{};      // by length of prefix
    std::vector<std::uint64_t> filter_;            // one bit a hash
    std::vector<std::uint32_t> buckets_;
    unsigned filter_shift_ = 0;
    unsigned bucket_shift_ = 0;
};

}  // namespace custos::vault::publish
