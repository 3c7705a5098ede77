// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fold.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

constexpr std::size_t kPadding = 8;

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

// Writes characters with their edges. There is always room for `left` bytes and the padding. The
// memory is the buffers' own, reached by pointers: this is the innermost loop of the scan.
class Sink {
public:
    Sink(Folded& out, std::size_t size) : out_(out) {
        out_.starts.clear();
        out_.starts.reserve(size / 5);
        out_.letters.resize(size + kPadding);
        out_.edges.assign(size + kPadding, Edge::none);
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
        while (count < size && text[count] >= 'a' && text[count] <= 'z') {
            to[count] = text[count];
            ++count;
        }
        used_ += count;
        return count;
    }

    void put(std::string_view text, Edge edge, std::size_t source, std::size_t left) {
        const std::size_t needed = used_ + text.size() + left + kPadding;
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
        out_.letters.append(kPadding, '\0');
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
    readings_differ_ = false;
    Sink sink(out, text.size());
    Before before = Before::gap;

    for (std::size_t at = 0; at < text.size();) {
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
            if (before == Before::lower) at += sink.put_small(text.data() + at, text.size() - at);
            continue;
        }
        const std::size_t source = at;
        const char32_t character = next_character(text, at);
        if (character == kNoCharacter) {
            before = Before::gap;
            continue;
        }
        const Entry& entry = table_->entry(character, reading);
        readings_differ_ = readings_differ_ || entry.differs;
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
        sink.put(entry.text, edge, source, text.size() - at);
        // After a character of an unspaced script a word begins, as after a space.
        before = entry.unspaced ? Before::gap : now;
    }
    sink.finish();
}

void Folded::append(const Folded& next, std::size_t source) {
    const std::size_t before = size();
    letters.resize(before);
    letters += next.letters;
    edges.insert(edges.end(), next.edges.begin(), next.edges.end());
    starts.reserve(starts.size() + next.starts.size());
    for (const Start& start : next.starts) {
        starts.push_back({static_cast<std::uint32_t>(start.letter + before),
                          static_cast<std::uint32_t>(start.source + source)});
    }
}

std::size_t Folded::source_of(std::size_t letter) const {
    const auto after = std::upper_bound(
        starts.begin(), starts.end(), letter,
        [](std::size_t value, const Start& start) { return value < start.letter; });
    return after == starts.begin() ? 0 : std::prev(after)->source;
}

char32_t next_long_character(std::string_view text, std::size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::size_t begin = at;
    UChar32 character = -1;
    // ICU counts in int32_t; a character has four bytes at most.
    const auto length = static_cast<int32_t>(std::min<std::size_t>(text.size() - begin, 4));
    int32_t used = 0;
    U8_NEXT(bytes + begin, used, length, character);
    if (character < 0) {
        at = begin + 1;
        return kNoCharacter;
    }
    at = begin + static_cast<std::size_t>(used);
    return static_cast<char32_t>(character);
}

void append_long_utf8(std::string& to, char32_t character) {
    std::array<char, 4> buffer{};
    std::size_t size = 0;
    const auto put = [&](char32_t byte) { buffer.at(size++) = static_cast<char>(byte); };
    if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
    to.append(buffer.data(), size);
}

}  // namespace custos::vault::publish
