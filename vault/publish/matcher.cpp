// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/matcher.h"

#include <cstring>

namespace custos::vault::publish {
namespace {

// Words at least this long are looked through letter by letter: #FreeSomebodysName.
constexpr std::size_t kLongWord = 14;

}  // namespace

std::uint64_t Matcher::hash_of(std::uint64_t word, std::size_t prefix) {
    static_assert(kPrefixMax < sizeof word);
    word &= (std::uint64_t{1} << (8 * prefix)) - 1;
    word = (word + prefix) * 0x9E3779B97F4A7C15u;
    return (word ^ (word >> 29)) * 0xD6E8FEB86659FD93u;
}

// Folded text has eight bytes behind its end, so this never reads outside.
std::uint64_t Matcher::word_at(const char* letters) {
    std::uint64_t word = 0;
    std::memcpy(&word, letters, sizeof word);
    return word;
}

void Matcher::add(std::string_view letters, std::uint32_t value, Within within) {
    Pattern pattern;
    pattern.begin = static_cast<std::uint32_t>(letters_.size());
    pattern.size = static_cast<std::uint32_t>(letters.size());
    pattern.value = value;
    pattern.within = within;
    letters_ += letters;
    used_.at(prefix_of(letters.size())) = true;
    patterns_.push_back(pattern);
}

void Matcher::build() {
    letters_.append(8, '\0');
    unsigned bits = 12;
    while ((std::size_t{1} << bits) < patterns_.size()) ++bits;
    bucket_shift_ = 64 - bits;
    filter_shift_ = bucket_shift_ - 4;
    buckets_.assign(std::size_t{1} << bits, 0);
    filter_.assign((std::size_t{1} << (bits + 4)) / 64, 0);

    for (std::uint32_t i = 1; i < patterns_.size(); ++i) {
        Pattern& pattern = patterns_[i];
        const std::uint64_t hash =
            hash_of(word_at(letters_.data() + pattern.begin), prefix_of(pattern.size));
        const std::uint64_t bit = hash >> filter_shift_;
        filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
        std::uint32_t& bucket = buckets_[hash >> bucket_shift_];
        pattern.next = bucket;
        bucket = i;
    }
}

void Matcher::find_at(const Folded& text, std::size_t begin, bool inside,
                      const Match& match) const {
    const std::uint64_t word = word_at(text.letters.data() + begin);
    for (std::size_t prefix = kPrefixMin; prefix <= kPrefixMax; ++prefix) {
        if (!used_[prefix]) continue;
        if (begin + prefix > text.size()) return;
        // A whole string, not a beginning: it must end at an edge.
        if (prefix < kPrefixMax && text.edge(begin + prefix) != Edge::hard) continue;
        const std::uint64_t hash = hash_of(word, prefix);
        const std::uint64_t bit = hash >> filter_shift_;
        if ((filter_[bit / 64] >> (bit % 64) & 1) == 0) continue;

        for (std::uint32_t i = buckets_[hash >> bucket_shift_]; i != 0; i = patterns_[i].next) {
            const Pattern& pattern = patterns_[i];
            if (prefix_of(pattern.size) != prefix || begin + pattern.size > text.size()) continue;
            const std::string_view known =
                std::string_view(letters_).substr(pattern.begin, pattern.size);
            if (std::string_view(text.letters).substr(begin, pattern.size) != known) continue;
            const std::size_t end = begin + pattern.size;
            if (inside) {
                if (pattern.within == Within::longer_words) match(pattern.value, begin, end);
                continue;
            }
            const Edge weakest = pattern.size < kSoftEdgesMin ? Edge::hard : Edge::soft;
            const bool whole = text.edge(begin) >= weakest && text.edge(end) >= weakest;
            if (whole || pattern.within == Within::longer_words) match(pattern.value, begin, end);
        }
    }
}

void Matcher::find(const Folded& text, Stretch stretch, const Match& match) const {
    for (std::size_t i = stretch.first; i < stretch.last; ++i) {
        const std::size_t begin = text.starts[i].letter;
        find_at(text, begin, false, match);
        const std::size_t end =
            i + 1 < text.starts.size() ? text.starts[i + 1].letter : text.size();
        if (end - begin < kLongWord) continue;
        for (std::size_t at = begin + 1; at + kPrefixMax <= end; ++at)
            find_at(text, at, true, match);
    }
}

}  // namespace custos::vault::publish
