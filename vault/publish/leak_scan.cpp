// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/leak_scan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "crypto/error.h"
#include "crypto/hash.h"
#include "vault/publish/decode.h"
#include "vault/publish/detectors.h"
#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/matcher.h"
#include "vault/publish/near_names.h"
#include "vault/publish/numbers.h"
#include "vault/publish/side_by_side.h"

namespace custos::vault::publish {
namespace {

// Bytes between the beginning of a telephone number and the last digits that are looked for.
constexpr std::size_t kNumberSpread = 32;
// In one view of one file. A text with more is refused whole: none may crowd out another.
constexpr std::size_t kHitsMax = 1'000'000;

// From so many bytes, or persons, on, two threads share the work.
constexpr std::size_t kLargeText = 512u * 1024;
constexpr std::size_t kManyPersons = 2000;
// So far a space is looked for to cut a text in two.
constexpr std::size_t kCutSearch = 64u * 1024;

// Shorter terms are words of every text.
constexpr std::size_t kTermLettersMin = 5;

constexpr std::uint32_t kNobody = 0xFFFFFFFF;

// A hit by its place in the file.
struct Hit {
    Rule rule = Rule::name;
    Severity severity = Severity::exact;
    std::uint32_t person = kNobody;
    std::size_t begin = 0;  // of the file
    std::size_t end = 0;
    std::size_t first = 0;  // the same in the text of the view, where its words can be read
    std::size_t last = 0;   // behind it
};

bool is_about_part(Rule rule) {
    return rule == Rule::name_part || rule == Rule::near_name || rule == Rule::inflected_name ||
           rule == Rule::transliterated_name;
}

// The words of a hit. A hit ends where its last word begins.
std::string_view words_at(std::string_view text, const Hit& hit) {
    constexpr std::size_t kWordMax = 64;
    std::size_t end = std::min(hit.last, text.size());
    const auto goes_on = [&](std::size_t at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z');
    };
    while (end < text.size() && end - hit.last < kWordMax && goes_on(end)) ++end;
    return text.substr(hit.first, end - hit.first);
}

bool is_detected(Rule rule) {
    return rule == Rule::phone_number || rule == Rule::email_address || rule == Rule::coordinates;
}

// Leaves out hits that say no more than another one: a part of a whole name or of a name that may
// be printed, a shorter or less certain hit of the same rule, a telephone number that is known.
class Sieve {
public:
    std::vector<Hit> sieve(std::vector<Hit> hits) {
        std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
            return std::tuple(a.begin, b.end, b.severity, a.rule, a.person) <
                   std::tuple(b.begin, a.end, a.severity, b.rule, b.person);
        });
        for (const Hit& hit : hits) {
            if (hit.rule == Rule::contact || hit.rule == Rule::identifier)
                numbers_.push_back(hit.begin);
        }
        std::vector<Hit> kept;
        for (const Hit& hit : hits) {
            if (hit.rule == Rule::released) {
                released_ = std::max(released_, hit.end);
            } else if (!is_said(hit)) {
                note(hit);
                kept.push_back(hit);
            }
        }
        return kept;
    }

private:
    // How far hits that began before reach.
    struct Reach {
        std::size_t any = 0;
        std::size_t exact = 0;
    };

    bool is_said(const Hit& hit) const {
        if (is_detected(hit.rule)) {
            const auto number = std::lower_bound(numbers_.begin(), numbers_.end(), hit.begin);
            return number != numbers_.end() && *number <= hit.begin + kNumberSpread;
        }
        if (is_about_part(hit.rule)) {
            if (hit.end <= released_) return true;
            const auto name = names_.find(hit.person);
            if (name != names_.end() && hit.end <= name->second) return true;
            const auto part = parts_.find(hit.person);
            if (hit.rule == Rule::transliterated_name && part != parts_.end() &&
                hit.begin < part->second)
                return true;
        }
        const auto same = reach_.find({hit.rule, hit.person});
        if (same == reach_.end()) return false;
        return hit.end <= (hit.severity == Severity::exact ? same->second.exact : same->second.any);
    }

