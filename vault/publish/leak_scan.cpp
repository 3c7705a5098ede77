// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/leak_scan.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "crypto/error.h"
#include "crypto/hash.h"
#include "vault/publish/decode.h"
#include "vault/publish/detectors.h"
#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/hits.h"
#include "vault/publish/matcher.h"
#include "vault/publish/near_names.h"
#include "vault/publish/numbers.h"
#include "vault/publish/pieces.h"
#include "vault/publish/side_by_side.h"
#include "vault/publish/spelled_numbers.h"

namespace custos::vault::publish {
namespace {

// In one view of one file. A text with more is refused whole: none may crowd out another.
constexpr std::size_t kHitsMax = 1'000'000;

// From so many bytes, or persons, on, two threads share the work.
constexpr std::size_t kLargeText = 512u * 1024;
constexpr std::size_t kManyPersons = 2000;
// So far a line's end is looked for to cut a text in two.
constexpr std::size_t kCutSearch = 64u * 1024;

// Shorter terms are words of every text.
constexpr std::size_t kTermLettersMin = 5;

// Letters behind a place that a search may need, but for longer names.
constexpr std::size_t kLettersBehind = 4096;

// The words of a hit. A hit ends where its last word begins.
std::string_view words_at(std::string_view text, const Hit& hit) {
    constexpr std::size_t kWordMax = 64;
    std::size_t end = std::min<std::size_t>(hit.last, text.size());
    const auto goes_on = [&](std::size_t at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z');
    };
    while (end < text.size() && end - hit.last < kWordMax && goes_on(end)) ++end;
    return text.substr(hit.first, end - hit.first);
}

// Places of the text for letters of a folded one, asked for in ascending order nearly always.
class Places {
public:
    explicit Places(const Folded& folded) : starts_(folded.starts) {}

    std::uint32_t source_of(std::size_t letter) {
        if (at_ >= starts_.size() || starts_[at_].letter > letter) at_ = 0;
        if (at_ == 0) {
            const auto after = std::upper_bound(
                starts_.begin(), starts_.end(), letter,
                [](std::size_t value, const Folded::Start& start) { return value < start.letter; });
            if (after == starts_.begin()) return 0;
            at_ = static_cast<std::size_t>(after - starts_.begin()) - 1;
        }
        while (at_ + 1 < starts_.size() && starts_[at_ + 1].letter <= letter) ++at_;
        return starts_[at_].source;
    }

private:
    const std::vector<Folded::Start>& starts_;
    std::size_t at_ = 0;
};

// What one thread needs to look through a part of a text; its memory is used again.
struct Reader {
    Folder folder;
    Folded folded;
    Folded digits;
    NearNames::Reader near_names;
    SoundNames::Reader sound_names;
    std::vector<Hit> hits;
};

// What says that findings may be missing: nobody may pass over those that are not seen.
Finding too_many(const std::string& file) {
    Finding finding;
    finding.rule = "too_many";
    finding.severity = Severity::exact;
    finding.file = file;
    finding.form = "text";
    finding.next = "settle the other findings and check again: there are more than can be listed";
    return finding;
}

constexpr std::size_t kOwnPartMin = 6;  // letters and digits

std::string letters_and_digits(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return out;
}

}  // namespace

struct LeakScan::Parts {
    std::vector<std::string> codes;  // by index of person
    std::array<Reader, 2> readers;
    std::optional<Matcher> matcher;
    NumberTable numbers{{}};
    NearNames near_names{{}};
    SoundNames sound_names{{}};
    std::vector<std::string> own;
    Sieve sieve;
    Bytes id_key;

    Parts(const std::vector<Person>& persons, const std::vector<std::string>& named,
          std::vector<std::string> own_contacts, const std::vector<Term>& terms)
        : own(std::move(own_contacts)) {
        codes.reserve(persons.size() + terms.size());
        for (const Person& person : persons) codes.push_back(person.code);
        const Work work = persons.size() < kManyPersons ? Work::small : Work::large;
        const std::size_t middle = persons.size() / 2;
        Forms all;
        Forms others;
        side_by_side(
            work,
            [&] {
                all = forms_of(persons, {0, middle}, named, readers[0].folder);
            },
            [&] {
                others = forms_of(persons, {middle, persons.size()}, named, readers[1].folder);
            });
        all.append(std::move(others));
        add_terms(terms, static_cast<std::uint32_t>(persons.size()), all);
        side_by_side(
            work, [&] { matcher.emplace(std::move(all.names)); },
            [&] {
                numbers = NumberTable(std::move(all.numbers));
                near_names = NearNames(std::move(all.parts));
                sound_names = SoundNames(std::move(all.sounds));
            });
    }

