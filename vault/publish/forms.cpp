// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/forms.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>
#include <utility>

#include "vault/publish/common_words.h"
#include "vault/publish/near_names.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {
namespace {

constexpr std::size_t kPartsPermutedMax = 4;
constexpr std::size_t kPartLettersMin = 4;
constexpr std::size_t kNearLettersMin = 5;
constexpr std::size_t kInsideLettersMin = 10;
constexpr std::size_t kLocalPartMin = 6;
constexpr std::size_t kHanNameMax = 4;  // characters of a name without a space

// Between the parts of a name. Apostrophes are not among them: O'Brien is one part.
constexpr std::array<bool, 128> make_ascii_separators() {
    std::array<bool, 128> table{};
    for (const char c : std::string_view(" \t\n\r,;:/\\|()[]{}<>\"_.-+&"))
        table[static_cast<std::size_t>(c)] = true;
    return table;
}
constexpr std::array<bool, 128> kAsciiSeparators = make_ascii_separators();

bool separates_parts(char32_t c) {
    if (c < kAsciiSeparators.size()) return kAsciiSeparators[c];
    static constexpr std::u32string_view kSeparators =
        U"\u00A0\u00B7\u2010\u2011\u2012\u2013\u2014\u2027\u202F\u3000\u30FB\uFF65\u200B\u060C"
        U"\u05BE";
    return kSeparators.find(c) != std::u32string_view::npos || (c >= 0x2000 && c <= 0x200A);
}

// Titles that may stand in a stored name, and before a part of one in a text. Folded.
constexpr std::array<std::string_view, 36> kTitles = {
    "mr",   "mrs",  "ms",    "miss",  "dr",    "prof",  "sir",  "madam",  "mme",
    "lok",  "neak", "oknha", "sr",    "sra",   "srta",  "don",  "dona",   "hr",
    "frau", "herr", "u",     "daw",   "ko",    "khun",  "nai",  "nang",   "bong",
    "pan",  "pani", "bay",   "hanim", "ustad", "hajji", "haji", "sheikh", "rev"};
constexpr std::array<std::string_view, 18> kUnspacedTitles = {
    "លោក", "លោកស្រី",  "អ្នកស្រី", "កញ្ញា", "អ្នកនាង", "នាង", "បង",  "ឯកឧត្តម", "นาย",
    "นาง", "นางสาว", "คุณ",    "ဦး",   "ဒေါ်",    "ကို",   "ທ້າວ", "ນາງ",    "ທ່ານ"};
constexpr std::array<std::string_view, 6> kTitlesAfter = {"先生", "女士", "小姐",
                                                          "同志", "さん", "씨"};

// Small words of names that people leave out.
constexpr std::array<std::string_view, 24> kParticles = {
    "al", "el", "bin", "bint", "ibn", "ben", "abu", "um", "umm", "de",   "da", "do",
    "di", "du", "dos", "van",  "von", "der", "den", "la", "le",  "ould", "y",  "e"};

constexpr std::size_t kTitleMax = 6;  // bytes of the longest title and particle

// A few short words, asked for once a part of a name: by length and first letter first.
template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    if (word.size() > kTitleMax) return false;
    for (const std::string_view each : words) {
        if (each.size() == word.size() && each.front() == word.front() && each == word) return true;
    }
    return false;
}

struct Part {
    std::string letters;
    std::string_view source;  // as it is stored
    std::size_t length = 0;   // characters
    bool unspaced = false;
};
using Parts = std::vector<const Part*>;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Without bytes that are no UTF-8.
std::string cleaned(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        if (c != kNoCharacter) append_utf8(out, c);
    }
    return out;
}