    void note(const Hit& hit) {
        if (hit.rule == Rule::name || hit.rule == Rule::alias) {
            auto& end = names_[hit.person];
            end = std::max(end, hit.end);
        }
        if (is_about_part(hit.rule) && hit.rule != Rule::transliterated_name) {
            auto& end = parts_[hit.person];
            end = std::max(end, hit.end);
        }
        Reach& reach = reach_[{hit.rule, hit.person}];
        reach.any = std::max(reach.any, hit.end);
        if (hit.severity == Severity::exact) reach.exact = std::max(reach.exact, hit.end);
    }

    std::size_t released_ = 0;
    std::vector<std::size_t> numbers_;
    std::map<std::uint32_t, std::size_t> names_;
    std::map<std::uint32_t, std::size_t> parts_;
    std::map<std::pair<Rule, std::uint32_t>, Reach> reach_;
};

}  // namespace

struct LeakScan::Parts {
    std::vector<std::string> codes;  // by index of person
    Folder folder;
    Folder second_folder;
    std::vector<Form> forms;
    Matcher matcher;
    NumberTable numbers{{}};
    NearNames near_names{{}};
    SoundNames sound_names{{}};
    Sounds sounds;
    Sounds second_sounds;
    std::vector<std::string> own;
    Folded folded;  // kept for its memory, as is the next one
    Folded second_half;
    bool readings_differ = false;
    Bytes id_key;

    Parts(const std::vector<Person>& persons, const std::vector<std::string>& named,
          std::vector<std::string> own_contacts, const std::vector<Term>& terms)
        : own(std::move(own_contacts)) {
        for (const Person& person : persons) codes.push_back(person.code);
        const Work work = persons.size() < kManyPersons ? Work::small : Work::large;
        const std::size_t middle = persons.size() / 2;
        Forms all;
        Forms others;
        side_by_side(
            work,
            [&] {
                all = forms_of(persons, {0, middle}, named, folder, sounds);
            },
            [&] {
                others = forms_of(persons, {middle, persons.size()}, named, second_folder,
                                  second_sounds);
            });
        append(all.forms, std::move(others.forms));
        append(all.numbers, std::move(others.numbers));
        append(all.parts, std::move(others.parts));
        append(all.sounds, std::move(others.sounds));
        add_terms(terms, static_cast<std::uint32_t>(persons.size()), all);
        forms = std::move(all.forms);
        side_by_side(
            work, [&] { fill_matcher(); },
            [&] {
                numbers = NumberTable(std::move(all.numbers));
                near_names = NearNames(std::move(all.parts));
                sound_names = SoundNames(std::move(all.sounds));
            });
    }

    template <class T>
    static void append(std::vector<T>& to, std::vector<T> from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    }

    // Terms stand behind the persons.
    void add_terms(const std::vector<Term>& terms, std::uint32_t index, Forms& all) {
        for (const Term& term : terms) {
            codes.push_back(term.record);
            folder.fold(term.text, Reading::letters, folded);
            std::string letters = folded.letters.substr(0, folded.size());
            if (letters.size() >= kTermLettersMin)
                all.forms.push_back({std::move(letters), index, term.rule, term.severity, false});
            ++index;
        }
    }

    void fill_matcher() {
        for (std::uint32_t i = 0; i < forms.size(); ++i) {
            matcher.add(
                forms[i].letters, i,
                forms[i].inside_words ? Matcher::Within::longer_words : Matcher::Within::words);
        }
        matcher.build();
    }

    // A space near the middle of a large text; 0: there is none.
    static std::size_t cut_of(std::string_view text) {
        if (text.size() < kLargeText) return 0;
        const std::size_t middle = text.size() / 2;
        const std::size_t space = text.substr(middle, kCutSearch).find_first_of(" \n");
        return space == std::string_view::npos ? 0 : middle + space;
    }

    void fold(std::string_view text, Reading reading) {
        const std::size_t cut = cut_of(text);
        if (cut == 0) {
            folder.fold(text, reading, folded);
            readings_differ = folder.readings_differ();
            return;
        }
        side_by_side(
            Work::large, [&] { folder.fold(text.substr(0, cut), reading, folded); },
            [&] { second_folder.fold(text.substr(cut), reading, second_half); });
        folded.append(second_half, cut);
        readings_differ = folder.readings_differ() || second_folder.readings_differ();
    }

