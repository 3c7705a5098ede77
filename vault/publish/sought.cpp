// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/sought.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "crypto/error.h"
#include "vault/publish/detectors.h"
#include "vault/publish/pieces.h"
#include "vault/publish/side_by_side.h"
#include "vault/publish/spelled_numbers.h"

namespace custos::vault::publish {
namespace {

// In one view of one file.
constexpr std::size_t kHitsMax = 1'000'000;

// From so many bytes, or persons, on, two threads share the work.
constexpr std::size_t kLargeText = 512u * 1024;
constexpr std::size_t kManyPersons = 2000;
// So far a line's end is looked for to cut a text in two.
constexpr std::size_t kCutSearch = 64u * 1024;

// Shorter terms are words of every text.
constexpr std::size_t kTermLettersMin = 5;

// Letters behind a place that a search may need, but for longer names.
constexpr std::size_t kLettersBehind = 4096;

constexpr std::size_t kOwnPartMin = 6;      // letters and digits
constexpr std::size_t kPhoneDigitsMin = 8;  // spelled out

std::string letters_and_digits(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Places of the text for letters of a folded one, asked for in ascending order nearly always.
class Places {
public:
    explicit Places(const Folded& folded) : starts_(folded.starts) {}

    std::uint32_t source_of(std::size_t letter) {
        if (at_ >= starts_.size() || starts_[at_].letter > letter) at_ = 0;
        if (at_ == 0) {
            const auto after = std::upper_bound(
                starts_.begin(), starts_.end(), letter,
                [](std::size_t value, const Folded::Start& start) { return value < start.letter; });
            if (after == starts_.begin()) return 0;
            at_ = static_cast<std::size_t>(after - starts_.begin()) - 1;
        }
        while (at_ + 1 < starts_.size() && starts_[at_ + 1].letter <= letter) ++at_;
        return starts_[at_].source;
    }

private:
    const std::vector<Folded::Start>& starts_;
    std::size_t at_ = 0;
};

// What is known about a word, wherever it stands.
constexpr WordMemo::Bits kSeen = 1;
constexpr WordMemo::Bits kMayBegin = 2;    // a string that is looked for may begin in it
constexpr WordMemo::Bits kNumberWord = 4;  // a number that is spelled out may begin with it
constexpr WordMemo::Bits kNearDone = 8;    // what it is near to was told, or it is near to nothing
constexpr WordMemo::Bits kTwiceDone = 16;  // the same for two errors

// Where the second of two threads begins: behind the end of a line, if there is one.
std::size_t cut_of(std::string_view text) {
    if (text.size() < kLargeText) return text.size();
    const std::size_t middle = text.size() / 2;
    const std::size_t line = text.substr(middle, kCutSearch).find('\n');
    return line == std::string_view::npos ? next_gap(text, middle) : middle + line + 1;
}

}  // namespace

// One look at what begins in a stretch of a folded part of a text.
class Sought::Look {
public:
    Look(const Sought& sought, const View& view, std::string_view text, Reader& reader)
        : sought_(sought),
          view_(view),
          text_(text),
          reader_(reader),
          folded_(reader.folded),
          places_(reader.folded) {}

    void at(Stretch stretch) {
        reader_.spoken.clear();
        each_word(folded_, stretch, reader_.words, [&](const Word& word) { at(word, stretch); });
        // A few bytes that a word happens to decode to say nothing by their sound.
        const bool is_decoded = view_.packed && view_.form.find("compressed") == std::string::npos;
        if (view_.binary || is_decoded) return;
        sought_.sound_names_.find(text_, folded_, reader_.spoken, stretch.last, reader_.sound_names,
                                  [&](std::uint32_t person, std::size_t begin, std::size_t end) {
                                      add_source(Rule::transliterated_name, Severity::fuzzy, person,
                                                 begin, end - 1);
                                  });
    }

private:
    void at(const Word& word, Stretch stretch) {
        WordMemo::Bits known = reader_.words.of(word.hash);
        if (known == 0) {
            known = first_look(word);
            reader_.words.set(word.hash, known);
        }
        if ((known & kMayBegin) != 0 || !word.is_whole()) {
            sought_.matcher_.find(folded_, word,
                                  [&](const Form& form, std::size_t begin, std::size_t end) {
                                      add(form.rule, form.severity, form.person, begin, end);
                                  });
        }
        if (view_.binary) return;
        if (!word.is_whole() || is_digit(folded_.letters[word.begin])) {
            sought_.numbers_.find(
                folded_, {word.start, std::min(word.next, stretch.last)}, digits_done_,
                [&](const NumberForm& number, Severity severity, std::size_t begin,
                    std::size_t end) { add(number.rule, severity, number.person, begin, end); });
        }
        if ((known & kNumberWord) != 0 && word.is_whole() && word.start >= spelled_done_) {
            spelled_done_ = read_spelled_number(folded_, word.start, reader_.digits);
            if (reader_.digits.size() > 0) at_spelled();
        }
        at_near(word, known);
        auto& spoken = reader_.spoken;
        const bool is_within = !spoken.empty() && spoken.back().next == word.start;
        if (SoundNames::may_belong(text_[folded_.starts[word.start].source], is_within))
            spoken.push_back(word);
    }

