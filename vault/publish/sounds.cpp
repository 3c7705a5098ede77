// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/sounds.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

// Of each letter from the first one of the block on: the classes of its consonants ("-": none).
// K k g, T t d th, P p b, F f, V v w, C ch j sh, S s z, M, N n ng, L, R, H at a beginning.
constexpr char32_t kKhmerFirst = 0x1780;
constexpr std::string_view kKhmer = "KKKKNCCCCNTTTTNTTTTNPPPPM-RLVSSSHL-";
constexpr char32_t kKhmerSilencer = 0x17CD;
constexpr char32_t kKhmerBelow = 0x17D2;
constexpr std::string_view kArabicArticle = "ال";
constexpr char32_t kArabicWaw = 0x0648;
constexpr char32_t kCyrillicV = 0x0432;
constexpr char32_t kKhmerM = 0x17C6;
constexpr char32_t kThaiFirst = 0x0E01;
constexpr std::string_view kThai = "KKKKKKNCCCSCNTTTTTNTTTTTNPPPFPFPM-RRLLVSSSHL-H";
constexpr char32_t kThaiSilencer = 0x0E4C;
constexpr char32_t kThaiM = 0x0E33;  // am
constexpr char32_t kThaiToneFirst = 0x0E48;
constexpr char32_t kThaiToneLast = 0x0E4B;
constexpr char32_t kThaiYo = 0x0E0D;  // y at the beginning of a word
constexpr char32_t kLaoOffset = 0x80;
constexpr char32_t kBurmeseFirst = 0x1000;
constexpr std::string_view kBurmese = "KKKKNSSSS-NTTTTNTTTTNPPPPM--LVTHL-";
constexpr char32_t kBurmeseStack = 0x1039;
constexpr char32_t kBurmeseYa = 0x101A;
constexpr char32_t kBurmeseRa = 0x101B;
constexpr char32_t kBurmeseKiller = 0x103A;
constexpr char32_t kBurmeseN = 0x1036;
constexpr char32_t kBurmeseW = 0x103D;
constexpr char32_t kBurmeseH = 0x103E;

constexpr char kNone = '-';