class Collector {
public:
    Collector(const std::vector<Person>& persons, Stretch stretch,
              const std::vector<std::string>& named, Folder& folder)
        : folder_(folder), named_(named.begin(), named.end()) {
        for (std::size_t i = 0; i < persons.size(); ++i) {
            if (may_be_named(persons[i])) add_released(persons[i], static_cast<std::uint32_t>(i));
        }
        if (stretch.first != 0) forms_.names = {};
        for (std::string_view words = kCommonWords; !words.empty();) {
            const std::size_t end = words.find(' ');
            common_words_.set(hash_of_bytes(folded(words.substr(0, end))), 1);
            words.remove_prefix(end + 1);
        }
        for (const auto& title : kUnspacedTitles) unspaced_titles_.emplace_back(folded(title));
        for (const auto& title : kTitlesAfter) titles_after_.emplace_back(folded(title));
        for (std::size_t i = stretch.first; i < stretch.last; ++i) {
            if (!is_protected(persons[i])) continue;
            differs_ = false;
            reading_ = Reading::letters;
            add_person(persons[i], static_cast<std::uint32_t>(i));
            if (!differs_) continue;
            reading_ = Reading::shapes;
            add_person(persons[i], static_cast<std::uint32_t>(i));
        }
    }

    Forms take() { return std::move(forms_); }

private:
    bool may_be_named(const Person& person) const {
        return person.protection == Protection::open || named_.count(person.code) != 0;
    }

    // Until the next call.
    std::string_view folded(std::string_view text) {
        folder_.fold(text, reading_, scratch_);
        differs_ = differs_ || folder_.readings_differ();
        return std::string_view(scratch_.letters).substr(0, scratch_.size());
    }

    // Views of `name`, which is UTF-8.
    std::vector<Part> parts_of(std::string_view name) {
        std::vector<Part> parts;
        std::size_t begin = 0;
        const auto finish = [&](std::size_t end) {
            if (end == begin) return;
            Part part;
            part.source = name.substr(begin, end - begin);
            part.letters = folded(part.source);
            for (const char c : part.letters) {
                if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++part.length;
            }
            // Two characters that are both beginnings of words: no spaces are written here.
            part.unspaced = scratch_.starts.size() > 1 &&
                            scratch_.edges[scratch_.starts[1].letter] == Edge::hard;
            if (part.letters.empty() || contains(kTitles, part.letters)) return;
            parts.push_back(std::move(part));
        };
        for (std::size_t at = 0; at < name.size();) {
            const std::size_t here = at;
            if (!separates_parts(next_character(name, at))) continue;
            finish(here);
            begin = at;
        }
        finish(name.size());
        return parts;
    }

    void add(std::string_view letters, std::uint32_t person, Rule rule, Severity severity) {
        if (letters.size() < 2) return;
        const bool inside =
            letters.size() >= kInsideLettersMin && (rule == Rule::name || rule == Rule::alias);
        forms_.names.add(letters, {0, 0, person, rule, severity, inside});
    }

    void add_joined(const Parts& parts, std::uint32_t person, Rule rule, Severity severity) {
        joined_.clear();
        for (const Part* part : parts) joined_ += part->letters;
        add(joined_, person, rule, severity);
    }

    // Fewer letters than a name has by rights: more likely to be something else.
    static Severity whole_severity(const Parts& parts) {
        std::size_t length = 0;
        bool unspaced = false;
        for (const Part* part : parts) {
            length += part->length;
            unspaced = unspaced || part->unspaced;
        }
        return length >= (unspaced ? 2u : 3u) ? Severity::exact : Severity::fuzzy;
    }

    void add_orders(Parts parts, std::uint32_t person, Rule rule) {
        const Severity severity = whole_severity(parts);
        if (parts.size() > kPartsPermutedMax) {
            add_joined(parts, person, rule, severity);
            std::reverse(parts.begin(), parts.end());
            add_joined(parts, person, rule, severity);
            std::rotate(parts.begin(), parts.begin() + 1, parts.end());
            add_joined(parts, person, rule, severity);
            return;
        }
        const auto comes_first = [](const Part* a, const Part* b) {
            return a->letters < b->letters;
        };
        std::sort(parts.begin(), parts.end(), comes_first);
        do {
            add_joined(parts, person, rule, severity);
        } while (std::next_permutation(parts.begin(), parts.end(), comes_first));
    }