    // Each different word once.
    void at_near(const Word& word, WordMemo::Bits known) {
        using Errors = NearNames::Errors;
        const bool one =
            (known & kNearDone) == 0 && NearNames::is_written_as_name(text_, folded_, word);
        const bool two =
            (known & kTwiceDone) == 0 && NearNames::begins_as_name(text_, folded_, word);
        if (!one && !two) return;
        if (one) known |= kNearDone;
        if (two) known |= kTwiceDone;
        reader_.words.set(word.hash, known);
        sought_.near_names_.find(
            folded_, word,
            one && two ? Errors::both
            : one      ? Errors::one
                       : Errors::two,
            reader_.near_names,
            [&](std::uint32_t person, Rule rule, std::size_t begin, std::size_t end) {
                add(rule, Severity::fuzzy, person, begin, end);
            });
    }

    WordMemo::Bits first_look(const Word& word) const {
        WordMemo::Bits known = kSeen;
        const auto letters = std::string_view(folded_.letters).substr(word.begin, word.size());
        if (sought_.matcher_.may_begin_in(folded_, word)) known |= kMayBegin;
        if (is_number_word(letters)) known |= kNumberWord;
        if (!NearNames::may_be_near(word)) known |= kNearDone;
        if (!NearNames::may_be_mistyped_twice(word)) known |= kTwiceDone;
        return known;
    }

    // A number that is spelled out: of somebody, or long enough to be called.
    void at_spelled() {
        const Folded& digits = reader_.digits;
        Places places(digits);
        bool is_known = false;
        std::size_t done = 0;
        sought_.numbers_.find(
            digits, {0, digits.starts.size()}, done,
            [&](const NumberForm& number, Severity severity, std::size_t begin, std::size_t end) {
                is_known = true;
                const std::size_t first = places.source_of(begin);
                add_source(number.rule, severity, number.person, first, places.source_of(end - 1));
            });
        if (is_known || digits.size() < kPhoneDigitsMin) return;
        add_source(Rule::phone_number, Severity::fuzzy, kNobody, digits.starts.front().source,
                   digits.starts.back().source);
    }

    // By letters of the folded text.
    void add(Rule rule, Severity severity, std::uint32_t person, std::size_t begin,
             std::size_t end) {
        if (view_.binary && severity == Severity::fuzzy) return;
        const std::size_t first = places_.source_of(begin);
        add_source(rule, severity, person, first, places_.source_of(end - 1));
    }
    // By bytes of the text, up to and with the one at `last`.
    void add_source(Rule rule, Severity severity, std::uint32_t person, std::size_t first,
                    std::size_t last) {
        if (reader_.hits.size() > kHitsMax) return;
        reader_.hits.push_back({static_cast<std::uint32_t>(view_.source_of(first)),
                                static_cast<std::uint32_t>(view_.source_of(last) + 1),
                                static_cast<std::uint32_t>(first),
                                static_cast<std::uint32_t>(last + 1), person, rule, severity});
    }

