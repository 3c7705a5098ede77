// SPDX-License-Identifier: GPL-3.0-or-later
// Names by their sound, so that a name kept in one script is found in another one, and in spellings
// that nobody listed: Чамран, จำเริญ and Chamroeun all have ch, m, r, n.
//
// A word becomes its consonants, each by its class (k, g, kh and gh are one; vowels go). Khmer,
// Thai, Lao and Burmese letters are read by tables here, as names are romanised; other scripts by
// ICU.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/hash_index.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {

// Neighbouring words are a name from so many consonants on, one word alone likewise.
inline constexpr std::size_t kSoundPairMin = 4;
inline constexpr std::size_t kSoundWordMin = 4;
// In scripts that put no spaces between words, a whole name from so many on.
inline constexpr std::size_t kSoundRunMin = 6;
inline constexpr std::size_t kSoundWordBytesMax = 96;
// Words that one name may be written as: Zhang Jian Guo, Ko Ko Phoe La Min.
inline constexpr std::size_t kSoundWordsMax = 6;

// Reads words. Not for two threads at once: what is known about characters is kept as they come.
class Sounds {
public:
    Sounds();
    Sounds(Sounds&&) noexcept;
    Sounds& operator=(Sounds&&) noexcept;
    ~Sounds();

    // Classes of the consonants of a word, one letter each; empty for what has none. With `ending`,
    // as it is spoken: the last one of Thai and Lao is another, a Khmer letter below
    // the last one is silent, -ov may be written -ow, and of two n that meet in Burmese one is
    // heard.
    enum class Ending { as_written, as_spoken };
    [[nodiscard]] std::string of(std::string_view word, Ending ending = Ending::as_written);

private:
    struct Reader;
    std::unique_ptr<Reader> reader_;
};

// The consonant that is heard where `sound` ends a syllable of Thai or Lao.
[[nodiscard]] char spoken_ending(char sound);

// What names sound like, as it is looked for in texts.
class SoundForms {
public:
    // The sounds of one name, part by part.
    void add(const std::vector<std::string>& parts, std::uint32_t person);
    void append(SoundForms&& others);

private:
    friend class SoundNames;
    // A whole name as it may stand in a run of characters: by hash, so that many names need little
    // memory. The last sound may be as it is written or as it is spoken.
    struct Run {
        std::uint64_t all_but_last = 0;
        std::uint32_t person = 0;
        std::uint16_t size = 0;
        char last = 0;
    };
    std::vector<HashIndex::Link> words_;       // persons by parts, pairs of parts and whole names
    std::vector<HashIndex::Link> beginnings_;  // runs_ by their first kSoundRunMin
    std::vector<Run> runs_;
};

class SoundNames {
public:
    explicit SoundNames(SoundForms forms);

    // Reads words, and remembers what it read: texts repeat their words. Not for two threads at
    // once.
    class Reader {
    public:
        Reader();

    private:
        friend class SoundNames;
        struct Known {
            std::uint64_t hash = 0;  // of the word; 0: none
            std::uint64_t row = 0;
            std::uint32_t begin = 0;  // of its sounds in text_
            std::uint32_t size = 0;
        };
        // Until the next call.
        const Known& read(std::string_view word);
        std::string_view sounds_of(const Known& known) const {
            return std::string_view(text_).substr(known.begin, known.size);
        }
        Known& slot_for(std::uint64_t hash);
        void make_room();

        Sounds sounds_;
        std::vector<Known> slots_;
        std::size_t used_ = 0;
        std::string text_;
        // Of the run that is looked at.
        std::string run_;
        std::vector<std::uint64_t> run_rows_;  // from its beginning
        std::vector<std::size_t> run_places_;
    };

    // Whether a word that begins with this byte of the text may be of a name, or, `within` one, be
    // a small word that some leave out. Most words begin small.
    static bool may_belong(char first, bool within) {
        if (first < 'a' || first > 'z') return true;
        return within && (first == 'a' || first == 'e' || first == 'b' || first == 'i' ||
                          first == 'd');  // as in al, el, bin, ibn, de
    }

    using Match = std::function<void(std::uint32_t person, std::size_t begin, std::size_t end)>;
    // Names that begin in a stretch up to the start `last`, of which `words` are those that may
    // belong. Places in `source`, the text that was folded, from the first letter up to and with
    // the beginning of the last word.
    void find(std::string_view source, const Folded& text, const std::vector<Word>& words,
              std::size_t last, Reader& reader, const Match& match) const;

private:
    using Run = SoundForms::Run;
    class Walk;

    HashIndex words_;
    std::vector<Run> runs_;
    HashIndex run_beginnings_;
};

}  // namespace custos::vault::publish
