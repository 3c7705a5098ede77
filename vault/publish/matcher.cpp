// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/matcher.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "vault/publish/rolling.h"

namespace custos::vault::publish {
namespace {

// Words at least this long are looked through letter by letter: #FreeSomebodysName.
constexpr std::size_t kLongWord = 14;

}  // namespace

Matcher::Matcher(NameForms names) : names_(std::move(names)), sizes_(1024) {
    names_.letters.append(kFoldedPadding, '\0');
    std::vector<HashIndex::Link> wholes;
    std::vector<std::uint64_t> beginnings;
    wholes.reserve(names_.forms.size());
    for (std::uint32_t i = 0; i < names_.forms.size(); ++i) {
        const Form& form = names_.forms[i];
        wholes.push_back({hash_of_letters(names_.letters.data() + form.begin, form.size), i});
        add(form, beginnings);
    }
    wholes_.build(wholes);
    std::sort(long_sizes_.begin(), long_sizes_.end());
    long_sizes_.erase(std::unique(long_sizes_.begin(), long_sizes_.end()), long_sizes_.end());

    filter_.make_for(prefixes_);
    for (const Sizes& sizes : sizes_) {
        if (sizes.prefix != 0) filter_.add(sizes.prefix);
    }
    beginnings_.make_for(beginnings.size());
    for (const std::uint64_t beginning : beginnings) beginnings_.add(beginning);
}

void Matcher::add(const Form& form, std::vector<std::uint64_t>& beginnings) {
    const char* letters = names_.letters.data() + form.begin;
    letters_max_ = std::max<std::size_t>(letters_max_, form.size);
    const std::size_t known = prefixes_;
    if (form.size < kPrefix) {
        has_short_[form.size] = true;
    } else {
        if (form.size >= kSizeBits - 1) long_sizes_.push_back(form.size);
        const std::uint64_t bit = std::uint64_t{1}
                                  << std::min<std::size_t>(form.size, kSizeBits - 1);
        Sizes& sizes = slot_for(hash_of_letters(letters, kPrefix));
        (form.inside_words ? sizes.inside_words : sizes.in_words) |= bit;
        if (prefixes_ == known) return;
    }
    for (std::size_t size = 1; size < kPrefix && size <= form.size; ++size)
        beginnings.push_back(hash_of_letters(letters, size));
}

// Makes one where there is none.
Matcher::Sizes& Matcher::slot_for(std::uint64_t prefix) {
    const auto place = [&] {
        std::size_t at = prefix & (sizes_.size() - 1);
        while (sizes_[at].prefix != 0 && sizes_[at].prefix != prefix)
            at = (at + 1) & (sizes_.size() - 1);
        return at;
    };
    if (Sizes& found = sizes_[place()]; found.prefix != 0) return found;
    if (++prefixes_ * 2 > sizes_.size()) {
        std::vector<Sizes> old(sizes_.size() * 4);
        old.swap(sizes_);
        prefixes_ = 1;
        for (const Sizes& each : old) {
            if (each.prefix != 0) slot_for(each.prefix) = each;
        }
    }
    Sizes& slot = sizes_[place()];
    slot.prefix = prefix;
    return slot;
}

const Matcher::Sizes* Matcher::find_sizes(std::uint64_t prefix) const {
    if (!filter_.may_have(prefix)) return nullptr;
    for (std::size_t at = prefix & (sizes_.size() - 1); sizes_[at].prefix != 0;
         at = (at + 1) & (sizes_.size() - 1)) {
        if (sizes_[at].prefix == prefix) return &sizes_[at];
    }
    return nullptr;
}

// Strings of fewer letters than a prefix: whole words, or several of them.
void Matcher::find_short(const Folded& text, std::size_t start, const Match& match) const {
    const std::size_t begin = text.starts[start].letter;
    for (std::size_t next = start + 1;; ++next) {
        const bool is_last = next >= text.starts.size();
        const std::size_t end = is_last ? text.size() : text.starts[next].letter;
        if (end - begin >= kPrefix) return;
        if (end - begin >= 2 && has_short_[end - begin] && text.edge(end) == Edge::hard)
            find_whole(text, begin, end - begin, false, match);
        if (is_last) return;
    }
}

// `inside`: within a longer word, where only strings count that are looked for there.
void Matcher::find_long(const Folded& text, std::size_t begin, bool inside,
                        const Match& match) const {
    const Sizes* sizes = find_sizes(hash_of_letters(text.letters.data() + begin, kPrefix));
    if (sizes == nullptr) return;
    const auto look = [&](std::size_t size, bool in_longer) {
        if (begin + size > text.size()) return;
        const Edge weakest = size < kSoftEdgesMin ? Edge::hard : Edge::soft;
        const bool whole =
            !inside && text.edges[begin] >= weakest && text.edge(begin + size) >= weakest;
        if (whole || in_longer) find_whole(text, begin, size, !whole, match);
    };
    std::uint64_t left = sizes->inside_words | (inside ? 0 : sizes->in_words);
    for (; left != 0; left &= left - 1) {
        const auto size = static_cast<std::size_t>(std::countr_zero(left));
        const bool in_longer = (sizes->inside_words >> size & 1) != 0;
        if (size < kSizeBits - 1) {
            look(size, in_longer);
            continue;
        }
        for (const std::size_t long_size : long_sizes_) look(long_size, in_longer);
    }
}

void Matcher::find_whole(const Folded& text, std::size_t begin, std::size_t size, bool inside,
                         const Match& match) const {
    const char* letters = text.letters.data() + begin;
    wholes_.each(hash_of_letters(letters, size), [&](std::uint32_t i) {
        const Form& form = names_.forms[i];
        if (form.size != size || (inside && !form.inside_words)) return;
        if (names_.letters_of(form) != std::string_view(letters, size)) return;
        match(form, begin, begin + size);
    });
}

bool Matcher::may_begin_in(const Folded& text, const Word& word) const {
    const char* letters = text.letters.data();
    if (word.size() < kPrefix) return beginnings_.may_have(word.hash);
    if (find_sizes(hash_of_letters(letters + word.begin, kPrefix)) != nullptr) return true;
    if (word.size() < kLongWord) return false;
    for (std::size_t at = word.begin + 1; at + kPrefix <= word.end; ++at) {
        if (find_sizes(hash_of_letters(letters + at, kPrefix)) != nullptr) return true;
    }
    return false;
}

void Matcher::find(const Folded& text, const Word& word, const Match& match) const {
    if (names_.forms.empty()) return;
    for (std::size_t i = word.start; i < word.next; ++i) {
        const std::size_t begin = text.starts[i].letter;
        const std::size_t end =
            i + 1 < text.starts.size() ? text.starts[i + 1].letter : text.size();
        if (end - begin < kPrefix && text.edges[begin] == Edge::hard) find_short(text, i, match);
        if (begin + kPrefix <= text.size()) find_long(text, begin, false, match);
        if (end - begin < kLongWord) continue;
        for (std::size_t at = begin + 1; at + kPrefix <= end; ++at)
            find_long(text, at, true, match);
    }
}

}  // namespace custos::vault::publish
