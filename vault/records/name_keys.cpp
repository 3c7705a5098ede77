// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/name_keys.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>
#include <unicode/locid.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "crypto/error.h"
#include "vault/records/date.h"
#include "vault/records/describe.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// What ICU has no rules for, or rules that spell and do not sound: a consonant for each letter from
// the first one on; '-' is silent.
struct Consonants {
    char32_t first;
    std::string_view letters;
};
constexpr std::array kConsonants = {
    Consonants{0x0E01, "kkkkkkncccscydttttndttttnbppfpfpmyrrllwssshlah"},  // Thai
    Consonants{0x0E81, "kk-k--nc-s--n------dttt-nbppfpf-myr-l-w--sh-ah"},  // Lao
    Consonants{0x1000, "kkggnssccnnttddnttddnppbbmyrlwthla"},              // Burmese
    Consonants{0x1780, "kkkknccccnttttnttttnbpppmyrlvssshla"},             // Khmer
};

char consonant_of(char32_t point) {
    for (const Consonants& row : kConsonants) {
        if (point >= row.first && point < row.first + row.letters.size())
            return row.letters[point - row.first];
    }
    return '\0';
}

bool is_mark(UChar32 point) {
    const auto type = u_charType(point);
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
           type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR;
}

bool is_of_tables(UChar32 point) {
    return (point >= 0x0E00 && point <= 0x0EFF) || (point >= 0x1000 && point <= 0x109F) ||
           (point >= 0x1780 && point <= 0x17FF);
}

bool is_vowel(char letter) { return std::string_view("aeiou").find(letter) != std::string::npos; }

// Sounds that one language or one clerk writes for another.
char class_of(char letter) {
    switch (letter) {
        case 'b':
        case 'p':
        case 'f': return 'P';
        case 'v':
        case 'w': return 'V';
        case 'c':
        case 'j':
        case 's':
        case 'x':
        case 'z': return 'S';
        case 'g':
        case 'k':
        case 'q': return 'K';
        case 'd':
        case 't': return 'T';
        case 'm': return 'M';
        case 'n': return 'N';
        case 'l':
        case 'r': return 'L';
        case 'h': return 'H';
        case 'y': return 'Y';
        default: return 'A';
    }
}
constexpr std::string_view kClasses = "PVSKTMNLHYA";

std::string sorted_sound(std::vector<std::string> sounds) {
    std::sort(sounds.begin(), sounds.end());
    std::string text;
    for (const std::string& sound : sounds) text += (text.empty() ? "" : " ") + sound;
    return text;
}

std::vector<std::string> sounds_of_parts(const std::vector<std::string>& parts) {
    std::vector<std::string> sounds;
    for (const std::string& part : parts) sounds.push_back(sound_of(part));
    return sounds;
}

// Letters and digits alone, capitals: "N 123-4" is "N1234".
std::string compact(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0)
            out += c;
    }
    return out;
}

// A telephone number by its last eight digits, however its beginning is written.
std::string contact_key(std::string_view value) {
    std::string digits;
    for (const char c : value) {
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.size() >= 8 && value.find('@') == std::string_view::npos)
        return digits.substr(digits.size() - 8);
    return compact(value);
}

std::string text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

template <class Visit>
void each_in(const json& fields, const char* list, Visit visit) {
    const auto found = fields.find(list);
    if (found == fields.end() || !found->is_array()) return;
    for (const json& item : *found) visit(item);
}

void add_numbers(std::set<std::string>& keys, const json& fields) {
    each_in(fields, "identifiers", [&](const json& item) {
        const std::string number = compact(text_in(item, "number"));
        if (number.size() >= 4) keys.insert("i:" + number);
    });
    each_in(fields, "contacts", [&](const json& item) {
        const std::string value = contact_key(text_in(item, "value"));
        if (value.size() >= 6) keys.insert("c:" + value);
    });
}

