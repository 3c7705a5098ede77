// SPDX-License-Identifier: GPL-3.0-or-later
// What was written after a command's words: its options and its plain words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace custos::cli {

enum class Takes {
    nothing,  // --dry-run
    value,    // --limit 5, --limit=5; the last one counts
    values,   // --set a=1 --set b=2; never split at commas
};

struct Option {
    std::string_view name;  // at least two letters, without the dashes
    char letter = '\0';     // '\0': none
    Takes takes = Takes::nothing;
    std::string_view value;  // what the help calls the value: "FILE"
    std::string_view help;   // one line
};

class Arguments {
public:
    // Throws Error{usage} for an unknown option (naming the nearest), a missing or an unwanted
    // value. `given` has no global options in it any more (see cli/globals.h).
    static Arguments parse(std::span<const Option> options, const std::vector<std::string>& given);

    bool has(std::string_view option) const;
    std::string text(std::string_view option, std::string_view otherwise = {}) const;
    std::optional<std::string> maybe(std::string_view option) const;
    std::vector<std::string> texts(std::string_view option) const;
    // Decimal digits, at most `most`; Error{usage} for anything else.
    std::uint64_t number(std::string_view option, std::uint64_t otherwise,
                         std::uint64_t most) const;

    const std::vector<std::string>& words() const noexcept { return words_; }
    const std::string& word(std::size_t i) const { return words_.at(i); }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
    std::vector<std::string> words_;
};

// Decimal digits only, no sign, no space, at most `most`.
[[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view text, std::uint64_t most);

}  // namespace custos::cli
