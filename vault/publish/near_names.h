// SPDX-License-Identifier: GPL-3.0-or-later
// Words that are nearly a part of a protected name: one typing error away, or with an ending, an
// article or digits for letters.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/hash_index.h"
#include "vault/publish/rolling.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {

// From so many letters on, one wrong, missing, added or swapped letter is taken for a typing error.
inline constexpr std::size_t kMistypedMin = 5;
// From so many on, two of them, in words that are written as names are.
inline constexpr std::size_t kTwiceMistypedMin = 9;
// From so many on, an ending of up to kEndingMax letters is taken for an inflection.
inline constexpr std::size_t kInflectedMin = 5;
inline constexpr std::size_t kEndingMax = 3;
// Names of Arabic and Hebrew are short, since they are written without vowels.
inline constexpr std::size_t kPrefixedMin = 4;
// Shorter words count only when they begin with a capital, where the script has capitals.
inline constexpr std::size_t kAnyCaseMin = 8;

// Shorter words are too short, longer ones are no words.
inline constexpr std::size_t kNearBytesMin = 5;
inline constexpr std::size_t kNearBytesMax = 256;

class NearNames {
public:
    explicit NearNames(NameParts parts);

    // One thread's memory for the word that it looks at.
    class Reader {
        friend class NearNames;
        void spell(const Folded& text, const Word& word);
        std::u32string_view letters() const { return {letters_.data(), size_}; }
        // Letters [first, last) of the word.
        Row row(std::size_t first, std::size_t last) const {
            return Row{up_to_[last], last}.behind({up_to_[first], first});
        }

        std::array<char32_t, kNearBytesMax> letters_{};
        std::array<std::uint64_t, kNearBytesMax + 1> up_to_{};  // rows from the beginning
        std::size_t size_ = 0;
        std::size_t begin_ = 0;  // in the folded text
        std::size_t end_ = 0;
    };

    using Match =
        std::function<void(std::uint32_t person, Rule rule, std::size_t begin, std::size_t end)>;
    // Whether a word of so many bytes is looked at for one or two errors at all.
    static bool may_be_near(const Word& word) {
        return word.size() >= kNearBytesMin && word.size() <= kNearBytesMax;
    }
    static bool may_be_mistyped_twice(const Word& word) {
        return word.size() + 2 >= kTwiceMistypedMin && word.size() <= kNearBytesMax;
    }
    // Whether it is, for how it begins in `source`, the text that was folded.
    static bool is_written_as_name(std::string_view source, const Folded& text, const Word& word);
    static bool begins_as_name(std::string_view source, const Folded& text, const Word& word);

    enum class Errors { one, two, both };
    // What the word is near to. Once for each different word of a text is enough.
    void find(const Folded& text, const Word& word, Errors errors, Reader& reader,
              const Match& match) const;

private:
    void look_at(const Reader& word, const Match& match) const;
    void look_for_typing_errors(const Reader& word, const Match& match) const;
    void look_for_two_errors(const Reader& word, const Match& match) const;
    std::u32string_view letters_of(std::uint32_t part) const {
        return std::u32string_view(names_.letters)
            .substr(names_.parts[part].begin, names_.parts[part].size);
    }
    // Whether `letters`, whose row is given, are a part of a name.
    bool is_part(std::u32string_view letters, Row row) const;
    void report_parts(std::u32string_view letters, Row row, Rule rule, const Reader& word,
                      const Match& match) const;

    NameParts names_;
    HashIndex exact_;
    // One error leaves one half of the name as it was: halves, with the length of the whole.
    HashIndex halves_;
    HashIndex thirds_;  // and two errors leave a third of it
};

}  // namespace custos::vault::publish