    // Where the second of two threads begins: with a word.
    std::size_t middle_start() const {
        const auto& starts = folded.starts;
        std::size_t middle = folded.size() < kLargeText ? starts.size() : starts.size() / 2;
        while (middle < starts.size() && folded.edge(starts[middle].letter) != Edge::hard) ++middle;
        return middle;
    }

    // What a stretch of the folded text shows, with places in the file.
    void look_at(const View& view, std::string_view text, Stretch stretch, Sounds& reader,
                 std::vector<Hit>& hits) {
        if (stretch.first == stretch.last) return;
        const auto add = [&](Rule rule, Severity severity, std::uint32_t person, std::size_t begin,
                             std::size_t end) {
            if (hits.size() > kHitsMax || (view.binary && severity == Severity::fuzzy)) return;
            const std::size_t last = folded.source_of(end - 1);
            const std::size_t first = folded.source_of(begin);
            hits.push_back({rule, severity, person, view.source_of(first), view.source_of(last) + 1,
                            first, last + 1});
        };
        matcher.find(folded, stretch, [&](std::uint32_t value, std::size_t begin, std::size_t end) {
            const Form& form = forms[value];
            add(form.rule, form.severity, form.person, begin, end);
        });
        if (view.binary) return;
        numbers.find(
            folded, stretch,
            [&](const NumberForm& number, Severity severity, std::size_t begin, std::size_t end) {
                add(number.rule, severity, number.person, begin, end);
            });
        near_names.find(text, folded, stretch,
                        [&](std::uint32_t person, Rule rule, std::size_t begin, std::size_t end) {
                            add(rule, Severity::fuzzy, person, begin, end);
                        });
        // A few bytes that a word happens to decode to say nothing by their sound.
        if (view.packed && view.form.find("compressed") == std::string::npos) return;
        sound_names.find(
            text, folded, stretch, reader,
            [&](std::uint32_t person, std::size_t begin, std::size_t end) {
                if (hits.size() > kHitsMax) return;
                hits.push_back({Rule::transliterated_name, Severity::fuzzy, person,
                                view.source_of(begin), view.source_of(end - 1) + 1, begin, end});
            });
    }

    // Everything that one reading of `view` shows.
    void look(const View& view, std::string_view text, Reading reading, std::vector<Hit>& hits) {
        fold(text, reading);
        const std::size_t middle = middle_start();
        std::vector<Hit> others;
        const Work work = middle == folded.starts.size() ? Work::small : Work::large;
        side_by_side(
            work,
            [&] {
                look_at(view, text, {0, middle}, sounds, hits);
            },
            [&] {
                look_at(view, text, {middle, folded.starts.size()}, second_sounds, others);
            });
        hits.insert(hits.end(), others.begin(), others.end());
    }

    // What nobody in the vault has: numbers, addresses, coordinates.
    std::vector<Hit> detected_in(const View& view, std::string_view text) const {
        std::vector<Hit> hits;
        if (view.binary) return hits;
        detect(text, [&](Rule rule, std::size_t begin) {
            for (const std::string& contact : own) {
                if (!contact.empty() && text.substr(begin, contact.size()) == contact) return;
            }
            const std::size_t at = view.source_of(begin);
            if (hits.size() <= kHitsMax)
                hits.push_back({rule, Severity::fuzzy, kNobody, at, at + 1, begin, begin + 1});
        });
        return hits;
    }

    // `hits` are those detected already.
    std::vector<Hit> hits_in(const View& view, std::string_view text, std::vector<Hit> hits) {
        look(view, text, Reading::letters, hits);
        if (readings_differ) look(view, text, Reading::shapes, hits);
        if (hits.size() > kHitsMax) {
            throw Error{
                ErrorCode::refused,
                "cannot check the text: it could name somebody in more than a million places"};
        }
        return Sieve().sieve(std::move(hits));
    }

    // The words of a finding, the same however they are written.
    std::string folded_words(std::string_view text) {
        folder.fold(text, Reading::letters, second_half);
        return second_half.letters.substr(0, second_half.size());
    }

