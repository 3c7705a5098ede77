// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/near_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <utility>

#include <unicode/uchar.h>

namespace custos::vault::publish {
namespace {

// Kinds of rows in the indexes: whole parts, and halves by the length of the whole.
constexpr std::uint64_t kWhole = 0;
constexpr std::uint64_t kFirstHalf = std::uint64_t{1} << 32;
constexpr std::uint64_t kSecondHalf = std::uint64_t{2} << 32;
constexpr std::uint64_t kThird = std::uint64_t{3} << 32;  // and the next two for the others

constexpr std::size_t kErrorsMax = 2;

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

bool at_most_one_error_apart(std::u32string_view a, std::u32string_view b) {
    return a == b || one_error_apart(a, b);
}

// Whether two of them at most do, none within another one.
bool two_errors_apart(std::u32string_view a, std::u32string_view b) {
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
    a.remove_prefix(same);
    b.remove_prefix(same);
    if (a.empty() || b.empty()) return a.size() + b.size() <= kErrorsMax;
    return at_most_one_error_apart(a.substr(1), b.substr(1)) ||
           at_most_one_error_apart(a.substr(1), b) || at_most_one_error_apart(a, b.substr(1)) ||
           (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0] &&
            at_most_one_error_apart(a.substr(2), b.substr(2)));
}

// Which letters there are, as bits.
std::uint32_t letters_in(std::u32string_view letters) {
    std::uint32_t bits = 0;
    for (const char32_t c : letters) bits |= std::uint32_t{1} << (c % 32);
    return bits;
}

// Of the k-th third of a name of `whole` letters, with the letters in all of the name below.
std::uint64_t third_hash(const Row& third, std::uint64_t k, std::size_t whole,
                         std::uint32_t letters) {
    constexpr std::uint64_t kUpper = 0xFFFFFFFF00000000u;
    return (third.hash((kThird + (k << 32)) + whole) & kUpper) | letters;
}

// Where the thirds of so many letters begin and end.
std::array<std::size_t, 4> thirds_of(std::size_t size) { return {0, size / 3, size * 2 / 3, size}; }

// Articles and prepositions that Arabic and Hebrew write together with the word. Folded.
constexpr std::array<std::u32string_view, 12> kBefore = {U"ال", U"وال", U"بال", U"لل", U"و", U"ب",
                                                         U"ل",  U"ف",   U"ك",   U"ה",  U"ו", U"ל"};

// Digits that are written for letters: S0un, Ch4mroeun. A one stands for i or l.
constexpr std::u32string_view kForDigits = U"olzeasgtbg";

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::u32string without_digits(std::u32string_view letters, char32_t for_one) {
    std::u32string out(letters);
    for (char32_t& c : out) {
        if (is_digit(c)) c = c == U'1' ? for_one : kForDigits[c - U'0'];
    }
    return out;
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

void NearNames::Reader::spell(const Folded& text, const Word& place) {
    const auto word = std::string_view(text.letters).substr(place.begin, place.size());
    begin_ = place.begin;
    end_ = place.end;
    Row row;
    size_ = 0;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = next_character(word, at);
        if (c == kNoCharacter) continue;
        row.add(c);
        letters_[size_++] = c;
        up_to_[size_] = row.value;
    }
}

NearNames::NearNames(NameParts parts) : names_(std::move(parts)) {
    std::vector<HashIndex::Link> exact;
    exact.reserve(names_.parts.size());
    for (std::uint32_t i = 0; i < names_.parts.size(); ++i)
        exact.push_back({row_of(letters_of(i)).hash(kWhole), i});
    exact_.build(exact);

    // Many persons have one name: it is compared once.
    WordMemo distinct;
    std::vector<HashIndex::Link> halves;
    for (const HashIndex::Link& link : exact) {
        const std::u32string_view letters = letters_of(link.value);
        const std::size_t size = letters.size();
        if (size < kMistypedMin || distinct.of(link.hash) != 0) continue;
        distinct.set(link.hash, 1);
        halves.push_back({row_of(letters.substr(0, size / 2)).hash(kFirstHalf + size), link.value});
        halves.push_back({row_of(letters.substr(size / 2)).hash(kSecondHalf + size), link.value});
    }
    halves_.build(halves);

    std::vector<HashIndex::Link> thirds;
    for (std::size_t i = 0; i < halves.size(); i += 2) {
        const std::uint32_t part = halves[i].value;
        const std::u32string_view letters = letters_of(part);
        if (letters.size() < kTwiceMistypedMin) continue;
        const auto ends = thirds_of(letters.size());
        for (std::size_t k = 0; k < 3; ++k) {
            const Row row = row_of(letters.substr(ends[k], ends[k + 1] - ends[k]));
            thirds.push_back({third_hash(row, k, letters.size(), letters_in(letters)), part});
        }
    }
    thirds_.build(thirds);
}

bool NearNames::is_part(std::u32string_view letters, Row row) const {
    return exact_.has(row.hash(kWhole),
                      [&](std::uint32_t part) { return letters_of(part) == letters; });
}

void NearNames::report_parts(std::u32string_view letters, Row row, Rule rule, const Reader& word,
                             const Match& match) const {
    exact_.each(row.hash(kWhole), [&](std::uint32_t part) {
        if (letters_of(part) == letters)
            match(names_.parts[part].person, rule, word.begin_, word.end_);
    });
}

void NearNames::look_for_typing_errors(const Reader& word, const Match& match) const {
    const std::u32string_view letters = word.letters();
    const std::size_t size = letters.size();
    std::vector<std::uint32_t> near;
    const auto add = [&](std::uint64_t hash) {
        halves_.each(hash, [&](std::uint32_t part) {
            if (one_error_apart(letters_of(part), letters)) near.push_back(part);
        });
    };
    for (std::size_t whole = std::max(kMistypedMin, size - 1); whole <= size + 1; ++whole) {
        const std::size_t middle = whole / 2;
        add(word.row(0, middle).hash(kFirstHalf + whole));
        add(word.row(size - (whole - middle), size).hash(kSecondHalf + whole));
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t part : near)
        report_parts(letters_of(part), row_of(letters_of(part)), Rule::near_name, word, match);

    // Two letters swapped across the middle spoil both halves.
    const std::size_t middle = size / 2;
    if (size < kMistypedMin || letters[middle - 1] == letters[middle]) return;
    Row row = word.row(0, middle - 1);
    row.add(letters[middle]);
    row.add(letters[middle - 1]);
    row.add(word.row(middle + 1, size));
    if (!exact_.may_have(row.hash(kWhole))) return;
    std::u32string swapped(letters);
    std::swap(swapped[middle - 1], swapped[middle]);
    report_parts(swapped, row, Rule::near_name, word, match);
}

void NearNames::look_at(const Reader& word, const Match& match) const {
    const std::u32string_view letters = word.letters();
    const std::size_t size = letters.size();
    if (size < kInflectedMin) return;
    for (std::size_t ending = 1; ending <= kEndingMax && size >= kInflectedMin + ending; ++ending) {
        report_parts(letters.substr(0, size - ending), word.row(0, size - ending),
                     Rule::inflected_name, word, match);
    }
    for (const std::u32string_view before : kBefore) {
        if (letters[0] != before[0] || size < kPrefixedMin + before.size() ||
            letters.substr(0, before.size()) != before)
            continue;
        report_parts(letters.substr(before.size()), word.row(before.size(), size),
                     Rule::inflected_name, word, match);
    }
    if (std::any_of(letters.begin(), letters.end(), is_digit)) {
        for (const char32_t for_one : {U'i', U'l'}) {
            const std::u32string plain = without_digits(letters, for_one);
            report_parts(plain, row_of(plain), Rule::inflected_name, word, match);
        }
    }
    if (size + 1 >= kMistypedMin) look_for_typing_errors(word, match);
}

bool NearNames::is_written_as_name(std::string_view source, const Folded& text, const Word& word) {
    return word.size() >= kAnyCaseMin || !begins_small(source, text.starts[word.start].source);
}

void NearNames::find(const Folded& text, const Word& word, Errors errors, Reader& reader,
                     const Match& match) const {
    if (exact_.empty()) return;
    reader.spell(text, word);
    if (is_part(reader.letters(), reader.row(0, reader.letters().size()))) return;
    if (errors != Errors::two) look_at(reader, match);
    if (errors != Errors::one) look_for_two_errors(reader, match);
}

bool NearNames::begins_as_name(std::string_view source, const Folded& text, const Word& word) {
    return !begins_small(source, text.starts[word.start].source);
}

void NearNames::look_for_two_errors(const Reader& word, const Match& match) const {
    if (thirds_.empty()) return;
    const std::u32string_view letters = word.letters();
    const std::size_t size = letters.size();
    if (size + kErrorsMax < kTwiceMistypedMin) return;
    const std::uint32_t in_word = letters_in(letters);
    std::vector<std::uint32_t> near;
    const auto add = [&](std::size_t whole, std::uint64_t k, const Row& third) {
        // A letter for another one changes two that are in it, one more or less changes one.
        const std::size_t longer = std::max(whole, size) - std::min(whole, size);
        const int changed = static_cast<int>(2 * kErrorsMax - longer);
        thirds_.each_like(third_hash(third, k, whole, 0),
                          [&](std::uint32_t in_name, std::uint32_t part) {
                              if (std::popcount(in_word ^ in_name) <= changed) near.push_back(part);
                          });
    };
    for (std::size_t whole = std::max(kTwiceMistypedMin, size - kErrorsMax);
         whole <= size + kErrorsMax; ++whole) {
        const auto ends = thirds_of(whole);
        // The first third, also with its last letter swapped with the one behind it.
        add(whole, 0, word.row(0, ends[1]));
        Row first = word.row(0, ends[1] - 1);
        first.add(letters[ends[1]]);
        add(whole, 0, first);
        // The last one by the end of the word, also with its first letter swapped.
        const std::size_t last = size - (whole - ends[2]);
        add(whole, 2, word.row(last, size));
        Row turned = row_of(letters.substr(last - 1, 1));
        turned.add(word.row(last + 1, size));
        add(whole, 2, turned);
        // The second one, moved by what was added or missed before it.
        const auto more = static_cast<int>(size) - static_cast<int>(whole);
        for (int before = -2; before <= 2; ++before) {
            if (std::abs(before) + std::abs(more - before) > static_cast<int>(kErrorsMax)) continue;
            const std::size_t begin = ends[1] + static_cast<std::size_t>(before);
            const std::size_t end = ends[2] + static_cast<std::size_t>(before);
            if (end <= size) add(whole, 1, word.row(begin, end));
        }
    }
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t part : near) {
        const std::u32string_view name = letters_of(part);
        if (!one_error_apart(name, letters) && two_errors_apart(name, letters))
            report_parts(name, row_of(name), Rule::near_name, word, match);
    }
}

}  // namespace custos::vault::publish
