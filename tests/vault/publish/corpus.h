// SPDX-License-Identifier: GPL-3.0-or-later
// Documents with leaks that are known, made from a seed: who is named in each, in which script, and
// in which of the ways in which names slip through. Nobody in them exists.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/protected.h"

namespace custos::test {

enum class Way {
    as_written,
    case_changed,
    turned_around,  // family name first, with a comma
    spaced,         // hyphens, line ends, letters apart
    marked,         // accents and vowel signs that the record has not
    invisible,      // zero-width characters and soft hyphens within
    look_alike,     // letters of another script that look the same; wide letters
    encoded,        // entities, percent signs, base64, UTF-16, deflate
    alias,
    number,          // of a passport or a telephone, grouped, in digits of another script
    transliterated,  // in another script than the record's, not listed
    inflected,       // with an ending or a particle
    mistyped,        // one letter wrong, missing, added or swapped
    none,            // nobody is named: what is found is a false alarm
};
inline constexpr std::size_t kWays = 14;
[[nodiscard]] std::string_view name_of(Way way);
// What has to be found of it, of a thousand.
[[nodiscard]] int wanted_of(Way way);

struct Document {
    Way way = Way::none;
    std::string script;
    std::string text;
    std::string record;  // who is in it; empty for none
};

class Corpus {
public:
    explicit Corpus(std::uint32_t seed);

    const std::vector<vault::publish::Person>& persons() const { return persons_; }
    // The i-th document: ways and scripts take turns.
    Document document(std::size_t i);

private:
    std::size_t pick(std::size_t count) { return random_() % count; }
    std::string written(Way way, std::size_t script, std::size_t person);
    std::string filler(std::size_t script);

    std::mt19937 random_;
    std::vector<vault::publish::Person> persons_;
    std::vector<std::array<std::size_t, 2>> parts_;  // of each person's name, in its script
};

}  // namespace custos::test
