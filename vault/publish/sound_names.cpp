// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for the sounds of names in a text (vault/publish/sounds.h).
#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>

#include "vault/publish/sounds.h"

namespace custos::vault::publish {
namespace {

std::uint64_t hash_of(std::string_view sounds, char kind) {
    std::uint64_t hash = static_cast<unsigned char>(kind);
    for (const char c : sounds) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash * 0xD6E8FEB86659FD93u;
}

// Bytes between two words of a name: a space, a hyphen, a comma and a space.
constexpr std::size_t kGapMax = 3;

// Fewer bytes have too few sounds: two characters of three bytes, one letter of two.
constexpr std::size_t kRunBytesMin = 7;
constexpr std::size_t kLetterBytesMax = 3;

constexpr char kWord = 'w';   // parts and pairs of parts
constexpr char kWhole = 'n';  // whole names, in either order
constexpr char kRun = 'r';

std::string pair_of(std::string_view one, std::string_view other) {
    std::string pair(one);
    pair += '+';
    pair += other;
    return pair;
}

}  // namespace

SoundNames::SoundNames(std::vector<SoundName> names) {
    std::vector<HashIndex::Link> words;
    std::vector<HashIndex::Link> beginnings;
    const auto add = [&](std::string_view sounds, std::uint32_t person, char kind = kWord) {
        words.push_back({hash_of(sounds, kind), person, 0});
    };
    for (const SoundName& name : names) {
        const auto& parts = name.parts;
        std::string whole;
        std::string turned;
        for (std::size_t a = 0; a < parts.size(); ++a) {
            if (parts[a].size() >= kSoundWordMin) add(parts[a], name.person);
            whole += parts[a];
            turned.insert(0, parts[a]);
            // Two parts of two are the whole.
            for (std::size_t b = 0; parts.size() > 2 && b < parts.size(); ++b) {
                if (a != b && !parts[a].empty() && !parts[b].empty() &&
                    parts[a].size() + parts[b].size() >= kSoundPairMin)
                    add(pair_of(parts[a], parts[b]), name.person);
            }
        }
        if (parts.size() < 2 || whole.size() < kSoundPairMin) continue;
        for (const std::string_view sounds : {std::string_view(whole), std::string_view(turned)}) {
            add(sounds, name.person, kWhole);
            if (sounds.size() < kSoundRunMin) continue;
            beginnings.push_back({hash_of(sounds.substr(0, kSoundRunMin), kRun),
                                  static_cast<std::uint32_t>(runs_.size()), 0});
            runs_.push_back({hash_of(sounds.substr(0, sounds.size() - 1), kRun), name.person,
                             static_cast<std::uint16_t>(sounds.size()), sounds.back()});
        }
    }
    words_.build(words);
    run_beginnings_.build(beginnings);
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

}  // namespace

// One pass over a stretch of the text.
class SoundNames::Walk {
public:
    Walk(const SoundNames& names, std::string_view source, Sounds& sounds, const Match& match)
        : names_(names), source_(source), sounds_(sounds), match_(match) {}

    // Whether no name can be going on.
    bool is_idle() const { return before_.empty() && run_begin_ == run_end_; }

    void word(std::size_t begin, std::size_t end) {
        finish_run();
        const bool beside = !before_.empty() && begin - before_end_ <= kGapMax;
        if (beside && is_particle(source_.substr(begin, end - begin))) {
            before_end_ = end;
            return;
        }
        const bool is_letter =
            static_cast<unsigned char>(source_[begin]) >= 0x80 && end - begin <= kLetterBytesMax;
        if (end - begin > kSoundWordBytesMax || is_letter || !may_be_name(source_, begin)) {
            before_.clear();
            return;
        }
        if (!beside) before_.clear();
        if (before_.size() == kSoundWordsMax) before_.erase(before_.begin());
        before_.push_back({sounds_.of(source_.substr(begin, end - begin)), begin});
        before_end_ = end;
        // The last word alone, the last two, three and four together.
        std::string joined;
        for (std::size_t i = before_.size(); i > 0; --i) {
            const Spoken& first = before_[i - 1];
            if (before_.size() - i == 1)
                look_up(pair_of(first.sounds, before_.back().sounds), first.begin, begin + 1);
            joined.insert(0, first.sounds);
            if (joined.size() >= kSoundWordMin) look_up(joined, first.begin, begin + 1);
            // One word is a whole name only if it is long: words of the language are short.
            const std::size_t whole_min = i == before_.size() ? kSoundRunMin : kSoundPairMin;
            if (joined.size() >= whole_min) look_up(joined, first.begin, begin + 1, kWhole);
        }
    }