    // Terms stand behind the persons.
    void add_terms(const std::vector<Term>& terms, std::uint32_t index, Forms& all) {
        for (const Term& term : terms) {
            codes.push_back(term.record);
            const std::string letters = folded_words(term.text);
            if (letters.size() >= kTermLettersMin)
                all.names.add(letters, {0, 0, index, term.rule, term.severity, false});
            ++index;
        }
    }

    // What begins in a piece of the text, with places in the file.
    void look_at(const View& view, std::string_view text, Stretch stretch, Reader& reader) const {
        const Folded& folded = reader.folded;
        Places places(folded);
        const auto add_source = [&](Rule rule, Severity severity, std::uint32_t person,
                                    std::size_t first, std::size_t last) {
            if (reader.hits.size() > kHitsMax) return;
            reader.hits.push_back({static_cast<std::uint32_t>(view.source_of(first)),
                                   static_cast<std::uint32_t>(view.source_of(last) + 1),
                                   static_cast<std::uint32_t>(first),
                                   static_cast<std::uint32_t>(last + 1), person, rule, severity});
        };
        const auto add = [&](Rule rule, Severity severity, std::uint32_t person, std::size_t begin,
                             std::size_t end) {
            if (view.binary && severity == Severity::fuzzy) return;
            const std::size_t first = places.source_of(begin);
            add_source(rule, severity, person, first, places.source_of(end - 1));
        };
        matcher->find(folded, stretch, [&](const Form& form, std::size_t begin, std::size_t end) {
            add(form.rule, form.severity, form.person, begin, end);
        });
        if (view.binary) return;
        numbers.find(
            folded, stretch,
            [&](const NumberForm& number, Severity severity, std::size_t begin, std::size_t end) {
                add(number.rule, severity, number.person, begin, end);
            });
        each_spelled_number(folded, stretch, reader.digits,
                            [&] { look_at_spelled(reader.digits, add_source); });
        near_names.find(text, folded, stretch, reader.near_names,
                        [&](std::uint32_t person, Rule rule, std::size_t begin, std::size_t end) {
                            add(rule, Severity::fuzzy, person, begin, end);
                        });
        // A few bytes that a word happens to decode to say nothing by their sound.
        if (view.packed && view.form.find("compressed") == std::string::npos) return;
        sound_names.find(text, folded, stretch, reader.sound_names,
                         [&](std::uint32_t person, std::size_t begin, std::size_t end) {
                             add_source(Rule::transliterated_name, Severity::fuzzy, person, begin,
                                        end - 1);
                         });
    }

    // A number that is spelled out: of somebody, or long enough to be called.
    template <class Add>
    void look_at_spelled(const Folded& digits, Add add) const {
        constexpr std::size_t kPhoneDigitsMin = 8;
        Places places(digits);
        bool is_known = false;
        numbers.find(
            digits, {0, digits.starts.size()},
            [&](const NumberForm& number, Severity severity, std::size_t begin, std::size_t end) {
                is_known = true;
                const std::size_t first = places.source_of(begin);
                add(number.rule, severity, number.person, first, places.source_of(end - 1));
            });
        if (is_known || digits.size() < kPhoneDigitsMin) return;
        add(Rule::phone_number, Severity::fuzzy, kNobody, digits.starts.front().source,
            digits.starts.back().source);
    }

    // Begins like a text of the publisher's own, or is a part of one, wherever its lines were
    // broken: some keys have a fingerprint with "0043 6096" in it.
    bool is_own(std::string_view text, std::size_t begin, std::size_t end) const {
        const std::string found = letters_and_digits(text.substr(begin, end - begin));
        return std::any_of(own.begin(), own.end(), [&](const std::string& each) {
            const bool is_part = found.size() >= kOwnPartMin &&
                                 letters_and_digits(each).find(found) != std::string::npos;
            return is_part || (!each.empty() && text.substr(begin, each.size()) == each);
        });
    }

