// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for the sounds of names in a text (vault/publish/sounds.h).
#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>

#include "vault/publish/rolling.h"
#include "vault/publish/sounds.h"

namespace custos::vault::publish {
namespace {

// Bytes between two words of a name: a space, a hyphen, a comma and a space.
constexpr std::size_t kGapMax = 3;

// Fewer bytes have too few sounds: two characters of three bytes, one letter of two.
constexpr std::size_t kRunBytesMin = 7;
constexpr std::size_t kLetterBytesMax = 3;

// A run is read so far behind the end of its stretch: longer than the longest name in it.
constexpr std::size_t kRunReach = 2048;

// Places for words that are remembered: at first, and before all are forgotten.
constexpr std::size_t kKnownMin = 1024;
constexpr std::size_t kKnownMax = 1u << 18;

// Kinds of rows in the indexes.
constexpr std::uint64_t kWord = 1;   // parts and pairs of parts
constexpr std::uint64_t kWhole = 2;  // whole names, in either order
constexpr std::uint64_t kRun = 3;

Row pair_of(Row one, const Row& other) {
    one.add('+');
    one.add(other);
    return one;
}

}  // namespace

void SoundForms::add(const std::vector<std::string>& parts, std::uint32_t person) {
    std::string whole;
    std::string turned;
    for (std::size_t a = 0; a < parts.size(); ++a) {
        const Row row = row_of(parts[a]);
        if (row.size >= kSoundWordMin) words_.push_back({row.hash(kWord), person});
        whole += parts[a];
        turned.insert(0, parts[a]);
        // Two parts of two are the whole.
        for (std::size_t b = 0; parts.size() > 2 && b < parts.size(); ++b) {
            if (a == b || parts[a].empty() || parts[b].empty() ||
                parts[a].size() + parts[b].size() < kSoundPairMin)
                continue;
            words_.push_back({pair_of(row, row_of(parts[b])).hash(kWord), person});
        }
    }
    if (parts.size() < 2 || whole.size() < kSoundPairMin) return;
    for (const std::string_view sounds : {std::string_view(whole), std::string_view(turned)}) {
        words_.push_back({row_of(sounds).hash(kWhole), person});
        if (sounds.size() < kSoundRunMin || sounds.size() > kRunReach) continue;
        beginnings_.push_back({row_of(sounds.substr(0, kSoundRunMin)).hash(kRun),
                               static_cast<std::uint32_t>(runs_.size())});
        runs_.push_back({row_of(sounds.substr(0, sounds.size() - 1)).hash(kRun), person,
                         static_cast<std::uint16_t>(sounds.size()), sounds.back()});
    }
}

void SoundForms::append(SoundForms&& others) {
    words_.insert(words_.end(), others.words_.begin(), others.words_.end());
    for (HashIndex::Link& link : others.beginnings_)
        link.value += static_cast<std::uint32_t>(runs_.size());
    beginnings_.insert(beginnings_.end(), others.beginnings_.begin(), others.beginnings_.end());
    runs_.insert(runs_.end(), others.runs_.begin(), others.runs_.end());
}

SoundNames::SoundNames(SoundForms forms) : runs_(std::move(forms.runs_)) {
    words_.build(forms.words_);
    run_beginnings_.build(forms.beginnings_);
}

SoundNames::Reader::Reader() : slots_(kKnownMin) {}

SoundNames::Reader::Known& SoundNames::Reader::slot_for(std::uint64_t hash) {
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
}

void SoundNames::Reader::make_room() {
    if (++used_ * 3 <= slots_.size() * 2) return;
    const bool is_full = slots_.size() >= kKnownMax;
    std::vector<Known> old(is_full ? kKnownMin : slots_.size() * 2);
    old.swap(slots_);
    used_ = 1;
    if (is_full) {
        text_.clear();
        return;
    }
    for (const Known& known : old) {
        if (known.hash == 0) continue;
        slot_for(known.hash) = known;
        ++used_;
    }
}

const SoundNames::Reader::Known& SoundNames::Reader::read(std::string_view word) {
    const std::uint64_t hash = hash_of_bytes(word) | 1;
    if (Known& known = slot_for(hash); known.hash != 0) return known;
    make_room();
    const std::string sounds = sounds_.of(word);
    Known& known = slot_for(hash);
    known = {hash, row_of(sounds).value, static_cast<std::uint32_t>(text_.size()),
             static_cast<std::uint32_t>(sounds.size())};
    text_ += sounds;
    return known;
}

namespace {

// Small words within names that some write and others leave out.
bool is_particle(std::string_view word) {
    static constexpr std::array<std::string_view, 10> kParticles = {
        "Al", "El", "al", "el", "Bin", "bin", "Ibn", "ibn", "De", "de"};
    return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

// A word of the source that may be a name: it begins with a capital, or its script has none.
bool may_be_name(std::string_view source, std::size_t at) {
    const auto byte = static_cast<unsigned char>(source[at]);
    if (byte < 0x80) return byte >= 'A' && byte <= 'Z';
    std::size_t next = at;
    const char32_t c = next_character(source, next);
    return c != kNoCharacter && u_isalpha(static_cast<UChar32>(c)) != 0 &&
           u_isULowercase(static_cast<UChar32>(c)) == 0;
}

// Thai and Lao, Burmese, Khmer, kana, Han, Hangul.
bool is_of_unspaced_script(std::string_view source, std::size_t at) {
    if (static_cast<unsigned char>(source[at]) < 0x80) return false;
    struct Block {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array<Block, 7> kBlocks = {{{0x0E00, 0x0EFF},
                                                      {0x1000, 0x109F},
                                                      {0x1780, 0x17FF},
                                                      {0x3040, 0x30FF},
                                                      {0x3400, 0x4DBF},
                                                      {0x4E00, 0x9FFF},
                                                      {0xAC00, 0xD7AF}}};
    const char32_t c = next_character(source, at);
    return std::any_of(kBlocks.begin(), kBlocks.end(),
                       [&](const Block& block) { return c >= block.first && c <= block.last; });
}

// Behind the last letter of the word that begins at `begin`; no further than `limit`.
std::size_t end_of_word(std::string_view source, std::size_t begin, std::size_t limit) {
    std::size_t end = begin;
    for (std::size_t at = begin; at < limit;) {
        const auto byte = static_cast<unsigned char>(source[at]);
        if (byte < 0x80) {
            const bool letter =
                (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '\'';
            if (!letter) break;
            end = ++at;
            continue;
        }
        const char32_t c = next_character(source, at);
        if (c == kNoCharacter || (U_GET_GC_MASK(static_cast<UChar32>(c)) &
                                  (U_GC_L_MASK | U_GC_M_MASK | U_GC_CF_MASK)) == 0)
            break;
        end = at;
    }
    return end;
}

}  // namespace

// One pass over a stretch of the text.
class SoundNames::Walk {
public:
    // Names that begin at `stop` or behind it are none of this stretch.
    Walk(const SoundNames& names, std::string_view source, std::size_t stop, Reader& reader,
         const Match& match)
        : names_(names), source_(source), stop_(stop), reader_(reader), match_(match) {}

    // Whether no name that began in the stretch can be going on at `begin`, behind it.
    bool is_done(std::size_t begin) const {
        const bool in_words = count_ > 0 && before_[0].begin < stop_;
        const bool in_run =
            run_begin_ != run_end_ && run_begin_ < stop_ && begin < stop_ + kRunReach;
        return !in_words && !in_run;
    }

    // A word that belongs to no name.
    void break_off() {
        finish_run();
        count_ = 0;
    }

    // Of `text`; words that belong to no name may have been left out before it.
    void see(const Folded& text, const Word& word) {
        if (word.start != next_) break_off();
        next_ = word.next;
        const std::size_t begin = text.starts[word.start].source;
        const std::size_t limit =
            word.next < text.starts.size() ? text.starts[word.next].source : source_.size();
        const std::size_t end = end_of_word(source_, begin, limit);
        if (is_of_unspaced_script(source_, begin)) {
            see_character(begin, end);
        } else {
            see_word(begin, end);
        }
    }

    void finish_run() {
        if (run_begin_ == run_end_) return;
        const std::string_view text = source_.substr(run_begin_, run_end_ - run_begin_);
        if (text.size() >= kRunBytesMin) {
            read_run(text);
            look_through_run();
        }
        run_begin_ = run_end_ = 0;
    }

private:
    void see_word(std::size_t begin, std::size_t end) {
        finish_run();
        const bool beside = count_ > 0 && begin - before_end_ <= kGapMax;
        if (beside && is_particle(source_.substr(begin, end - begin))) {
            before_end_ = end;
            return;
        }
        const bool is_letter =
            static_cast<unsigned char>(source_[begin]) >= 0x80 && end - begin <= kLetterBytesMax;
        if (end - begin > kSoundWordBytesMax || is_letter || !may_be_name(source_, begin)) {
            count_ = 0;
            return;
        }
        if (!beside) count_ = 0;
        if (count_ == kSoundWordsMax) {
            std::move(before_.begin() + 1, before_.end(), before_.begin());
            --count_;
        }
        const Reader::Known& known = reader_.read(source_.substr(begin, end - begin));
        const Row sounds{known.row, known.size};
        before_[count_++] = {sounds, begin};
        before_end_ = end;
        // The last word alone, the last two, three and more together.
        Row joined;
        for (std::size_t i = count_; i > 0; --i) {
            const Spoken& first = before_[i - 1];
            if (count_ - i == 1)
                look_up(pair_of(first.sounds, sounds).hash(kWord), first.begin, begin + 1);
            Row longer = first.sounds;
            longer.add(joined);
            joined = longer;
            if (joined.size >= kSoundWordMin) look_up(joined.hash(kWord), first.begin, begin + 1);
            // One word is a whole name only if it is long: words of the language are short.
            const std::size_t whole_min = i == count_ ? kSoundRunMin : kSoundPairMin;
            if (joined.size >= whole_min) look_up(joined.hash(kWhole), first.begin, begin + 1);
        }
    }

    // A character of a script without spaces, with the marks on it.
    void see_character(std::size_t begin, std::size_t end) {
        count_ = 0;
        if (begin > run_end_ + kGapMax) finish_run();
        if (run_begin_ == run_end_) run_begin_ = begin;
        run_end_ = end;
    }

    static bool is_attached(std::string_view text, std::size_t at) {
        const char32_t c = next_character(text, at);
        return c != kNoCharacter &&
               (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
    }

    // Sounds with the place of the character that each belongs to.
    void read_run(std::string_view text) {
        reader_.run_.clear();
        reader_.run_places_.clear();
        reader_.run_rows_.assign(1, 0);
        Row row;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            next_character(text, at);
            while (at < text.size() && is_attached(text, at)) next_character(text, at);
            const std::string_view one =
                reader_.sounds_of(reader_.read(text.substr(begin, at - begin)));
            for (const char sound : one) {
                row.add(static_cast<unsigned char>(sound));
                reader_.run_rows_.push_back(row.value);
                reader_.run_places_.push_back(run_begin_ + begin);
            }
            reader_.run_ += one;
        }
    }

    void look_through_run() {
        const std::string& sounds = reader_.run_;
        const auto& places = reader_.run_places_;
        for (std::size_t at = 0; at + kSoundRunMin <= sounds.size(); ++at) {
            if (places[at] >= stop_) return;
            names_.run_beginnings_.each(
                row_of_run(at, kSoundRunMin).hash(kRun), [&](std::uint32_t i) {
                    const Run& run = names_.runs_[i];
                    if (stands_at(at, run))
                        match_(run.person, places[at], places[at + run.size - 1] + 1);
                });
        }
    }

    Row row_of_run(std::size_t at, std::size_t size) const {
        return Row{reader_.run_rows_[at + size], at + size}.behind({reader_.run_rows_[at], at});
    }

    bool stands_at(std::size_t at, const Run& run) const {
        if (at + run.size > reader_.run_.size()) return false;
        const char last = reader_.run_[at + run.size - 1];
        return (last == run.last || spoken_ending(last) == run.last) &&
               row_of_run(at, run.size - 1u).hash(kRun) == run.all_but_last;
    }

    void look_up(std::uint64_t hash, std::size_t begin, std::size_t end) {
        if (begin >= stop_) return;
        names_.words_.each(hash, [&](std::uint32_t person) { match_(person, begin, end); });
    }

    const SoundNames& names_;
    std::string_view source_;
    std::size_t stop_;
    Reader& reader_;
    const Match& match_;
    struct Spoken {
        Row sounds;
        std::size_t begin = 0;
    };
    std::array<Spoken, kSoundWordsMax> before_;  // words up to this one, beside each other
    std::size_t count_ = 0;
    std::size_t next_ = 0;  // start behind the last word that was seen
    std::size_t before_end_ = 0;
    std::size_t run_begin_ = 0;
    std::size_t run_end_ = 0;
};

void SoundNames::find(std::string_view source, const Folded& text, const std::vector<Word>& words,
                      std::size_t last, Reader& reader, const Match& match) const {
    if (words_.empty()) return;
    const std::size_t stop = last < text.starts.size() ? text.starts[last].source : source.size();
    Walk walk(*this, source, stop, reader, match);
    for (const Word& word : words) walk.see(text, word);
    // What began in the stretch may end behind it.
    while (last < text.starts.size() && !walk.is_done(text.starts[last].source)) {
        const Word word = word_at(text, last);
        if (may_belong(source[text.starts[last].source], true)) {
            walk.see(text, word);
        } else {
            walk.break_off();
        }
        last = word.next;
    }
    walk.finish_run();
}

}  // namespace custos::vault::publish
