// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of each character in the search index. Private to vault/search.
//
// The answers come from ICU and are kept in blocks of 256 characters, made when the first of them
// is asked for: a text touches few blocks, and ICU is slow compared with a table.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace custos::vault {

enum class CharClass : std::uint8_t {
    separator,  // ends words and runs
    ignored,    // invisible: ends nothing
    mark,       // dropped from the character before it, to which it belongs
    word,       // part of a word
    unspaced,   // of a script that puts no spaces between words
    voicing,    // Japanese voicing mark: makes one character with the one before it
    several,    // stands for several characters, see FoldTable::parts()
};

// A character as the index sees it: its class and its text in UTF-8.
struct Folded {
    CharClass kind = CharClass::separator;
    std::uint8_t size = 0;
    std::array<char, 4> bytes{};
    std::uint16_t parts = 0;  // for `several`

    std::string_view text() const noexcept { return {bytes.data(), size}; }
    auto operator<=>(const Folded&) const = default;
};

class FoldTable {
public:
    FoldTable() : blocks_(kBlocks) {}

    const Folded& operator[](char32_t point) {
        const std::unique_ptr<Block>& block = blocks_[point / kBlockSize];
        return block ? (*block)[point % kBlockSize] : filled(point);
    }
    // The characters that one of class `several` stands for; none of them is of that class.
    const std::vector<Folded>& parts(const Folded& folded) const { return several_[folded.parts]; }

    // The single character for `first` followed by a voicing mark; nothing if there is none.
    static Folded composed(const Folded& first, const Folded& voicing);

private:
    static constexpr std::size_t kBlockSize = 256;
    static constexpr std::size_t kBlocks = 0x110000 / kBlockSize;
    using Block = std::array<Folded, kBlockSize>;

    const Folded& filled(char32_t point);
    Folded fold(char32_t point);

    std::vector<std::unique_ptr<Block>> blocks_;
    std::vector<std::vector<Folded>> several_;
};

}  // namespace custos::vault