char from_block(char32_t c, char32_t first, std::string_view block) {
    return c >= first && c - first < block.size() ? block[c - first] : '\0';
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Collects classes; two of one class in a row are one only where no vowel stands between them.
class Collected {
public:
    void add(char sound) {
        if (sound == 'H' && (!out_.empty() || vowel_first_)) return vowel();
        if (!out_.empty() && out_.back() == sound && !vowel_) return;
        out_.push_back(sound);
        vowel_ = false;
    }
    void vowel() {
        vowel_ = true;
        vowel_first_ = vowel_first_ || out_.empty();
    }
    void take_back() {
        if (!out_.empty()) out_.pop_back();
    }
    std::string& text() { return out_; }

private:
    std::string out_;
    bool vowel_ = false;
    bool vowel_first_ = false;
};

// One sound of Latin letters at `at`; returns how many letters it took.
std::size_t read_latin(std::string_view word, std::size_t at, Collected& out) {
    const auto next = [&](std::size_t i) { return at + i < word.size() ? word[at + i] : '\0'; };
    const char c = word[at];
    if (is_vowel(c)) {
        out.vowel();
        // aw, ow, ew: a vowel of its own.
        if (next(1) == 'w' && !is_vowel(next(2))) return 2;
        return 1;
    }
    switch (c) {
        case 'k':
        case 'g':
        case 'q': out.add('K'); return next(1) == 'h' ? 2 : 1;
        case 'c':
            if (next(1) == 'h') {
                out.add('C');
                return 2;
            }
            out.add(next(1) == 'e' || next(1) == 'i' || next(1) == 'y' ? 'S' : 'K');
            return 1;
        case 'j': out.add('C'); return 1;
        case 's':
        case 'z': out.add(next(1) == 'h' ? 'C' : 'S'); return next(1) == 'h' ? 2 : 1;
        case 't':
        case 'd':
            if (next(1) == 'j' || (next(1) == 'c' && next(2) == 'h') ||
                (c == 'd' && next(1) == 'z' && next(2) == 'h')) {
                out.add('C');
                return next(1) == 'j' ? 2 : 3;
            }
            if (c == 't' && (next(1) == 's' || next(1) == 'z')) {
                out.add('S');
                return 2;
            }
            out.add('T');
            return next(1) == 'h' ? 2 : 1;
        case 'p':
        case 'b': out.add('P'); return next(1) == 'h' ? 2 : 1;
        case 'n': out.add('N'); return next(1) == 'g' && !is_vowel(next(2)) ? 2 : 1;
        case 'x':
            out.add('K');
            out.add('S');
            return 1;
        case 'f': out.add('F'); return 1;
        case 'v':
        case 'w': out.add('V'); return 1;
        case 'm': out.add('M'); return 1;
        case 'l': out.add('L'); return 1;
        case 'r': out.add('R'); return 1;
        case 'h':
            // Ht, hl, hm: one sound, in names of Myanmar.
            if (next(1) == '\0' || is_vowel(next(1)) || next(1) == 'y') {
                out.add('H');
            } else {
                out.vowel();
            }
            return 1;
        case 'y': out.vowel(); return 1;
        default: return 1;
    }
}

// Whether medials from `at` on have the one that makes sh of ra and ya.
bool is_soft_burmese(std::string_view word, std::size_t at) {
    while (at < word.size()) {
        const char32_t c = next_character(word, at);
        if (c == kBurmeseH) return true;
        if (c != kBurmeseW) return false;
    }
    return false;
}

// Whether alef, waw or yeh stands at `at`.
bool is_arabic_vowel(std::string_view word, std::size_t at) {
    if (at >= word.size()) return false;
    const char32_t c = next_character(word, at);
    return c == 0x0627 || c == kArabicWaw || c == 0x064A || c == 0x06CC;
}

// Whether one of n, m, t, p with the sign that kills its vowel stands at `at`.
bool ends_syllable(std::string_view word, std::size_t at) {
    if (at >= word.size()) return false;
    const char32_t c = next_character(word, at);
    if (c != 0x1014 && c != 0x1019 && c != 0x1010 && c != 0x1015) return false;
    return at < word.size() && next_character(word, at) == kBurmeseKiller;
}

// Other letters that ICU romanises as scholars do, and names do not.
struct Romanised {
    char32_t letter;
    std::string_view latin;
};
constexpr std::array<Romanised, 4> kRomanised = {
    {{0x091A, "ch"}, {0x091B, "ch"}, {0x0936, "sh"}, {0x0937, "sh"}}};

// Cyrillic as names are romanised; ICU writes a science of it.
constexpr char32_t kCyrillicFirst = 0x0430;
constexpr std::array<std::string_view, 32> kCyrillic = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",  "k", "l", "m", "n", "o", "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sh", "",  "i", "",  "e", "u", "a"};

}  // namespace

namespace {

// What ICU makes of one character in small ASCII letters. One for the process: making it takes
// longer than most texts do.
std::string latin_by_icu(char32_t character) {
    static std::mutex one_at_a_time;
    static std::unique_ptr<icu::Transliterator> to_latin;
    const std::lock_guard lock(one_at_a_time);
    if (!to_latin) {
        UErrorCode status = U_ZERO_ERROR;
        to_latin.reset(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower",
                                                           UTRANS_FORWARD, status));
        if (U_FAILURE(status) != 0) {
            throw Error{ErrorCode::failed,
                        "cannot prepare the leak scan: ICU lacks transliteration"};
        }
    }
    icu::UnicodeString text(static_cast<UChar32>(character));
    to_latin->transliterate(text);
    std::string utf8;
    text.toUTF8String(utf8);
    std::string out;
    for (const char c : utf8) {
        if (c >= 'a' && c <= 'z') out.push_back(c);
    }
    return out;
}

// The small ASCII letter that an accented one is made from; 0: none.
char base_letter(char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString parts;
    if (U_FAILURE(status) != 0 ||
        decompose->getDecomposition(static_cast<UChar32>(character), parts) == 0)
        return '\0';
    const UChar32 first = u_tolower(parts.char32At(0));
    return first >= 'a' && first <= 'z' ? static_cast<char>(first) : '\0';
}

}  // namespace

struct Sounds::Reader {
    std::unordered_map<char32_t, std::string> known;

    // In small ASCII letters.
    const std::string& latin(char32_t character) {
        const auto [it, fresh] = known.try_emplace(character);
        if (!fresh) return it->second;
        const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(character)));
        if (small >= kCyrillicFirst && small - kCyrillicFirst < kCyrillic.size()) {
            it->second = kCyrillic[small - kCyrillicFirst];
            return it->second;
        }
        for (const Romanised& each : kRomanised) {
            if (each.letter == character) return it->second = each.latin;
        }
        if (const char base = base_letter(character)) return it->second = base;
        if (u_isalpha(static_cast<UChar32>(character)) == 0) return it->second;
        it->second = latin_by_icu(character);
        // Hebrew and Arabic leave most vowels out.
        if (character >= 0x0590 && character <= 0x06FF && !it->second.empty()) it->second += 'a';
        return it->second;
    }
};