    // Middle names are left out, so two parts of three are the name.
    void add_pairs(const Parts& parts, std::uint32_t person) {
        if (parts.size() < 3) return;
        for (std::size_t a = 0; a < parts.size(); ++a) {
            for (std::size_t b = 0; b < parts.size(); ++b) {
                if (a == b || (parts.size() > kPartsPermutedMax && a != 0 && b != 0)) continue;
                const bool enough = parts[a]->length + parts[b]->length >= 6 || parts[a]->unspaced;
                add_joined({parts[a], parts[b]}, person, Rule::name,
                           enough ? Severity::exact : Severity::fuzzy);
            }
        }
    }

    bool is_released(const Part& part) const {
        return !released_parts_.empty() && released_parts_.count(part.letters) != 0;
    }

    void add_single(const Part& part, std::uint32_t person, Protection protection) {
        const bool released = is_released(part);
        const Severity severity =
            protection >= Protection::protected_ && !released ? Severity::exact : Severity::fuzzy;
        if (part.unspaced) {
            // A part of a name is often a word of the language, and no space tells the two apart.
            if (part.length >= kPartLettersMin)
                add(part.letters, person, Rule::name_part, Severity::fuzzy);
            for (const std::string& title : unspaced_titles_) {
                add(title + part.letters, person, Rule::name_part, severity);
            }
            for (const std::string& title : titles_after_) {
                add(part.letters + title, person, Rule::name_part, severity);
            }
            return;
        }
        const bool is_word = common_words_.of(hash_of_bytes(part.letters)) != 0;
        if (part.length >= kPartLettersMin)
            add(part.letters, person, Rule::name_part, is_word ? Severity::fuzzy : severity);
        // After a title it is somebody, however short.
        const bool is_short = part.length < kPartLettersMin && part.length >= 2 &&
                              !contains(kParticles, part.letters);
        if (!is_short && !is_word) return;
        for (const std::string_view title : kTitles) {
            add(std::string(title) + part.letters, person, Rule::name_part, severity);
        }
    }

    void add_near(const Part& part, std::uint32_t person) {
        const bool abjad = part.letters.front() >= '\xD6' && part.letters.front() <= '\xDB';
        if (part.unspaced || part.length < (abjad ? kPrefixedMin : kNearLettersMin) ||
            is_released(part))
            return;
        std::u32string& letters = forms_.parts.letters;
        const std::size_t begin = letters.size();
        for (std::size_t at = 0; at < part.letters.size();) {
            const char32_t c = next_character(part.letters, at);
            if (c != kNoCharacter) letters.push_back(c);
        }
        forms_.parts.parts.push_back({static_cast<std::uint32_t>(begin),
                                      static_cast<std::uint32_t>(letters.size() - begin), person});
    }

    // How the name sounds; of names that are written as one, the first character is the family.
    void add_sounds(const Parts& core, std::uint32_t person) {
        if (reading_ != Reading::letters) return;
        spoken_words_.clear();
        for (const Part* part : core) spoken_words_.push_back(part->source);
        if (core.size() == 1 && core[0]->unspaced && core[0]->length <= kHanNameMax) {
            std::size_t at = 0;
            next_character(core[0]->source, at);
            spoken_words_ = {core[0]->source.substr(0, at), core[0]->source.substr(at)};
        }
        const auto read = [&](Sounds::Ending ending) {
            sounds_of_words_.clear();
            for (const std::string_view word : spoken_words_)
                sounds_of_words_.push_back(sounds_.of(word, ending));
        };
        read(Sounds::Ending::as_written);
        forms_.sounds.add(sounds_of_words_, person);
        // Latin letters are spoken as they are written.
        if (std::all_of(spoken_words_.begin(), spoken_words_.end(), is_ascii)) return;
        const std::vector<std::string> as_written = sounds_of_words_;
        read(Sounds::Ending::as_spoken);
        if (sounds_of_words_ != as_written) forms_.sounds.add(sounds_of_words_, person);
    }

