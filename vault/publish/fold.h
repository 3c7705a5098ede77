// SPDX-License-Identifier: GPL-3.0-or-later
// Text as the leak scan compares it: letters and digits only, each in one form.
//
// Case, width, ligatures and accents go (NFKC, case folding, marks of Latin, Greek, Cyrillic,
// Arabic and Hebrew letters), digits of every script become ASCII, look-alikes become the letter
// that they look like (UTS 39), invisible characters vanish; spaces, punctuation, markup and bytes
// that are not UTF-8 vanish too, but leave an edge behind. So "S. o‑k  CHÁN" is "sokchan", with
// edges where words begin.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/utf8.h"

namespace custos::vault::publish {

enum class Edge : std::uint8_t {
    none,
    soft,  // within a word: aB, a1, 1a
    hard,  // a word begins; every character of scripts that put no spaces between words
};

inline constexpr std::size_t kFoldedPadding = 8;

struct Folded {
    struct Start {
        std::uint32_t letter;  // index into letters
        std::uint32_t source;  // byte in the text
    };

    std::string letters;        // UTF-8, and kFoldedPadding zeros that are not counted in size()
    std::vector<Edge> edges;    // one a byte of letters: what begins there
    std::vector<Start> starts;  // where edges are not none, ascending

    std::size_t size() const { return edges.size(); }
    Edge edge(std::size_t letter) const {
        return letter < edges.size() ? edges[letter] : Edge::hard;
    }
    void clear();
    // Leaves out what stands before starts[first].
    void drop(std::size_t first);
    // Byte of the text at which the character at `letter` (or the nearest start before it) stands.
    std::size_t source_of(std::size_t letter) const;
};

// Two readings, because ΕΛΕΝΗ is Ελένη in capitals, and also what a forger writes for EΛENH.
enum class Reading { letters, shapes };

class CharacterTable;

// Not for two threads at once: what is known about characters is kept as they come.
class Folder {
public:
    Folder();
    Folder(Folder&&) noexcept;
    Folder& operator=(Folder&&) noexcept;
    ~Folder();

    // Texts are shorter than 4 GiB. `out` is overwritten; its memory is used again.
    void fold(std::string_view text, Reading reading, Folded& out);
    // Whether the two readings of the text last folded may differ.
    bool readings_differ() const { return readings_differ_; }

    // Adds the bytes [first, last) of `text` behind what `out` holds; places are those of the
    // whole text. A gap stands before `first`. Whether the two readings may differ here.
    bool fold_on(std::string_view text, std::size_t first, std::size_t last, Reading reading,
                 Folded& out);

private:
    std::unique_ptr<CharacterTable> table_;
    bool readings_differ_ = false;
};

// Where a text may be cut for fold_on(): behind the first ASCII character from `from` on that is no
// letter or digit, or at the end.
[[nodiscard]] std::size_t next_gap(std::string_view text, std::size_t from);

// A stretch of Folded::starts: what is looked at in one go.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;  // not included
};

}  // namespace custos::vault::publish
