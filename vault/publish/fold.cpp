// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fold.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

enum class Role : std::uint8_t { unknown, separator, invisible, letter, digit, mark };

// What one code point becomes in one reading.
struct Entry {
    Role role = Role::unknown;
    bool upper = false;
    bool lower = false;
    bool unspaced = false;  // of a script without spaces between words
    bool differs = false;   // the other reading is another
    std::string text;
};

[[noreturn]] void throw_icu(const char* doing) {
    throw Error{ErrorCode::failed,
                std::string("cannot ") + doing + ": the Unicode library refused"};
}

bool is_unspaced(UScriptCode script) {
    switch (script) {
        case USCRIPT_KHMER:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_MYANMAR:
        case USCRIPT_TIBETAN:
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_HANGUL:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_TAI_LE:
        case USCRIPT_NEW_TAI_LUE:
        case USCRIPT_TAI_VIET:
        case USCRIPT_LANNA:
        case USCRIPT_JAVANESE:
        case USCRIPT_BALINESE:
        case USCRIPT_YI: return true;
        default: return false;
    }
}

// Scripts whose letters are read for their shape even in the first reading: there, a look-alike
// is a trick far more often than a letter of its own. In Arabic or Hebrew it is not.
bool is_read_by_shape(UScriptCode script) {
    switch (script) {
        case USCRIPT_COMMON:
        case USCRIPT_INHERITED:
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_ARMENIAN:
        case USCRIPT_CHEROKEE:
        case USCRIPT_COPTIC:
        case USCRIPT_LISU: return true;
        default: return false;
    }
}

// Marks of these scripts are ornaments to a reader; of the others they are vowels.
bool is_dropped_mark(UScriptCode script) {
    switch (script) {
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_SYRIAC: return true;
        default: return is_read_by_shape(script);
    }
}

UScriptCode script_of(char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(character), &status);
    return U_SUCCESS(status) != 0 ? script : USCRIPT_UNKNOWN;
}

bool is_mark(UChar32 character) {
    return (U_GET_GC_MASK(character) & (U_GC_MN_MASK | U_GC_MC_MASK | U_GC_ME_MASK)) != 0;
}

// Arabic letters that are one letter to a reader, whichever keyboard wrote them.
UChar32 unified_arabic(UChar32 character) {
    switch (character) {
        case 0x0649:
        case 0x06CC:
        case 0x06D2: return 0x064A;  // yeh
        case 0x06A9: return 0x0643;  // kaf
        case 0x0629:
        case 0x06C1:
        case 0x06BE: return 0x0647;  // heh
        case 0x0671: return 0x0627;  // alef
        default: return character;
    }
}

bool is_ascii(const icu::UnicodeString& text) {
    for (int32_t i = 0; i < text.length(); ++i) {
        if (text.charAt(i) >= 0x80) return false;
    }
    return true;
}

}  // namespace

struct Folder::Table {
    using Page = std::array<Entry, 256>;

    const icu::Normalizer2* fold = nullptr;       // NFKC_Casefold
    const icu::Normalizer2* decompose = nullptr;  // NFKD
    USpoofChecker* spoof = nullptr;
    // By reading, then by the upper bits of the code point; pages are made when they are needed.
    std::array<std::vector<std::unique_ptr<Page>>, 2> pages;

    Table() {
        UErrorCode status = U_ZERO_ERROR;
        fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
        decompose = icu::Normalizer2::getNFKDInstance(status);
        spoof = uspoof_open(&status);
        if (U_FAILURE(status) != 0) throw_icu("prepare the leak scan");
        for (auto& reading : pages) reading.resize(0x110000 / 256);
    }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    ~Table() { uspoof_close(spoof); }

    const Entry& entry(char32_t character, Reading reading) {
        auto& page = pages[static_cast<std::size_t>(reading)][character / 256];
        if (!page) page = std::make_unique<Page>();
        Entry& found = (*page)[character % 256];
        if (found.role == Role::unknown) found = make(character, reading);
        return found;
    }

    icu::UnicodeString normalized(const icu::Normalizer2& form,
                                  const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString out = form.normalize(text, status);
        if (U_FAILURE(status) != 0) throw_icu("fold text");
        return out;
    }

    icu::UnicodeString skeleton(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString out;
        uspoof_getSkeletonUnicodeString(spoof, 0, text, out, &status);
        if (U_FAILURE(status) != 0) throw_icu("fold text");
        out.findAndReplace(u"rn", u"m");  // what the skeleton makes of m
        return out;
    }

    // Letters and digits of `text` after all foldings but the choice of reading.
    std::string finished(const icu::UnicodeString& text) const {
        const icu::UnicodeString plain = normalized(*decompose, text);
        std::string out;
        for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
            const UChar32 c = unified_arabic(plain.char32At(i));
            if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || c == 0x0640)
                continue;
            const int32_t digit = u_charDigitValue(c);
            if (digit >= 0) {
                out.push_back(static_cast<char>('0' + digit));
            } else if (u_isalpha(c) != 0) {
                append_utf8(out, static_cast<char32_t>(c));
            } else if (is_mark(c) && !is_dropped_mark(script_of(static_cast<char32_t>(c)))) {
                append_utf8(out, static_cast<char32_t>(c));
            }
        }
        return out;
    }

    std::string text_for(UChar32 character, Reading reading) const {
        const icu::UnicodeString original(character);
        icu::UnicodeString folded = normalized(*fold, original);
        const bool by_shape = is_read_by_shape(script_of(static_cast<char32_t>(character)));
        if (reading == Reading::shapes) {
            if (is_ascii(folded)) return finished(folded);
            return finished(normalized(*fold, skeleton(original)));
        }
        if (by_shape && !is_ascii(folded)) {
            // The base letter first: é has no look-alike, and ø is an o with a stroke.
            folded = normalized(*fold, skeleton(normalized(*decompose, folded)));
        }
        return finished(folded);
    }

    Entry make(char32_t character, Reading reading) const {
        const auto c = static_cast<UChar32>(character);
        Entry entry;
        const int32_t digit = u_charDigitValue(c);
        if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || c == 0x0640 ||
            u_charType(c) == U_FORMAT_CHAR) {
            entry.role = Role::invisible;
            return entry;
        }
        if (digit >= 0) {
            entry.role = Role::digit;
            entry.text = std::string(1, static_cast<char>('0' + digit));
            return entry;
        }
        entry.text = text_for(c, reading);
        entry.differs = entry.text != text_for(c, reading == Reading::letters ? Reading::shapes
                                                                              : Reading::letters);
        if (is_mark(c)) {
            entry.role = entry.text.empty() ? Role::invisible : Role::mark;
            entry.unspaced = is_unspaced(script_of(character));
        } else if (entry.text.empty()) {
            entry.role = Role::separator;
        } else {
            entry.role = Role::letter;
            entry.upper = u_isUUppercase(c) != 0;
            entry.lower = u_isULowercase(c) != 0;
            entry.unspaced = is_unspaced(script_of(character));
        }
        return entry;
    }
};

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

Folder::Folder() : table_(std::make_unique<Table>()) {}
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
        const Entry& entry = table_->entry(character, reading);
        differ = differ || entry.differs;
        if (entry.role == Role::invisible) continue;
        if (entry.role == Role::separator) {
            before = Before::gap;
            continue;
        }
        Before now = Before::other;
        if (entry.role == Role::digit) now = Before::digit;
        if (entry.upper) now = Before::upper;
        if (entry.lower) now = Before::lower;
        const bool mark = entry.role == Role::mark;
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
