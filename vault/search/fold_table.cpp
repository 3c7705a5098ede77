// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/fold_table.h"

#include <algorithm>
#include <string>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "crypto/error.h"

namespace custos::vault {

namespace {

constexpr char32_t kVoiced = 0x3099;
constexpr char32_t kSemivoiced = 0x309a;

// Letters that Unicode does not take apart, but readers without that keyboard do; and the Arabic
// letters that are written for each other.
struct Fold {
    char32_t from;
    const char32_t* to;
};
constexpr Fold kFolds[] = {
    {U'\u00e6', U"ae"},     {U'\u00f0', U"d"},      {U'\u00f8', U"o"},      {U'\u00fe', U"th"},
    {U'\u0111', U"d"},      {U'\u0127', U"h"},      {U'\u0131', U"i"},      {U'\u0142', U"l"},
    {U'\u0153', U"oe"},     {U'\u0167', U"t"},      {U'\u0629', U"\u0647"}, {U'\u0649', U"\u064a"},
    {U'\u06a9', U"\u0643"}, {U'\u06cc', U"\u064a"},
};
static_assert(std::ranges::is_sorted(kFolds, {}, &Fold::from));

// Letters beside the line that transliterations use for ayin and hamza, and the Arabic stretching
// line.
constexpr bool is_passed_over(char32_t point) {
    return (point >= 0x02b9 && point <= 0x02bf) || point == 0x02c8 || point == 0x0640;
}

UChar32 icu(char32_t point) { return static_cast<UChar32>(point); }

UScriptCode script_of(char32_t point) {
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(icu(point), &error);
}

bool loses_marks(UScriptCode script) {
    switch (script) {
        case USCRIPT_LATIN:
        case USCRIPT_GREEK:
        case USCRIPT_CYRILLIC:
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_INHERITED:
        case USCRIPT_COMMON: return true;
        default: return false;
    }
}

bool is_unspaced(char32_t point) {
    switch (script_of(point)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_BOPOMOFO:
        case USCRIPT_TIBETAN:
        case USCRIPT_YI:
        case USCRIPT_JAVANESE:
        case USCRIPT_BALINESE: return true;
        default: break;
    }
    // Khmer, Thai, Lao, Burmese and their relatives: what line breaking needs a dictionary for. And
    // the Japanese length marks, which belong to two scripts.
    return u_getIntPropertyValue(icu(point), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
           (point >= 0x30fc && point <= 0x30fe) || point == 0x3031 || point == 0x3006;
}

// The class of a character that is already folded.
CharClass class_of(char32_t point) {
    if (point == kVoiced || point == kSemivoiced) return CharClass::voicing;
    if (u_hasBinaryProperty(icu(point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
        is_passed_over(point)) {
        return CharClass::ignored;
    }
    const uint32_t category = U_GET_GC_MASK(icu(point));
    if ((category & U_GC_CF_MASK) != 0) return CharClass::ignored;
    if ((category & U_GC_ME_MASK) != 0) return CharClass::mark;
    if ((category & U_GC_MN_MASK) != 0 && loses_marks(script_of(point))) return CharClass::mark;
    if ((category & U_GC_ND_MASK) != 0) return CharClass::word;
    if ((category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_NL_MASK)) != 0) {
        return is_unspaced(point) ? CharClass::unspaced : CharClass::word;
    }
    const bool other = (category & (U_GC_NO_MASK | U_GC_CO_MASK)) != 0;
    return other ? CharClass::word : CharClass::separator;
}

const icu::Normalizer2& normalizer(bool composing, bool compatible) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* const found =
        composing ? icu::Normalizer2::getNFCInstance(error)
                  : (compatible ? icu::Normalizer2::getNFKDInstance(error)
                                : icu::Normalizer2::getNFDInstance(error));
    if (found == nullptr)
        throw Error{ErrorCode::failed, "cannot search: ICU has no normalisation data"};
    return *found;
}

std::u32string points_of(const icu::UnicodeString& text) {
    std::u32string points;
    for (int32_t place = 0; place < text.length(); place = text.moveIndex32(place, 1)) {
        points.push_back(static_cast<char32_t>(text.char32At(place)));
    }
    return points;
}

// Decomposed and case-folded, digits in ASCII.
std::u32string folded_points(char32_t point) {
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString text(icu(point));
    const icu::Normalizer2& decompose = normalizer(false, true);
    text = decompose.normalize(text, error);
    text.foldCase();
    text = decompose.normalize(text, error);
    // Kana stay whole: "か" is not a part of "が" to its readers.
    const UScriptCode script = script_of(point);
    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) {
        text = normalizer(true, false).normalize(text, error);
    }
    if (U_FAILURE(error)) throw Error{ErrorCode::failed, "cannot search: ICU cannot normalise"};

    std::u32string points;
    for (const char32_t part : points_of(text)) {
        const auto* const fold = std::ranges::lower_bound(kFolds, part, {}, &Fold::from);
        if (fold != std::end(kFolds) && fold->from == part) {
            points += fold->to;
        } else if (u_charType(icu(part)) == U_DECIMAL_DIGIT_NUMBER) {
            points.push_back(U'0' + static_cast<char32_t>(u_charDigitValue(icu(part))));
        } else {
            points.push_back(part);
        }
    }
    return points;
}

Folded single(char32_t point) {
    Folded folded;
    folded.kind = class_of(point);
    if (folded.kind == CharClass::separator) return folded;
    std::string bytes;
    icu::UnicodeString(icu(point)).toUTF8String(bytes);
    folded.size = static_cast<std::uint8_t>(bytes.size());
    std::ranges::copy(bytes, folded.bytes.begin());
    return folded;
}

char32_t point_of(const Folded& folded) {
    const icu::UnicodeString text =
        icu::UnicodeString::fromUTF8({folded.bytes.data(), folded.size});
    return static_cast<char32_t>(text.char32At(0));
}

}  // namespace

Folded FoldTable::composed(const Folded& first, const Folded& voicing) {
    const UChar32 point =
        normalizer(true, false).composePair(icu(point_of(first)), icu(point_of(voicing)));
    return point < 0 ? Folded{} : single(static_cast<char32_t>(point));
}

Folded FoldTable::fold(char32_t point) {
    // Signs and punctuation stay what they are: "Custos™" ends in no "tm".
    const uint32_t category = U_GET_GC_MASK(icu(point));
    if ((category & (U_GC_S_MASK | U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK)) != 0)
        return single(point);

    std::vector<Folded> parts;
    bool marked = false;
    for (const char32_t part : folded_points(point)) {
        const Folded folded = single(part);
        marked = marked || folded.kind == CharClass::mark;
        if (folded.kind != CharClass::mark && folded.kind != CharClass::ignored)
            parts.push_back(folded);
    }
    if (parts.empty()) {
        Folded nothing;
        nothing.kind = marked ? CharClass::mark : CharClass::ignored;
        return nothing;
    }
    if (parts.size() == 1) return parts.front();
    Folded folded;
    folded.kind = CharClass::several;
    folded.parts = static_cast<std::uint16_t>(several_.size());
    several_.push_back(std::move(parts));
    return folded;
}

const Folded& FoldTable::filled(char32_t point) {
    auto block = std::make_unique<Block>();
    const char32_t first = point & ~char32_t{kBlockSize - 1};
    for (char32_t place = 0; place < kBlockSize; ++place) (*block)[place] = fold(first + place);
    blocks_[point / kBlockSize] = std::move(block);
    return (*blocks_[point / kBlockSize])[point % kBlockSize];
}

}  // namespace custos::vault
