// SPDX-License-Identifier: GPL-3.0-or-later
// How much two records look like one person, or like one incident, and why. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/name_keys.h"

namespace custos::vault::analysis {

struct Likeness {
    double score = 0;  // 0 to 1
    // "same number", "names sound alike", ...: without what the records say.
    std::vector<std::string> why;
};

// From this score on two records are worth a look.
inline constexpr double kLikenessLeast = 0.55;

// What persons are compared by, read once for each.
struct PersonSigns {
    struct Name {
        std::vector<std::string> parts;  // sorted
        std::string sound;
        std::size_t letters = 0;
    };
    std::set<std::string> numbers;   // as keys of the index
    std::set<std::string> contacts;  // as keys of the index
    std::vector<Name> names;
    std::string born, sex, gender;
};
[[nodiscard]] PersonSigns signs_of(NameReader& reader, const nlohmann::json& fields);
[[nodiscard]] Likeness likeness_of(const PersonSigns& a, const PersonSigns& b);

// Of the fields of two incidents.
[[nodiscard]] Likeness likeness_of_incidents(NameReader& reader, const nlohmann::json& a,
                                             const nlohmann::json& b);

// Letters that must be changed, added, left out or swapped with the next; at most `most` + 1.
[[nodiscard]] std::size_t letters_apart(std::string_view a, std::string_view b, std::size_t most);

}  // namespace custos::vault::analysis