    const Sought& sought_;
    const View& view_;
    std::string_view text_;
    Reader& reader_;
    const Folded& folded_;
    Places places_;
    std::size_t digits_done_ = 0;   // letter behind the last row of digits
    std::size_t spelled_done_ = 0;  // start behind the last number word that was read
};

Sought::Sought(const std::vector<Person>& persons, const std::vector<std::string>& named,
               std::vector<std::string> own, const std::vector<Term>& terms)
    : own_(std::move(own)) {
    codes_.reserve(persons.size() + terms.size());
    for (const Person& person : persons) codes_.push_back(person.code);
    Forms all = forms_of_all(persons, named);
    add_terms(terms, all);
    side_by_side(
        persons.size() < kManyPersons ? Work::small : Work::large,
        [&] { matcher_ = Matcher(std::move(all.names)); },
        [&] {
            numbers_ = NumberTable(std::move(all.numbers));
            near_names_ = NearNames(std::move(all.parts));
            sound_names_ = SoundNames(std::move(all.sounds));
        });
}

Forms Sought::forms_of_all(const std::vector<Person>& persons,
                           const std::vector<std::string>& named) {
    const std::size_t middle = persons.size() / 2;
    Forms all;
    Forms others;
    side_by_side(
        persons.size() < kManyPersons ? Work::small : Work::large,
        [&] {
            all = forms_of(persons, {0, middle}, named, readers_[0].folder);
        },
        [&] {
            others = forms_of(persons, {middle, persons.size()}, named, readers_[1].folder);
        });
    all.append(std::move(others));
    return all;
}

// Terms stand behind the persons.
void Sought::add_terms(const std::vector<Term>& terms, Forms& all) {
    for (const Term& term : terms) {
        const auto index = static_cast<std::uint32_t>(codes_.size());
        codes_.push_back(term.record);
        const std::string letters = folded_words(term.text);
        if (letters.size() >= kTermLettersMin)
            all.names.add(letters, {0, 0, index, term.rule, term.severity, false});
    }
}

// Begins like a text of the publisher's own, or is a part of one, wherever its lines were
// broken: some keys have a fingerprint with "0043 6096" in it.
bool Sought::is_own(std::string_view text, std::size_t begin, std::size_t end) const {
    const std::string found = letters_and_digits(text.substr(begin, end - begin));
    return std::any_of(own_.begin(), own_.end(), [&](const std::string& each) {
        const bool is_part = found.size() >= kOwnPartMin &&
                             letters_and_digits(each).find(found) != std::string::npos;
        return is_part || (!each.empty() && text.substr(begin, each.size()) == each);
    });
}

// Everything that begins in the span, in both readings, in order.
void Sought::look_through(const View& view, std::string_view text, Range span,
                          Reader& reader) const {
    reader.hits.clear();
    // What nobody in the vault has: numbers, addresses, coordinates.
    const auto add_detected = [&](Rule rule, std::size_t begin, std::size_t end) {
        if (reader.hits.size() > kHitsMax || is_own(text, begin, end)) return;
        reader.hits.push_back({static_cast<std::uint32_t>(view.source_of(begin)),
                               static_cast<std::uint32_t>(view.source_of(end - 1) + 1),
                               static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                               kNobody, rule, Severity::fuzzy});
    };
    reader.words.clear();
    const std::size_t behind = kLettersBehind + matcher_.letters_max();
    for (const Reading reading : {Reading::letters, Reading::shapes}) {
        const std::size_t before = reader.hits.size();
        Pieces pieces(reader.folder, reader.folded, text, span, reading, behind);
        while (pieces.next()) {
            const std::size_t known = reader.hits.size();
            Look(*this, view, text, reader).at(pieces.stretch());
            sort_hits(reader.hits, known);  // most texts are in order then
        }
        sort_hits(reader.hits, before);
        merge_hits(reader.hits, before);
        if (!pieces.readings_differ()) break;
    }
    if (view.binary) return;
    const std::size_t before = reader.hits.size();
    detect(text, span, add_detected);
    if (const auto digits = with_ascii_digits(text, span)) {
        detect(digits->text, {0, digits->text.size()},
               [&](Rule rule, std::size_t begin, std::size_t end) {
                   add_detected(rule, digits->source_of(begin), digits->source_of(end - 1) + 1);
               });
    }
    sort_hits(reader.hits, before);
    merge_hits(reader.hits, before);
}

const std::vector<Hit>& Sought::hits_in(const View& view, std::string_view text) {
    auto& [one, other] = readers_;
    const std::size_t cut = cut_of(text);
    if (cut == text.size()) {
        look_through(view, text, {0, cut}, one);
    } else {
        side_by_side(
            Work::large,
            [&, &mine = one] {
                look_through(view, text, {0, cut}, mine);
            },
            [&, &mine = other] {
                look_through(view, text, {cut, text.size()}, mine);
            });
        const std::size_t middle = one.hits.size();
        one.hits.insert(one.hits.end(), other.hits.begin(), other.hits.end());
        merge_hits(one.hits, middle);
    }
    if (one.hits.size() > kHitsMax) {
        throw Error{ErrorCode::refused,
                    "cannot check the text: it could name somebody in more than a million places"};
    }
    return one.hits;
}

std::string Sought::folded_words(std::string_view text) {
    Folded& folded = readers_[1].folded;
    readers_[1].folder.fold(text, Reading::letters, folded);
    return folded.letters.substr(0, folded.size());
}

}  // namespace custos::vault::publish