    void add_name(std::string_view name, bool alias, std::uint32_t person, Protection protection) {
        if (!is_utf8(name)) return add_name(cleaned(name), alias, person, protection);
        const std::vector<Part> parts = parts_of(name);
        if (parts.empty()) return;
        const Rule rule = alias ? Rule::alias : Rule::name;
        const Parts all = pointers_to(parts);
        add_orders(all, person, rule);
        // The words of an alias are words of the language: only the whole of it counts.
        if (alias) return;

        Parts core;
        for (const Part& part : parts) {
            if (!contains(kParticles, part.letters)) core.push_back(&part);
        }
        if (core.size() >= 2 && core.size() < parts.size()) add_orders(core, person, rule);
        add_pairs(core, person);
        add_sounds(core, person);
        for (const Part* part : core) {
            if (core.size() >= 2) add_single(*part, person, protection);
            add_near(*part, person);
        }
    }

    static Parts pointers_to(const std::vector<Part>& parts) {
        Parts pointers;
        for (const Part& part : parts) pointers.push_back(&part);
        return pointers;
    }

    void add_number(std::string_view text, std::uint32_t person, Rule rule) {
        const std::string letters(folded(text));
        std::string digits;
        for (const char c : letters) {
            if (c >= '0' && c <= '9') digits.push_back(c);
        }
        if (digits.size() < letters.size()) {
            if (letters.size() >= kPartLettersMin) add(letters, person, rule, Severity::exact);
            const std::size_t at = text.find('@');
            if (at != std::string_view::npos) {
                const std::string_view local = folded(text.substr(0, at));
                if (local.size() >= kLocalPartMin) add(local, person, rule, Severity::fuzzy);
            }
        }
        if (digits.size() >= kNumberDigitsMin)
            forms_.numbers.push_back({std::move(digits), person, rule});
    }

    void add_person(const Person& person, std::uint32_t index) {
        const bool named = named_.count(person.code) != 0;
        for (const PersonName& name : person.names) {
            if (!named || is_alias(name)) {
                add_name(name.text, is_alias(name), index, person.protection);
            }
        }
        for (const std::string& alias : person.aliases) {
            add_name(alias, true, index, person.protection);
        }
        for (const std::string& number : person.numbers)
            add_number(number, index, Rule::identifier);
        for (const std::string& contact : person.contacts)
            add_number(contact, index, Rule::contact);
        add(folded(person.code), index, Rule::record_code, Severity::exact);
    }

    void add_released(const Person& person, std::uint32_t index) {
        for (const PersonName& name : person.names) {
            if (is_alias(name)) continue;
            const std::string text = cleaned(name.text);
            const std::vector<Part> parts = parts_of(text);
            if (parts.empty()) continue;
            add_orders(pointers_to(parts), index, Rule::released);
            for (const Part& part : parts) released_parts_.insert(part.letters);
        }
    }

    Folder& folder_;
    Sounds sounds_;
    std::set<std::string> named_;
    std::unordered_set<std::string> released_parts_;
    WordMemo common_words_;
    std::vector<std::string> unspaced_titles_;
    std::vector<std::string> titles_after_;
    Reading reading_ = Reading::letters;
    bool differs_ = false;
    // Memory that is used again.
    Folded scratch_;
    std::string joined_;
    std::vector<std::string_view> spoken_words_;
    std::vector<std::string> sounds_of_words_;
    Forms forms_;
};

}  // namespace

std::string_view text_of(Severity severity) {
    return severity == Severity::exact ? "exact" : "fuzzy";
}

void Forms::append(Forms&& others) {
    const auto letters = static_cast<std::uint32_t>(names.letters.size());
    for (Form& form : others.names.forms) form.begin += letters;
    names.letters += others.names.letters;
    names.forms.insert(names.forms.end(), others.names.forms.begin(), others.names.forms.end());
    const auto part_letters = static_cast<std::uint32_t>(parts.letters.size());
    for (NamePart& part : others.parts.parts) part.begin += part_letters;
    parts.letters += others.parts.letters;
    parts.parts.insert(parts.parts.end(), others.parts.parts.begin(), others.parts.parts.end());
    numbers.insert(numbers.end(), std::make_move_iterator(others.numbers.begin()),
                   std::make_move_iterator(others.numbers.end()));
    sounds.append(std::move(others.sounds));
}

Forms forms_of(const std::vector<Person>& persons, Stretch stretch,
               const std::vector<std::string>& named, Folder& folder) {
    return Collector(persons, stretch, named, folder).take();
}

}  // namespace custos::vault::publish