// Two parts of a longer name: people leave out one, or write it elsewhere.
void add_pairs(std::set<std::string>& keys, const std::vector<std::string>& sounds) {
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        for (std::size_t j = i + 1; j < sounds.size(); ++j)
            keys.insert("n:" + sorted_sound({sounds[i], sounds[j]}));
    }
}

constexpr std::int64_t kDaysExact = 7;   // longer, and the months are what is known
constexpr std::int64_t kDaysMost = 400;  // longer, and it says too little

void add_days(std::set<std::string>& keys, const json& fields, std::int64_t around) {
    const auto dates = sort_dates(Kind::incident, fields);
    if (!dates || dates->max - dates->min > kDaysMost) return;
    if (dates->max - dates->min <= kDaysExact) {
        for (std::int64_t day = dates->min - around; day <= dates->max + around; ++day)
            keys.insert(likeness_of_day(day));
    }
    const bool exact = dates->max - dates->min <= kDaysExact;
    if (exact && around == 0) return;
    for (std::int64_t day = dates->min; day <= dates->max; ++day)
        keys.insert(likeness_of_month(day));
    if (!exact && around > 0) {
        for (std::int64_t day = dates->min; day <= dates->max && keys.size() < kLikenessesMax;
             ++day)
            keys.insert(likeness_of_day(day));
    }
}

std::vector<std::string> bounded(const std::set<std::string>& keys, std::size_t most) {
    std::vector<std::string> list(keys.begin(), keys.end());
    if (list.size() > most) list.resize(most);
    return list;
}

}  // namespace

std::string likeness_of_day(std::int64_t day) { return "d:" + std::to_string(day); }

std::string likeness_of_month(std::int64_t day) { return "m:" + day_text(day).substr(0, 7); }

std::optional<std::int64_t> day_of_likeness(std::string_view key) {
    if (!key.starts_with("d:")) return std::nullopt;
    std::int64_t day = 0;
    const auto [end, failure] = std::from_chars(key.data() + 2, key.data() + key.size(), day);
    if (failure != std::errc() || end != key.data() + key.size()) return std::nullopt;
    return day;
}

struct NameReader::Rules {
    std::unique_ptr<icu::Transliterator> to_latin;
};

NameReader::NameReader() : rules_(std::make_unique<Rules>()) {}
NameReader::NameReader(NameReader&&) noexcept = default;
NameReader& NameReader::operator=(NameReader&&) noexcept = default;
NameReader::~NameReader() = default;

std::vector<std::string> NameReader::parts_of(std::string_view name) {
    auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(
        name.data(), static_cast<std::int32_t>(std::min<std::size_t>(name.size(), 1000))));
    icu::UnicodeString latin;
    bool foreign = false;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 point = text.char32At(i);
        if (const char consonant = consonant_of(static_cast<char32_t>(point)); consonant != '\0') {
            if (consonant != '-') latin.append(static_cast<char16_t>(consonant));
        } else if (!is_of_tables(point)) {
            latin.append(point);
            foreign = foreign || point >= 0x80;
        }
    }
    if (foreign) {
        if (!rules_->to_latin) {
            UErrorCode status = U_ZERO_ERROR;
            rules_->to_latin.reset(icu::Transliterator::createInstance(
                "Any-Latin; NFKD; Latin-ASCII", UTRANS_FORWARD, status));
            if (U_FAILURE(status))
                throw Error{ErrorCode::failed, "ICU has no rules to write names in Latin letters"};
        }
        rules_->to_latin->transliterate(latin);
    }
    latin.toLower(icu::Locale::getRoot());

    std::vector<std::string> parts(1);
    for (std::int32_t i = 0; i < latin.length(); i = latin.moveIndex32(i, 1)) {
        const UChar32 point = latin.char32At(i);
        const bool plain = (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
        if (plain) {
            parts.back() += static_cast<char>(point);
        } else if (!is_mark(point) && point != '\'' && !parts.back().empty() && !u_isalpha(point)) {
            parts.emplace_back();
        }
    }
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    if (parts.size() > kNamePartsMax) parts.resize(kNamePartsMax);
    return parts;
}

