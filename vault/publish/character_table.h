// SPDX-License-Identifier: GPL-3.0-or-later
// What each code point becomes as text is folded (fold.h), by the tables of ICU and Unicode's
// look-alikes. Kept as it is asked for, since most texts use few code points.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

// In one reading.
struct FoldedCharacter {
    enum class Role : std::uint8_t { unknown, separator, invisible, letter, digit, mark };
    Role role = Role::unknown;
    bool upper = false;
    bool lower = false;
    bool unspaced = false;  // of a script without spaces between words
    bool differs = false;   // the other reading is another
    std::string text;
};

// Not for two threads at once. Error{failed} if ICU has not what is needed.
class CharacterTable {
public:
    CharacterTable();
    CharacterTable(const CharacterTable&) = delete;
    CharacterTable& operator=(const CharacterTable&) = delete;
    ~CharacterTable();

    // Good as long as the table. `character` is below 0x110000.
    const FoldedCharacter& entry(char32_t character, Reading reading) {
        auto& page = pages_[static_cast<std::size_t>(reading)][character / 256];
        if (!page) page = std::make_unique<Page>();
        FoldedCharacter& found = (*page)[character % 256];
        if (found.role == FoldedCharacter::Role::unknown) found = make(character, reading);
        return found;
    }

private:
    using Page = std::array<FoldedCharacter, 256>;

    icu::UnicodeString normalized(const icu::Normalizer2& form,
                                  const icu::UnicodeString& text) const;
    icu::UnicodeString skeleton(const icu::UnicodeString& text) const;
    // Letters and digits of `text` after all foldings but the choice of reading.
    std::string finished(const icu::UnicodeString& text);
    std::string text_for(UChar32 character, Reading reading);
    FoldedCharacter make(char32_t character, Reading reading);
    UChar32 simplified_han(UChar32 character);

    const icu::Normalizer2* fold_ = nullptr;       // NFKC_Casefold
    const icu::Normalizer2* decompose_ = nullptr;  // NFKD
    std::unique_ptr<icu::Transliterator> to_simplified_;
    USpoofChecker* spoof_ = nullptr;
    // By reading, then by the upper bits of the code point; pages are made when they are needed.
    std::array<std::vector<std::unique_ptr<Page>>, 2> pages_;
};

}  // namespace custos::vault::publish
