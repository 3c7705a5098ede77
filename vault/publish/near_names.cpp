// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/near_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>

namespace custos::vault::publish {
namespace {

constexpr std::size_t kWordBytesMin = 5;
constexpr std::size_t kWordBytesMax = 256;

enum class Half : char32_t { first = 1, second = 2 };

std::u32string half_key(Half half, std::size_t whole, std::u32string_view letters) {
    std::u32string key;
    key.reserve(letters.size() + 2);
    key.push_back(static_cast<char32_t>(half));
    key.push_back(static_cast<char32_t>(whole));
    key.append(letters);
    return key;
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

std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return hash;
}

// Whether the word at `at` begins with a small letter of a script that has capitals.
bool begins_small(std::string_view source, std::size_t at) {
    const char32_t c = next_character(source, at);
    return c != kNoCharacter && u_isULowercase(static_cast<UChar32>(c)) != 0;
}

}  // namespace

NearNames::NearNames(std::vector<NamePart> parts) : parts_(std::move(parts)) {
    for (std::uint32_t i = 0; i < parts_.size(); ++i) {
        const std::u32string& letters = parts_[i].letters;
        auto& same = exact_[letters];
        const bool known = !same.empty();
        same.push_back(i);
        if (known || letters.size() < kMistypedMin) continue;
        const std::size_t middle = letters.size() / 2;
        const std::u32string_view view = letters;
        halves_[half_key(Half::first, letters.size(), view.substr(0, middle))].push_back(i);
        halves_[half_key(Half::second, letters.size(), view.substr(middle))].push_back(i);
    }
}

const std::vector<std::uint32_t>* NearNames::exact(std::u32string_view letters) const {
    const auto found = exact_.find(std::u32string(letters));
    return found == exact_.end() ? nullptr : &found->second;
}

void NearNames::look_for_typing_errors(const Word& word, const Match& match) const {
    const std::u32string_view letters = word.letters;
    std::vector<std::uint32_t> near;
    const auto add = [&](const std::u32string& key) {
        const auto found = halves_.find(key);
        if (found == halves_.end()) return;
        for (const std::uint32_t part : found->second) {
            if (one_error_apart(parts_[part].letters, letters)) near.push_back(part);
        }
    };
    for (std::size_t whole = std::max(kMistypedMin, letters.size() - 1);
         whole <= letters.size() + 1; ++whole) {
        const std::size_t middle = whole / 2;
        add(half_key(Half::first, whole, letters.substr(0, middle)));
        add(half_key(Half::second, whole, letters.substr(letters.size() - (whole - middle))));
    }
    // Two letters swapped across the middle spoil both halves.
    std::u32string swapped(letters);
    const std::size_t middle = letters.size() / 2;
    std::swap(swapped[middle - 1], swapped[middle]);
    if (const auto* same = exact(swapped);
        same != nullptr && swapped != letters && letters.size() >= kMistypedMin) {
        near.insert(near.end(), same->begin(), same->end());
    }

    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t part : near) {
        for (const std::uint32_t same : *exact(parts_[part].letters)) {
            match(parts_[same].person, Rule::near_name, word.begin, word.end);
        }
    }
}

void NearNames::look_at(const Word& word, const Match& match) const {
    const std::u32string_view letters = word.letters;
    const auto report = [&](const std::vector<std::uint32_t>* parts) {
        if (parts == nullptr) return;
        for (const std::uint32_t part : *parts) {
            match(parts_[part].person, Rule::inflected_name, word.begin, word.end);
        }
    };
    if (letters.size() < kInflectedMin || exact(letters) != nullptr) return;
    for (std::size_t ending = 1; ending <= kEndingMax && letters.size() >= kInflectedMin + ending;
         ++ending) {
        report(exact(letters.substr(0, letters.size() - ending)));
    }
    for (const std::u32string_view before : kBefore) {
        if (letters.size() >= kInflectedMin + before.size() &&
            letters.substr(0, before.size()) == before) {
            report(exact(letters.substr(before.size())));
        }
    }
    const std::u32string plain = without_digits(letters);
    if (plain != letters) report(exact(plain));
    if (letters.size() + 1 >= kMistypedMin) look_for_typing_errors(word, match);
}

void NearNames::find(std::string_view source, const Folded& text, const Match& match) const {
    if (parts_.empty()) return;
    std::unordered_set<std::uint64_t> seen;
    for (std::size_t i = 0; i < text.starts.size();) {
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
        if (!seen.insert(hash_of(word)).second) continue;
        look_at({characters_of(word), start.letter, end}, match);
    }
}

}  // namespace custos::vault::publish