    // A character of a script without spaces, with the marks on it.
    void character(std::size_t begin, std::size_t end) {
        before_.clear();
        if (begin > run_end_ + kGapMax) finish_run();
        if (run_begin_ == run_end_) run_begin_ = begin;
        run_end_ = end;
    }

    void finish_run() {
        if (run_begin_ == run_end_) return;
        const std::string_view text = source_.substr(run_begin_, run_end_ - run_begin_);
        if (text.size() < kRunBytesMin) {
            run_begin_ = run_end_ = 0;
            return;
        }
        // Sounds with the place of the character that each belongs to.
        std::string sounds;
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            next_character(text, at);
            while (at < text.size() && is_attached(text, at)) next_character(text, at);
            const std::string one = sounds_.of(text.substr(begin, at - begin));
            sounds += one;
            places.insert(places.end(), one.size(), run_begin_ + begin);
        }
        for (std::size_t at = 0; at + kSoundRunMin <= sounds.size(); ++at) {
            const std::string_view rest = std::string_view(sounds).substr(at);
            names_.run_beginnings_.each(
                hash_of(rest.substr(0, kSoundRunMin), kRun), [&](std::uint32_t i) {
                    const Run& run = names_.runs_[i];
                    if (!begins_with(rest, run)) return;
                    match_(run.person, places[at], places[at + run.size - 1] + 1);
                });
        }
        run_begin_ = run_end_ = 0;
    }

private:
    static bool is_attached(std::string_view text, std::size_t at) {
        const char32_t c = next_character(text, at);
        return c != kNoCharacter &&
               (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
    }

    static bool begins_with(std::string_view text, const Run& run) {
        if (text.size() < run.size) return false;
        const char last = text[run.size - 1u];
        return (last == run.last || spoken_ending(last) == run.last) &&
               hash_of(text.substr(0, run.size - 1u), kRun) == run.all_but_last;
    }

    void look_up(std::string_view sounds, std::size_t begin, std::size_t end, char kind = kWord) {
        names_.words_.each(hash_of(sounds, kind),
                           [&](std::uint32_t person) { match_(person, begin, end); });
    }

    const SoundNames& names_;
    std::string_view source_;
    Sounds& sounds_;
    const Match& match_;
    struct Spoken {
        std::string sounds;
        std::size_t begin = 0;
    };
    std::vector<Spoken> before_;  // words before this one, beside each other
    std::size_t before_end_ = 0;
    std::size_t run_begin_ = 0;
    std::size_t run_end_ = 0;
};

namespace {

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

void SoundNames::find(std::string_view source, const Folded& text, Stretch stretch, Sounds& sounds,
                      const Match& match) const {
    if (words_.empty()) return;
    Walk walk(*this, source, sounds, match);
    const auto is_hard = [&](std::size_t i) {
        return text.edge(text.starts[i].letter) == Edge::hard;
    };
    for (std::size_t i = stretch.first; i < stretch.last;) {
        const std::size_t begin = text.starts[i].source;
        std::size_t next = i + 1;
        while (next < text.starts.size() && !is_hard(next)) ++next;
        const std::size_t limit =
            next < text.starts.size() ? text.starts[next].source : source.size();
        i = next;
        // Most words of a text begin small, behind others that do.
        if (source[begin] >= 'a' && source[begin] <= 'z' && walk.is_idle()) continue;
        const std::size_t end = end_of_word(source, begin, limit);
        if (is_of_unspaced_script(source, begin)) {
            walk.character(begin, end);
        } else {
            walk.word(begin, end);
        }
    }
    walk.finish_run();
}

}  // namespace custos::vault::publish