    // What nobody in the vault has: numbers, addresses, coordinates.
    void detect_in(const View& view, std::string_view text, Range span, Reader& reader) const {
        if (view.binary) return;
        const auto add = [&](Rule rule, std::size_t begin, std::size_t end) {
            if (is_own(text, begin, end)) return;
            if (reader.hits.size() > kHitsMax) return;
            reader.hits.push_back({static_cast<std::uint32_t>(view.source_of(begin)),
                                   static_cast<std::uint32_t>(view.source_of(end - 1) + 1),
                                   static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>(end), kNobody, rule,
                                   Severity::fuzzy});
        };
        detect(text, span, add);
        if (const auto digits = with_ascii_digits(text, span)) {
            detect(digits->text, {0, digits->text.size()},
                   [&](Rule rule, std::size_t begin, std::size_t end) {
                       add(rule, digits->source_of(begin), digits->source_of(end - 1) + 1);
                   });
        }
    }

    // Everything that begins in the span, in both readings, in order.
    void look_through(const View& view, std::string_view text, Range span, Reader& reader) const {
        reader.hits.clear();
        reader.near_names.forget();
        detect_in(view, text, span, reader);
        const std::size_t behind = kLettersBehind + matcher->letters_max();
        for (const Reading reading : {Reading::letters, Reading::shapes}) {
            Pieces pieces(reader.folder, reader.folded, text, span, reading, behind);
            while (pieces.next()) look_at(view, text, pieces.stretch(), reader);
            if (!pieces.readings_differ()) break;
        }
        sort_hits(reader.hits);
    }

    // Where the second of two threads begins: behind the end of a line, if there is one.
    static std::size_t cut_of(std::string_view text) {
        if (text.size() < kLargeText) return text.size();
        const std::size_t middle = text.size() / 2;
        const std::size_t line = text.substr(middle, kCutSearch).find('\n');
        return line == std::string_view::npos ? next_gap(text, middle) : middle + line + 1;
    }

    // All hits of one view, in order.
    const std::vector<Hit>& hits_in(const View& view, std::string_view text) {
        auto& one = readers[0];
        auto& other = readers[1];
        const std::size_t cut = cut_of(text);
        if (cut == text.size()) {
            look_through(view, text, {0, cut}, one);
        } else {
            side_by_side(
                Work::large,
                [&] {
                    look_through(view, text, {0, cut}, one);
                },
                [&] {
                    look_through(view, text, {cut, text.size()}, other);
                });
            one.hits.insert(one.hits.end(), other.hits.begin(), other.hits.end());
            sort_hits(one.hits);
        }
        if (one.hits.size() > kHitsMax) {
            throw Error{
                ErrorCode::refused,
                "cannot check the text: it could name somebody in more than a million places"};
        }
        return one.hits;
    }

    // The words of a finding, the same however they are written.
    std::string folded_words(std::string_view text) {
        Folded& folded = readers[1].folded;
        readers[1].folder.fold(text, Reading::letters, folded);
        return folded.letters.substr(0, folded.size());
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
        known;                                  // rule, person, place
    std::map<std::string, std::size_t> places;  // by id

    const auto look_at = [&](const View& view, std::string_view view_text) {
        parts_->sieve.sieve(parts_->hits_in(view, view_text), [&](const Hit& hit) {
            if (findings.size() >= kFindingsMax) return false;
            const auto [it, fresh] =
                known.emplace(std::tuple(hit.rule, hit.person, hit.begin), findings.size());
            if (!fresh) {
                Finding& same = findings[it->second];
                same.severity = std::max(same.severity, hit.severity);
                return true;
            }
            Finding finding;
            finding.rule = text_of(hit.rule);
            finding.id = finding_id(parts_->id_key, finding.rule, parts_->code_of(hit.person),
                                    parts_->folded_words(words_at(view_text, hit)));
            if (hit.severity == Severity::fuzzy && ++places[finding.id] > kPlacesMax) {
                known.erase(it);
                return true;
            }
            finding.severity = hit.severity;
            finding.file = file;
            finding.record = parts_->code_of(hit.person);
            finding.offset = hit.begin;
            finding.form = view.form.empty() ? "text" : view.form;
            finding.next = advice_for(hit.rule);
            findings.push_back(std::move(finding));
            return true;
        });
    };
    look_at(View(), text);
    const std::vector<std::size_t> unread =
        each_decoded_view(text, [&](const View& view) { look_at(view, view.text); });
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

    if (findings.size() >= kFindingsMax) findings.push_back(too_many(file));
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
            all.push_back(too_many(name));
            break;
        }
    }
    return all;
}

}  // namespace custos::vault::publish
