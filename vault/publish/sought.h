// SPDX-License-Identifier: GPL-3.0-or-later
// All that the leak scan looks for, and the search for it in one reading of a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/decode.h"
#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/hits.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/matcher.h"
#include "vault/publish/near_names.h"
#include "vault/publish/numbers.h"
#include "vault/publish/sounds.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {

class Sought {
public:
    // As those of LeakScan.
    Sought(const std::vector<Person>& persons, const std::vector<std::string>& named,
           std::vector<std::string> own, const std::vector<Term>& terms);

    // All hits of one view, in order, until the next call. Error{refused} for more than can be
    // listed: none may crowd out another.
    const std::vector<Hit>& hits_in(const View& view, std::string_view text);

    // The words of a finding, the same however they are written.
    std::string folded_words(std::string_view text);

    std::string code_of(std::uint32_t person) const {
        return person == kNobody ? std::string() : codes_[person];
    }

private:
    // What one thread needs to look through a part of a text; its memory is used again.
    struct Reader {
        Folder folder;
        Folded folded;
        Folded digits;
        WordMemo words;
        NearNames::Reader near_names;
        std::vector<Word> spoken;  // those of a stretch that may be of a name by their sound
        SoundNames::Reader sound_names;
        std::vector<Hit> hits;
    };
    class Look;

    Forms forms_of_all(const std::vector<Person>& persons, const std::vector<std::string>& named);
    void add_terms(const std::vector<Term>& terms, Forms& all);
    void look_through(const View& view, std::string_view text, Range span, Reader& reader) const;
    bool is_own(std::string_view text, std::size_t begin, std::size_t end) const;

    std::vector<std::string> codes_;  // by index of person
    std::vector<std::string> own_;
    std::array<Reader, 2> readers_;
    Matcher matcher_{{}};
    NumberTable numbers_{{}};
    NearNames near_names_{{}};
    SoundNames sound_names_{{}};
};

}  // namespace custos::vault::publish
