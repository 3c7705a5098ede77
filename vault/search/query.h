// SPDX-License-Identifier: GPL-3.0-or-later
// The query language: what a person types, read into an expression that FTS5 cannot misunderstand.
//
//     abduction bangkok         both words (AND may be written)
//     taken OR abducted         one of them; NOT and -word exclude
//     "white van"               the words in this order
//     detain*                   words that begin so
//     (khmer OR thai) -draft    parentheses group
//
// docs/search.md tells it to users. Text in scripts without spaces is searched as it stands, from
// one character on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/search/tokenizer.h"

namespace custos::vault {

inline constexpr std::size_t kQueryBytesMax = 4096;
inline constexpr std::size_t kQueryTermsMax = 64;
inline constexpr int kQueryDepthMax = 16;

// Tokens that must follow each other; the last one may be the beginning of a longer one.
struct SearchPhrase {
    std::vector<std::string> tokens;
    bool prefix = false;
    auto operator<=>(const SearchPhrase&) const = default;
};

struct SearchQuery {
    std::string match;                  // for "record_text MATCH ?": bind it
    std::vector<SearchPhrase> phrases;  // those that a hit may contain, for snippets
};

// Throws Error{usage} that names the place, such as "cannot read the search at character 7: ...".
[[nodiscard]] SearchQuery parse_search(Tokenizer& tokenizer, std::string_view text);

}  // namespace custos::vault
