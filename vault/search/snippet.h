// SPDX-License-Identifier: GPL-3.0-or-later
// The piece of a text that shows best why it was found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vault/search/query.h"

namespace custos::vault {

inline constexpr std::size_t kSnippetCharacters = 160;

struct Snippet {
    struct Hit {
        std::size_t begin = 0;  // bytes of `text`; end is not included
        std::size_t end = 0;
        auto operator<=>(const Hit&) const = default;
    };
    std::string text;  // one line, white space runs made one space; stored text: not yet harmless
    std::vector<Hit> hits;    // in order, apart from each other
    bool cut_before = false;  // the text goes on before or after: show an ellipsis
    bool cut_after = false;
};

// At most `characters` code points around the densest group of hits; the beginning of the text when
// there is none.
[[nodiscard]] Snippet make_snippet(Tokenizer& tokenizer, std::string_view text,
                                   const SearchQuery& query,
                                   std::size_t characters = kSnippetCharacters);

}  // namespace custos::vault
