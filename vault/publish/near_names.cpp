// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/near_names.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <unicode/uchar.h>

namespace custos::vault::publish {
namespace {

constexpr std::size_t kWordBytesMin = 5;
constexpr std::size_t kWordBytesMax = 256;

enum class Half : char32_t { first = 1, second = 2 };

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

std::uint64_t hash_of(std::u32string_view letters, std::uint64_t seed = 0) {
    std::uint64_t hash = mixed(seed + 1, letters.size());
    for (const char32_t c : letters) hash = mixed(hash, c);
    return hash * 0xD6E8FEB86659FD93u;
}

std::uint64_t hash_of_half(Half half, std::size_t whole, std::u32string_view letters) {
    return hash_of(letters, static_cast<std::uint64_t>(half) * 4096 + whole);
}

// Whether one insertion, deletion, substitution or swap of neighbours makes `a` of `b`.
bool one_error_apart(std::u32string_view a, std::u32string_view b) {
    if (a.size() < b.size()) std::swap(a, b);
    if (a.size() - b.size() > 1) return false;
    std::size_t same = 0;
    while (same < b.size() && a[same] == b[same]) ++same;
    const std::u32string_view rest_a = a.substr(same);
    const std::u32string_view rest_b = b.substr(same);
    if (a.size() > b.size()) return rest_a.substr(1) == rest_b;
    if (rest_a.empty()) return false;
    if (rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

// Articles and prepositions that Arabic and Hebrew write together with the word. Folded.
constexpr std::array<std::u32string_view, 12> kBefore = {U"ال", U"وال", U"بال", U"لل", U"و", U"ب",
                                                         U"ل",  U"ف",   U"ك",   U"ה",  U"ו", U"ל"};

// Digits and signs that are written for letters: S0un, Ch4mroeun.
std::u32string without_digits(std::u32string_view letters) {
    static constexpr std::u32string_view kDigits = U"0134578";
    static constexpr std::u32string_view kLetters = U"oleastb";
    std::u32string out(letters);
    for (char32_t& c : out) {
        const std::size_t i = kDigits.find(c);
        if (i != std::u32string_view::npos) c = kLetters[i];
    }
    return out;
}

// Words that were looked at already, by their hash.
class Seen {
public:
    Seen() : slots_(1024, 0) {}

    // Whether it is new.
    bool insert(std::uint64_t hash) {
        if (hash == 0) hash = 1;
        if (used_ * 2 > slots_.size()) grow();
        std::uint64_t& slot = slot_for(hash);
        if (slot == hash) return false;
        slot = hash;
        ++used_;
        return true;
    }

private:
    std::uint64_t& slot_for(std::uint64_t hash) {
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }

    void grow() {
        std::vector<std::uint64_t> old(slots_.size() * 4, 0);
        old.swap(slots_);
        for (const std::uint64_t hash : old) {
            if (hash != 0) slot_for(hash) = hash;
        }
    }

    std::vector<std::uint64_t> slots_;
    std::size_t used_ = 0;
};

// Eight bytes at a time; `word` lies in folded text, which has that many behind its end.
std::uint64_t hash_of_bytes(std::string_view word) {
    std::uint64_t hash = word.size();
    for (std::size_t at = 0; at < word.size(); at += 8) {
        std::uint64_t piece = 0;
        std::memcpy(&piece, word.data() + at, std::min<std::size_t>(8, word.size() - at));
        hash = mixed(hash, piece);
    }
    return hash;
}

// Whether the word at `at` begins with a small letter of a script that has capitals.
bool begins_small(std::string_view source, std::size_t at) {
    const char byte = source[at];
    if (static_cast<unsigned char>(byte) < 0x80) {
        // "eTpbora": the shift key came late.
        const char second = at + 1 < source.size() ? source[at + 1] : '\0';
        return byte >= 'a' && byte <= 'z' && !(second >= 'A' && second <= 'Z');
    }
    const char32_t c = next_character(source, at);
    return c != kNoCharacter && u_isULowercase(static_cast<UChar32>(c)) != 0;
}

}  // namespace

NearNames::NearNames(std::vector<NamePart> parts) : parts_(std::move(parts)) {
    if (parts_.empty()) return;
    std::vector<HashIndex::Link> exact;
    std::vector<HashIndex::Link> halves;
    exact.reserve(parts_.size());
    halves.reserve(parts_.size() * 2);
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
        const std::u32string_view letters = parts_[i].letters;
        exact.push_back({hash_of(letters), i, 0});
        if (letters.size() < kMistypedMin) continue;
        const std::size_t middle = letters.size() / 2;
        halves.push_back(
            {hash_of_half(Half::first, letters.size(), letters.substr(0, middle)), i, 0});
        halves.push_back(
            {hash_of_half(Half::second, letters.size(), letters.substr(middle)), i, 0});
    }
    exact_.build(exact);
    halves_.build(halves);
}

bool NearNames::is_part(std::u32string_view letters) const {
    bool found = false;
    exact_.each(hash_of(letters),
                [&](std::uint32_t part) { found = found || parts_[part].letters == letters; });
    return found;
}

void NearNames::report_parts(std::u32string_view letters, Rule rule, const Word& word,
                             const Match& match) const {
    exact_.each(hash_of(letters), [&](std::uint32_t part) {
        if (parts_[part].letters == letters) match(parts_[part].person, rule, word.begin, word.end);
    });
}

void NearNames::look_for_typing_errors(const Word& word, const Match& match) const {
    const std::u32string_view letters = word.letters;
    std::vector<std::uint32_t> near;
    const auto add = [&](std::uint64_t hash) {
        halves_.each(hash, [&](std::uint32_t part) {
            if (one_error_apart(parts_[part].letters, letters)) near.push_back(part);
        });
    };
    for (std::size_t whole = std::max(kMistypedMin, letters.size() - 1);
         whole <= letters.size() + 1; ++whole) {
        const std::size_t middle = whole / 2;
        add(hash_of_half(Half::first, whole, letters.substr(0, middle)));
        add(hash_of_half(Half::second, whole, letters.substr(letters.size() - (whole - middle))));
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t part : near)
        match(parts_[part].person, Rule::near_name, word.begin, word.end);

    // Two letters swapped across the middle spoil both halves.
    std::u32string swapped(letters);
    const std::size_t middle = letters.size() / 2;
    std::swap(swapped[middle - 1], swapped[middle]);
    if (letters.size() >= kMistypedMin && swapped != letters)
        report_parts(swapped, Rule::near_name, word, match);
}

void NearNames::look_at(const Word& word, const Match& match) const {
    const std::u32string_view letters = word.letters;
    if (letters.size() < kInflectedMin || is_part(letters)) return;
    for (std::size_t ending = 1; ending <= kEndingMax && letters.size() >= kInflectedMin + ending;
         ++ending) {
        report_parts(letters.substr(0, letters.size() - ending), Rule::inflected_name, word, match);
    }
    for (const std::u32string_view before : kBefore) {
        if (letters.size() >= kPrefixedMin + before.size() &&
            letters.substr(0, before.size()) == before) {
            report_parts(letters.substr(before.size()), Rule::inflected_name, word, match);
        }
    }
    const std::u32string plain = without_digits(letters);
    if (plain != letters) report_parts(plain, Rule::inflected_name, word, match);
    if (letters.size() + 1 >= kMistypedMin) look_for_typing_errors(word, match);
}

void NearNames::find(std::string_view source, const Folded& text, Stretch stretch,
                     const Match& match) const {
    if (parts_.empty()) return;
    Seen seen;
    for (std::size_t i = stretch.first; i < stretch.last;) {
        const Folded::Start start = text.starts[i];
        std::size_t next = i + 1;
        while (next < text.starts.size() && text.edge(text.starts[next].letter) != Edge::hard)
            ++next;
        const std::size_t end = next < text.starts.size() ? text.starts[next].letter : text.size();
        i = next;
        const std::size_t size = end - start.letter;
        if (size < kWordBytesMin || size > kWordBytesMax) continue;
        if (size < kAnyCaseMin && begins_small(source, start.source)) continue;
        const std::string_view word = std::string_view(text.letters).substr(start.letter, size);
        if (!seen.insert(hash_of_bytes(word))) continue;
        look_at({characters_of(word), start.letter, end}, match);
    }
}

}  // namespace custos::vault::publish