char spoken_ending(char sound) {
    switch (sound) {
        case 'S':
        case 'C': return 'T';
        case 'R':
        case 'L': return 'N';
        case 'F': return 'P';
        default: return sound;
    }
}

Sounds::Sounds() : reader_(std::make_unique<Reader>()) {}
Sounds::Sounds(Sounds&&) noexcept = default;
Sounds& Sounds::operator=(Sounds&&) noexcept = default;
Sounds::~Sounds() = default;

std::string Sounds::of(std::string_view word, Ending ending) {
    Collected out;
    std::string latin;  // letters that wait to be read together
    bool thai = false;
    bool closed = false;  // the last letter is the last sound
    bool killed = false;  // a Burmese syllable ended in a consonant
    bool silent = false;  // the last sound is a Khmer r below another letter
    char32_t before = 0;
    if (word.size() > kArabicArticle.size() + 2 &&
        word.substr(0, kArabicArticle.size()) == kArabicArticle) {
        word.remove_prefix(kArabicArticle.size());
    }
    const auto flush = [&] {
        for (std::size_t at = 0; at < latin.size();) at += read_latin(latin, at, out);
        latin.clear();
    };
    for (std::size_t at = 0; at < word.size();) {
        char32_t c = next_character(word, at);
        if (c == kNoCharacter) continue;
        if (c < 0x80) {
            const char small = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            if (small >= 'a' && small <= 'z') latin.push_back(small);
            continue;
        }
        if (c >= 0x0E80 && c <= 0x0EFF) c -= kLaoOffset;
        char sound = from_block(c, kKhmerFirst, kKhmer);
        if (sound == '\0') sound = from_block(c, kBurmeseFirst, kBurmese);
        if (sound == '\0' && (sound = from_block(c, kThaiFirst, kThai)) != '\0') thai = true;
        if ((c == kBurmeseRa || c == kBurmeseYa) && is_soft_burmese(word, at)) sound = 'C';
        if (sound != '\0') {
            flush();
            silent = before == kKhmerBelow;
            closed = sound != kNone;
            // Without a sign for it, a vowel stands between two letters that are not stacked.
            if (before != kKhmerBelow && before != kBurmeseStack) out.vowel();
            if (c == kThaiYo && out.text().empty()) sound = kNone;
            const bool doubled = ending == Ending::as_spoken && killed && !out.text().empty() &&
                                 out.text().back() == sound;
            killed = false;
            if (sound == kNone) {
                out.vowel();
            } else if (!doubled) {
                out.add(sound);
            }
        } else if (c == kKhmerBelow) {
            flush();
        } else if (c == kArabicWaw && !latin.empty() && !is_arabic_vowel(word, at)) {
            latin += 'u';
        } else if (c == kKhmerSilencer || c == kThaiSilencer) {
            out.take_back();
            closed = true;
        } else if (c == kKhmerM || c == kThaiM) {
            out.add('M');
        } else if (c == kBurmeseN) {
            out.add('N');
        } else if (c == kBurmeseW) {
            // Before n, m, t, p that end the syllable it is the vowel u.
            if (ends_syllable(word, at)) {
                out.vowel();
            } else {
                out.add('V');
            }
        } else if (c == kBurmeseKiller) {
            killed = true;
            // A stop that ends a syllable is written t, whatever it was.
            if (!out.text().empty() && (out.text().back() == 'K' || out.text().back() == 'S' ||
                                        out.text().back() == 'P')) {
                out.text().back() = 'T';
            }
        } else if ((c >= 0x0E00 && c <= 0x0E7F) || (c >= 0x1000 && c <= 0x109F) ||
                   (c >= 0x1780 && c <= 0x17FF)) {
            out.vowel();
            closed = closed && c >= kThaiToneFirst && c <= kThaiToneLast;
        } else {
            latin += reader_->latin(c);
        }
        before = c;
    }
    flush();
    std::string& text = out.text();
    const bool slavic = before == kCyrillicV && !text.empty() && text.back() == 'V';
    if (ending == Ending::as_spoken && (silent || slavic) && text.size() > 1) text.pop_back();
    if (ending == Ending::as_spoken && thai && closed && !text.empty())
        text.back() = spoken_ending(text.back());
    return std::move(text);
}

}  // namespace custos::vault::publish
