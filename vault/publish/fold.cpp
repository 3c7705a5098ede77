// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fold.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "vault/publish/character_table.h"

namespace custos::vault::publish {
namespace {

enum class Before : std::uint8_t { gap, upper, lower, digit, other };
constexpr std::size_t kKinds = 5;

// ASCII, where nearly all text of most files is: what a character becomes (0 separates), and its
// kind.
struct Ascii {
    char folded = 0;
    Before kind = Before::gap;
};
constexpr std::array<Ascii, 128> make_ascii() {
    std::array<Ascii, 128> table{};
    for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = {c, Before::digit};
    for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = {c, Before::lower};
    for (char c = 'A'; c <= 'Z'; ++c) {
        table[static_cast<std::size_t>(c)] = {static_cast<char>(c - 'A' + 'a'), Before::upper};
    }
    return table;
}
constexpr std::array<Ascii, 128> kAscii = make_ascii();

constexpr Edge edge_between(Before before, Before now) {
    if (before == Before::gap) return Edge::hard;
    if ((before == Before::digit) != (now == Before::digit)) return Edge::soft;
    return before == Before::lower && now == Before::upper ? Edge::soft : Edge::none;
}
constexpr std::array<Edge, kKinds * kKinds> make_edges() {
    std::array<Edge, kKinds * kKinds> table{};
    for (std::size_t before = 0; before < kKinds; ++before) {
        for (std::size_t now = 0; now < kKinds; ++now) {
            table[before * kKinds + now] =
                edge_between(static_cast<Before>(before), static_cast<Before>(now));
        }
    }
    return table;
}
constexpr std::array<Edge, kKinds* kKinds> kEdges = make_edges();

// How many of the eight bytes are small letters before the first one that is none.
std::size_t small_letters(std::uint64_t bytes) {
    constexpr std::uint64_t kEach = 0x0101010101010101u;
    constexpr std::uint64_t kHigh = kEach * 0x80;
    const std::uint64_t low = bytes & ~kHigh;
    const std::uint64_t from_a = low + kEach * (0x80 - 'a');
    const std::uint64_t past_z = low + kEach * (0x80 - 'z' - 1);
    const std::uint64_t others = (~from_a | past_z | bytes) & kHigh;
    return static_cast<std::size_t>(std::countr_zero(others)) / 8;  // eight for none
}
static_assert(std::endian::native == std::endian::little);

// Writes characters with their edges behind what is there. There is always room for `left` bytes
// and the padding. The memory is the buffers' own, reached by pointers: this is the innermost loop
// of the scan.
class Sink {
public:
    Sink(Folded& out, std::size_t size) : out_(out), used_(out.size()) {
        out_.letters.resize(used_ + size + kFoldedPadding);
        out_.edges.resize(used_ + size + kFoldedPadding, Edge::none);
        take_pointers();
    }

    void put(char letter, Edge edge, std::size_t source) {
        if (edge != Edge::none) start(edge, source);
        letters_[used_++] = letter;
    }

    // Small letters behind a small letter: no word begins among them. Returns how many.
    std::size_t put_small(const char* text, std::size_t size) {
        char* const to = letters_ + used_;
        std::size_t count = 0;
        std::uint64_t eight = 0;
        while (count + sizeof eight <= size) {
            // All eight are written; what is no letter is written over.
            std::memcpy(&eight, text + count, sizeof eight);
            std::memcpy(to + count, &eight, sizeof eight);
            const std::size_t letters = small_letters(eight);
            count += letters;
            if (letters < sizeof eight) break;
        }
        while (count < size && text[count] >= 'a' && text[count] <= 'z') {
            to[count] = text[count];
            ++count;
        }
        used_ += count;
        return count;
    }

    void put(std::string_view text, Edge edge, std::size_t source, std::size_t left) {
        const std::size_t needed = used_ + text.size() + left + kFoldedPadding;
        if (needed > out_.letters.size()) {
            out_.letters.resize(needed * 2);
            out_.edges.resize(needed * 2, Edge::none);
            take_pointers();
        }
        if (edge != Edge::none) start(edge, source);
        text.copy(letters_ + used_, text.size());
        used_ += text.size();
    }

