// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/word_difference.h"

#include <memory>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "crypto/error.h"

namespace custos::vault::analysis {
namespace {

struct CloseBreaks {
    void operator()(UBreakIterator* breaks) const { ubrk_close(breaks); }
};
struct CloseText {
    void operator()(UText* text) const { utext_close(text); }
};

void expect(UErrorCode status) {
    if (U_FAILURE(status)) {
        throw Error{ErrorCode::failed,
                    std::string("ICU cannot cut a text into words: ") + u_errorName(status)};
    }
}

bool is_space(std::string_view text) {
    return text.find_first_not_of(" \t\n\r") == std::string_view::npos;
}

void append(std::vector<TextPiece>& pieces, Edit edit, std::string_view text) {
    if (text.empty()) return;
    if (!pieces.empty() && pieces.back().edit == edit) {
        pieces.back().text += text;
    } else {
        pieces.push_back({edit, std::string(text)});
    }
}

// Groups what was removed before what was added, and takes white space between changes to them.
std::vector<TextPiece> readable(const std::vector<TextPiece>& pieces) {
    std::vector<TextPiece> out;
    std::string removed;
    std::string added;
    const auto finish = [&] {
        append(out, Edit::remove, removed);
        append(out, Edit::add, added);
        removed.clear();
        added.clear();
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const TextPiece& piece = pieces[i];
        const bool changing = !removed.empty() || !added.empty();
        const bool joins = changing && i + 1 < pieces.size() && is_space(piece.text);
        if (piece.edit == Edit::keep && !joins) {
            finish();
            append(out, Edit::keep, piece.text);
            continue;
        }
        if (piece.edit != Edit::add) removed += piece.text;
        if (piece.edit != Edit::remove) added += piece.text;
    }
    finish();
    return out;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    if (text.empty()) return words;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, CloseText> source(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
    expect(status);
    const std::unique_ptr<UBreakIterator, CloseBreaks> breaks(
        ubrk_open(UBRK_WORD, "", nullptr, 0, &status));
    expect(status);
    ubrk_setUText(breaks.get(), source.get(), &status);
    expect(status);
    auto from = static_cast<std::size_t>(ubrk_first(breaks.get()));
    for (auto next = ubrk_next(breaks.get()); next != UBRK_DONE; next = ubrk_next(breaks.get())) {
        const auto to = static_cast<std::size_t>(next);
        words.push_back(text.substr(from, to - from));
        from = to;
    }
    return words;
}

std::vector<TextPiece> word_difference(std::string_view before, std::string_view after) {
    const auto old_words = words_of(before);
    const auto new_words = words_of(after);
    const auto script =
        edit_script(old_words.size(), new_words.size(),
                    [&](std::size_t i, std::size_t j) { return old_words[i] == new_words[j]; });
    std::vector<TextPiece> pieces;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const Edit edit : script) {
        append(pieces, edit, edit == Edit::add ? new_words[j] : old_words[i]);
        if (edit != Edit::add) ++i;
        if (edit != Edit::remove) ++j;
    }
    return readable(pieces);
}

}  // namespace custos::vault::analysis