std::string sound_of(std::string_view part) {
    std::string sound;
    char before = '\0';  // what was written last, for doubled letters
    char last = '\0';
    for (const char letter : part) {
        const bool first = sound.empty();
        const bool vowel = is_vowel(letter) || (letter == 'y' && !first);
        const bool silent = (letter == 'h' || (letter == 'g' && last == 'n')) && !first;
        const char own = letter >= '0' && letter <= '9' ? letter : class_of(letter);
        if ((!vowel || first) && !silent && own != before) sound += own;
        if (!silent) before = vowel && !first ? '\0' : own;
        if (letter == 'h' && !first) before = '\0';
        last = letter;
    }
    return sound;
}

std::string sound_of(const std::vector<std::string>& parts) {
    return sorted_sound(sounds_of_parts(parts));
}

std::set<std::string> sounds_near(const std::vector<std::string>& parts) {
    const std::vector<std::string> sounds = sounds_of_parts(parts);
    std::set<std::string> near = {sorted_sound(sounds)};
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        const auto with = [&](std::string sound) {
            std::vector<std::string> other = sounds;
            other[i] = std::move(sound);
            if (!other[i].empty()) near.insert(sorted_sound(other));
        };
        const std::string& sound = sounds[i];
        for (std::size_t at = 0; at <= sound.size(); ++at) {
            if (at < sound.size()) with(std::string(sound).erase(at, 1));
            for (const char other : kClasses) {
                with(std::string(sound).insert(at, 1, other));
                if (at < sound.size()) with(std::string(sound).replace(at, 1, 1, other));
            }
        }
    }
    return near;
}

std::vector<std::string> names_in(const json& fields) {
    std::vector<std::string> names;
    const auto add = [&](std::string name) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    };
    if (!fields.is_object()) return names;
    each_in(fields, "names", [&](const json& name) {
        if (!name.is_object()) return;
        add(text_in(name, "text"));
        add(text_in(name, "transliteration"));
        each_in(name, "other_spellings", [&](const json& text) {
            if (text.is_string()) add(text.get<std::string>());
        });
    });
    each_in(fields, "aliases", [&](const json& text) {
        if (text.is_string()) add(text.get<std::string>());
    });
    return names;
}

std::vector<std::string> likenesses_of(NameReader& reader, Kind kind, const json& fields) {
    std::set<std::string> keys;
    if (!fields.is_object()) return {};
    if (kind == Kind::person) {
        add_numbers(keys, fields);
        for (const std::string& name : names_in(fields)) {
            const auto parts = reader.parts_of(name);
            if (parts.empty()) continue;
            keys.insert("n:" + sound_of(parts));
            if (parts.size() > 2) add_pairs(keys, sounds_of_parts(parts));
            if (keys.size() >= kLikenessesMax) break;
        }
    } else if (kind == Kind::incident) {
        add_days(keys, fields, 0);
    }
    return bounded(keys, kLikenessesMax);
}

std::vector<std::string> likenesses_near(NameReader& reader, Kind kind, const json& fields) {
    std::set<std::string> keys;
    if (!fields.is_object()) return {};
    if (kind == Kind::person) {
        add_numbers(keys, fields);
        for (const std::string& name : names_in(fields)) {
            const auto parts = reader.parts_of(name);
            if (parts.empty()) continue;
            if (parts.size() > 1) add_pairs(keys, sounds_of_parts(parts));
            for (const std::string& sound : sounds_near(parts)) keys.insert("n:" + sound);
            if (keys.size() >= kLikenessesMax * 64) break;
        }
    } else if (kind == Kind::incident) {
        add_days(keys, fields, kDaysAround);
    }
    return bounded(keys, kLikenessesMax * 64);
}

}  // namespace custos::vault
