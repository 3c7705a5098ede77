// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts text into what full-text search finds. Pure: text in, tokens out.
//
//  * Words are folded: case, compatibility forms, digits of every script to ASCII; and marks are
//    dropped where readers expect it (Latin, Greek, Cyrillic, Arabic, Hebrew): "Café" is "cafe".
//  * Scripts that put no spaces between words (Khmer, Thai, Lao, Burmese, Tibetan, Han, Kana ...)
//  give
//    overlapping pairs of code points, and the last code point of a run on its own: "王明村" is
//    王明, 明村, 村. So every piece of two code points or more is a phrase of such pairs, wherever
//    a dictionary would have cut, and a piece of one is the beginning of some pair.
//  * Invisible characters (zero-width spaces and joiners, bidi controls) are passed over and break
//    nothing. Everything else, and every byte that is not UTF-8, separates.
//
// In a query the last run gives no single code point unless that is all of it, because more text
// may follow it in the document (see query.h, which makes such an ending a prefix).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "vault/db/fts5_tokenizer.h"

namespace custos::vault {

inline constexpr std::size_t kTokenBytesMax = 128;  // the rest of a longer word is left out

class FoldTable;  // fold_table.h

class Tokenizer {
public:
    Tokenizer();
    Tokenizer(Tokenizer&&) noexcept;
    Tokenizer& operator=(Tokenizer&&) noexcept;
    ~Tokenizer();

    // Calls `sink` for every token in order, until it returns false. begin and end lie between
    // characters of `text`. Not for two threads at once: character properties are cached as they
    // come.
    void tokenize(std::string_view text, TextPurpose purpose, const TokenSink& sink);

    // Whether `token` is one code point of a script without spaces: alone it stands at the end of a
    // run only, elsewhere it begins a pair.
    [[nodiscard]] bool begins_pair(std::string_view token);

private:
    std::unique_ptr<FoldTable> table_;
};

}  // namespace custos::vault