    void finish() {
        out_.letters.resize(used_);
        out_.letters.append(kFoldedPadding, '\0');
        out_.edges.resize(used_);
    }

private:
    void take_pointers() {
        letters_ = out_.letters.data();
        edges_ = out_.edges.data();
    }

    void start(Edge edge, std::size_t source) {
        edges_[used_] = edge;
        out_.starts.push_back(
            {static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(source)});
    }

    Folded& out_;
    char* letters_ = nullptr;
    Edge* edges_ = nullptr;
    std::size_t used_ = 0;
};

}  // namespace

Folder::Folder() : table_(std::make_unique<CharacterTable>()) {}
Folder::Folder(Folder&&) noexcept = default;
Folder& Folder::operator=(Folder&&) noexcept = default;
Folder::~Folder() = default;

void Folder::fold(std::string_view text, Reading reading, Folded& out) {
    out.clear();
    readings_differ_ = fold_on(text, 0, text.size(), reading, out);
}

bool Folder::fold_on(std::string_view text, std::size_t first, std::size_t last, Reading reading,
                     Folded& out) {
    bool differ = false;
    Sink sink(out, last - first);
    Before before = Before::gap;

    for (std::size_t at = first; at < last;) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            const Ascii ascii = kAscii[byte];
            if (ascii.kind != Before::gap) {
                sink.put(ascii.folded,
                         kEdges[static_cast<std::size_t>(before) * kKinds +
                                static_cast<std::size_t>(ascii.kind)],
                         at);
            }
            before = ascii.kind;
            ++at;
            if (before == Before::lower) at += sink.put_small(text.data() + at, last - at);
            continue;
        }
        const std::size_t source = at;
        const char32_t character = next_character(text, at);
        if (character == kNoCharacter) {
            before = Before::gap;
            continue;
        }
        const FoldedCharacter& entry = table_->entry(character, reading);
        differ = differ || entry.differs;
        if (entry.role == FoldedCharacter::Role::invisible) continue;
        if (entry.role == FoldedCharacter::Role::separator) {
            before = Before::gap;
            continue;
        }
        Before now = Before::other;
        if (entry.role == FoldedCharacter::Role::digit) now = Before::digit;
        if (entry.upper) now = Before::upper;
        if (entry.lower) now = Before::lower;
        const bool mark = entry.role == FoldedCharacter::Role::mark;
        const Edge edge = mark             ? Edge::none
                          : entry.unspaced ? Edge::hard
                                           : edge_between(before, now);
        sink.put(entry.text, edge, source, last - at);
        // After a character of an unspaced script a word begins, as after a space.
        before = entry.unspaced ? Before::gap : now;
    }
    sink.finish();
    return differ;
}

std::size_t next_gap(std::string_view text, std::size_t from) {
    while (from < text.size()) {
        const auto byte = static_cast<unsigned char>(text[from++]);
        if (byte < 0x80 && kAscii[byte].kind == Before::gap) return from;
    }
    return text.size();
}

void Folded::clear() {
    letters.assign(kFoldedPadding, '\0');
    edges.clear();
    starts.clear();
}

void Folded::drop(std::size_t first) {
    const std::size_t before = first < starts.size() ? starts[first].letter : size();
    letters.erase(0, before);
    edges.erase(edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(before));
    starts.erase(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(first));
    for (Start& start : starts) start.letter -= static_cast<std::uint32_t>(before);
}

std::size_t Folded::source_of(std::size_t letter) const {
    const auto after = std::upper_bound(
        starts.begin(), starts.end(), letter,
        [](std::size_t value, const Start& start) { return value < start.letter; });
    return after == starts.begin() ? 0 : std::prev(after)->source;
}

}  // namespace custos::vault::publish
