// SPDX-License-Identifier: GPL-3.0-or-later
// Handles: what stands in a statement in place of a name, a date, a place: {P-7K3QD},
// {I-2M9XA:date}. What follows a handle is text, so {P-7K3QD}'s is a possessive; languages that
// bend the word before the letter write it themselves: "der {P-7K3QD:letter}".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace custos::vault::publish {

struct Handle {
    std::size_t begin = 0;  // of the opening brace
    std::size_t end = 0;    // behind the closing one
    char prefix = 'P';      // upper case
    std::string id;         // in upper case: "P-7K3QD"
    std::string aspect;     // in lower case: "date", "place", ...; empty: the record itself

    // What names this handle in a plan: "I-2M9XA:date".
    [[nodiscard]] std::string key() const { return aspect.empty() ? id : id + ":" + aspect; }
};

// In order. Braces around anything else are text.
[[nodiscard]] std::vector<Handle> handles_in(std::string_view text);

// Words that could be the code or the full id of a record, with or without braces: each once, in
// upper case.
[[nodiscard]] std::vector<std::string> codes_in(std::string_view text);

// The 1-based line of a byte.
[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t at);

}  // namespace custos::vault::publish
