// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/character_table.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

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

CharacterTable::CharacterTable() {
    UErrorCode status = U_ZERO_ERROR;
    fold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    decompose_ = icu::Normalizer2::getNFKDInstance(status);
    spoof_ = uspoof_open(&status);
    if (U_FAILURE(status) != 0) throw_icu("prepare the leak scan");
    for (auto& reading : pages_) reading.resize(0x110000 / 256);
}
CharacterTable::~CharacterTable() { uspoof_close(spoof_); }

icu::UnicodeString CharacterTable::normalized(const icu::Normalizer2& form,
                                              const icu::UnicodeString& text) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out = form.normalize(text, status);
    if (U_FAILURE(status) != 0) throw_icu("fold text");
    return out;
}

icu::UnicodeString CharacterTable::skeleton(const icu::UnicodeString& text) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    uspoof_getSkeletonUnicodeString(spoof_, 0, text, out, &status);
    if (U_FAILURE(status) != 0) throw_icu("fold text");
    out.findAndReplace(u"rn", u"m");  // what the skeleton makes of m
    return out;
}

// 龙 and 龍 are one letter to a reader. The table of ICU is loaded when the first one comes.
UChar32 CharacterTable::simplified_han(UChar32 character) {
    if (!to_simplified_) {
        UErrorCode status = U_ZERO_ERROR;
        to_simplified_.reset(
            icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
        if (U_FAILURE(status) != 0 || !to_simplified_) throw_icu("prepare the leak scan");
    }
    icu::UnicodeString text(character);
    to_simplified_->transliterate(text);
    return text.countChar32() == 1 ? text.char32At(0) : character;
}

std::string CharacterTable::finished(const icu::UnicodeString& text) {
    const icu::UnicodeString plain = normalized(*decompose_, text);
    std::string out;
    for (int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) {
        UChar32 c = unified_arabic(plain.char32At(i));
        if (script_of(static_cast<char32_t>(c)) == USCRIPT_HAN) c = simplified_han(c);
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

std::string CharacterTable::text_for(UChar32 character, Reading reading) {
    const icu::UnicodeString original(character);
    icu::UnicodeString folded = normalized(*fold_, original);
    const bool by_shape = is_read_by_shape(script_of(static_cast<char32_t>(character)));
    if (reading == Reading::shapes) {
        if (is_ascii(folded)) return finished(folded);
        return finished(normalized(*fold_, skeleton(original)));
    }
    if (by_shape && !is_ascii(folded)) {
        // The base letter first: é has no look-alike, and ø is an o with a stroke.
        folded = normalized(*fold_, skeleton(normalized(*decompose_, folded)));
    }
    return finished(folded);
}

FoldedCharacter CharacterTable::make(char32_t character, Reading reading) {
    const auto c = static_cast<UChar32>(character);
    FoldedCharacter entry;
    const int32_t digit = u_charDigitValue(c);
    if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 || c == 0x0640 ||
        u_charType(c) == U_FORMAT_CHAR) {
        entry.role = FoldedCharacter::Role::invisible;
        return entry;
    }
    if (digit >= 0) {
        entry.role = FoldedCharacter::Role::digit;
        entry.text = std::string(1, static_cast<char>('0' + digit));
        return entry;
    }
    entry.text = text_for(c, reading);
    entry.differs =
        entry.text != text_for(c, reading == Reading::letters ? Reading::shapes : Reading::letters);
    if (is_mark(c)) {
        entry.role =
            entry.text.empty() ? FoldedCharacter::Role::invisible : FoldedCharacter::Role::mark;
        entry.unspaced = is_unspaced(script_of(character));
    } else if (entry.text.empty()) {
        entry.role = FoldedCharacter::Role::separator;
    } else {
        entry.role = FoldedCharacter::Role::letter;
        entry.upper = u_isUUppercase(c) != 0;
        entry.lower = u_isULowercase(c) != 0;
        entry.unspaced = is_unspaced(script_of(character));
    }
    return entry;
}

}  // namespace custos::vault::publish
