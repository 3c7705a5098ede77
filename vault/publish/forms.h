// SPDX-License-Identifier: GPL-3.0-or-later
// Which forms of a person's names and numbers the leak scan looks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/rules.h"
#include "vault/publish/sounds.h"

namespace custos::vault::publish {

struct Form {
    std::uint32_t begin = 0;  // in NameForms::letters
    std::uint32_t size = 0;
    std::uint32_t person = 0;
    Rule rule = Rule::name;
    Severity severity = Severity::exact;
    bool inside_words = false;  // long enough to be looked for within longer words
};
// Many of them, with their letters in one row: a string each would cost more than all the rest.
struct NameForms {
    std::string letters;  // folded
    std::vector<Form> forms;

    // `form` has no place yet.
    void add(std::string_view text, Form form) {
        form.begin = static_cast<std::uint32_t>(letters.size());
        form.size = static_cast<std::uint32_t>(text.size());
        letters += text;
        forms.push_back(form);
    }
    std::string_view letters_of(const Form& form) const {
        return std::string_view(letters).substr(form.begin, form.size);
    }
};

// A part of a name that near misses are looked for of.
struct NamePart {
    std::uint32_t begin = 0;  // in NameParts::letters
    std::uint32_t size = 0;
    std::uint32_t person = 0;
};
struct NameParts {
    std::u32string letters;
    std::vector<NamePart> parts;
};

// A number by its digits. Its last digits count too: people leave out country codes and leading
// zeros.
struct NumberForm {
    std::string digits;
    std::uint32_t person = 0;
    Rule rule = Rule::identifier;
};

struct Forms {
    NameForms names;
    NameParts parts;
    std::vector<NumberForm> numbers;
    SoundForms sounds;

    void append(Forms&& others);
};

// At least so many digits make a number that says something by itself.
inline constexpr std::size_t kNumberDigitsMin = 5;
// So many last digits of a longer number are that number.
inline constexpr std::size_t kNumberSuffix = 7;

// Forms of the persons [first, last). Who may be named comes with the stretch that begins at 0.
[[nodiscard]] Forms forms_of(const std::vector<Person>& persons, Stretch stretch,
                             const std::vector<std::string>& named, Folder& folder);

}  // namespace custos::vault::publish
