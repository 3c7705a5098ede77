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

namespace custos::vault::publish {

enum class Edge : std::uint8_t {
    none,
    soft,  // within a word: aB, a1, 1a
    hard,  // a word begins; every character of scripts that put no spaces between words
};

struct Folded {
    struct Start {
        std::uint32_t letter;  // index into letters
        std::uint32_t source;  // byte in the text
    };

    std::string letters;  // UTF-8, followed by eight bytes of zero that are not counted in size()
    std::vector<Edge> edges;    // one a byte of letters: what begins there
    std::vector<Start> starts;  // where edges are not none, ascending

    std::size_t size() const { return edges.size(); }
    Edge edge(std::size_t letter) const {
        return letter < edges.size() ? edges[letter] : Edge::hard;
    }
    // Adds what was folded of the text behind this one's, which begins at byte `source` and behind
    // a gap.
    void append(const Folded& next, std::size_t source);
    // Byte of the text at which the character at `letter` (or the nearest start before it) stands.
    std::size_t source_of(std::size_t letter) const;
};

// Two readings, because ΕΛΕΝΗ is Ελένη in capitals, and also what a forger writes for EΛENH.
enum class Reading { letters, shapes };

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

private:
    struct Table;
    std::unique_ptr<Table> table_;
    bool readings_differ_ = false;
};

// The next code point of `text` at `at`, which is moved past it; 0xFFFFFFFF for a byte that begins
// no valid UTF-8 (one byte is passed).
inline constexpr char32_t kNoCharacter = 0xFFFFFFFF;
char32_t next_long_character(std::string_view text, std::size_t& at);
inline char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return next_long_character(text, at);
    ++at;
    return byte;
}
void append_long_utf8(std::string& to, char32_t character);
inline void append_utf8(std::string& to, char32_t character) {
    if (character >= 0x80) return append_long_utf8(to, character);
    to.push_back(static_cast<char>(character));
}

// A stretch of Folded::starts: what one of several threads looks at.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;  // not included
};

}  // namespace custos::vault::publish
