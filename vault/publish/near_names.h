// SPDX-License-Identifier: GPL-3.0-or-later
// Words that are nearly a part of a protected name: one typing error away, or with an ending, an
// article or digits for letters. Each different word of a text is looked at once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/hash_index.h"

namespace custos::vault::publish {

// From so many letters on, one wrong, missing, added or swapped letter is taken for a typing error.
inline constexpr std::size_t kMistypedMin = 6;
// From so many on, an ending of up to kEndingMax letters is taken for an inflection.
inline constexpr std::size_t kInflectedMin = 5;
inline constexpr std::size_t kEndingMax = 3;
// Names of Arabic and Hebrew are short, since they are written without vowels.
inline constexpr std::size_t kPrefixedMin = 4;
// Shorter words count only when they begin with a capital, where the script has capitals.
inline constexpr std::size_t kAnyCaseMin = 8;

class NearNames {
public:
    explicit NearNames(std::vector<NamePart> parts);

    using Match =
        std::function<void(std::uint32_t person, Rule rule, std::size_t begin, std::size_t end)>;
    // `source` is the text that was folded; the stretch begins and ends where words do.
    void find(std::string_view source, const Folded& text, Stretch stretch,
              const Match& match) const;

private:
    struct Word {
        std::u32string letters;
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    void look_at(const Word& word, const Match& match) const;
    void look_for_typing_errors(const Word& word, const Match& match) const;
    // Whether `letters` are a part of a name.
    bool is_part(std::u32string_view letters) const;
    void report_parts(std::u32string_view letters, Rule rule, const Word& word,
                      const Match& match) const;

    std::vector<NamePart> parts_;
    HashIndex exact_;
    // One error leaves one half of the name as it was: halves, with the length of the whole.
    HashIndex halves_;
};

}  // namespace custos::vault::publish