    std::string code_of(std::uint32_t person) const {
        return person == kNobody ? std::string() : codes[person];
    }
};

LeakScan::LeakScan(const std::vector<Person>& persons, const std::vector<std::string>& named,
                   std::vector<std::string> own, const std::vector<Term>& terms)
    : parts_(std::make_unique<Parts>(persons, named, std::move(own), terms)) {}
LeakScan::LeakScan(LeakScan&&) noexcept = default;
LeakScan& LeakScan::operator=(LeakScan&&) noexcept = default;
LeakScan::~LeakScan() = default;

void LeakScan::key_ids(ByteView key) { parts_->id_key = to_bytes(key); }

std::string finding_id(ByteView key, std::string_view rule, std::string_view record,
                       std::string_view words) {
    static constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr std::size_t kIdDigits = 8;
    std::string text = "custos/finding";
    for (const std::string_view each : {rule, record, words}) {
        text += '\0';
        text += each;
    }
    const crypto::Digest digest = crypto::hmac_sha256(key, bytes_of(text));
    std::string id = "F-";
    for (std::size_t i = 0; i < kIdDigits; ++i) id += kDigits[digest.view()[i] % kDigits.size()];
    return id;
}

std::vector<Finding> LeakScan::scan_text(std::string_view text, const std::string& file) {
    if (text.size() > kScannedFileMax) {
        throw Error{ErrorCode::refused,
                    "cannot check " + file + " for protected names: it is too large"};
    }
    std::vector<Finding> findings;
    std::map<std::tuple<Rule, std::uint32_t, std::size_t>, std::size_t>
        known;  // rule, person, place

    const auto look_at = [&](const View& view, std::string_view view_text,
                             std::vector<Hit> detected) {
        for (const Hit& hit : parts_->hits_in(view, view_text, std::move(detected))) {
            if (findings.size() >= kFindingsMax) return;
            const auto [it, fresh] =
                known.emplace(std::tuple(hit.rule, hit.person, hit.begin), findings.size());
            if (!fresh) {
                Finding& same = findings[it->second];
                same.severity = std::max(same.severity, hit.severity);
                continue;
            }
            Finding finding;
            finding.rule = text_of(hit.rule);
            finding.id = finding_id(parts_->id_key, finding.rule, parts_->code_of(hit.person),
                                    parts_->folded_words(words_at(view_text, hit)));
            finding.severity = hit.severity;
            finding.file = file;
            finding.record = parts_->code_of(hit.person);
            finding.offset = hit.begin;
            finding.form = view.form.empty() ? "text" : view.form;
            finding.next = advice_for(hit.rule);
            findings.push_back(std::move(finding));
        }
    };
    const View plain;
    look_at(plain, text, parts_->detected_in(plain, text));
    const std::vector<std::size_t> unread = each_decoded_view(text, [&](const View& view) {
        look_at(view, view.text, parts_->detected_in(view, view.text));
    });
    if (!unread.empty()) {
        Finding finding;
        finding.rule = "unreadable";
        finding.severity = Severity::exact;
        finding.file = file;
        finding.offset = unread.front();
        finding.form = "compressed";
        finding.next = "take the file out: it holds more than can be looked through";
        findings.push_back(std::move(finding));
    }

    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::tie(a.offset, a.rule, a.record) < std::tie(b.offset, b.rule, b.record);
    });
    std::size_t counted = 0;
    std::uint64_t line = 1;
    for (Finding& finding : findings) {
        const std::size_t at = std::min<std::size_t>(finding.offset, text.size());
        line += static_cast<std::uint64_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                       text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        counted = at;
        finding.line = line;
    }
    return findings;
}

std::vector<Finding> LeakScan::scan(const Files& files) {
    std::vector<Finding> all;
    for (const auto& [name, bytes] : files) {
        for (Finding& finding : scan_text(name, name)) {
            finding.form = "file name";
            finding.line = 0;
            all.push_back(std::move(finding));
        }
        for (Finding& finding : scan_text(custos::text_of(bytes), name))
            all.push_back(std::move(finding));
        if (all.size() >= kFindingsMax) {
            all.resize(kFindingsMax);
            break;
        }
    }
    return all;
}

}  // namespace custos::vault::publish
