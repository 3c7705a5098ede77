// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/leak_scan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "crypto/error.h"
#include "vault/publish/decode.h"
#include "vault/publish/detectors.h"
#include "vault/publish/fold.h"
#include "vault/publish/forms.h"
#include "vault/publish/matcher.h"
#include "vault/publish/near_names.h"
#include "vault/publish/numbers.h"

namespace custos::vault::publish {
namespace {

// Bytes between the beginning of a telephone number and the last digits that are looked for.
constexpr std::size_t kNumberSpread = 32;
// In one view of one file. A text with more is refused whole: none may crowd out another.
constexpr std::size_t kHitsMax = 1'000'000;

constexpr std::uint32_t kNobody = 0xFFFFFFFF;

// A hit by its place in the file.
struct Hit {
    Rule rule = Rule::name;
    Severity severity = Severity::exact;
    std::uint32_t person = kNobody;
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool is_about_part(Rule rule) {
    return rule == Rule::name_part || rule == Rule::near_name || rule == Rule::inflected_name;
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
        Reach& reach = reach_[{hit.rule, hit.person}];
        reach.any = std::max(reach.any, hit.end);
        if (hit.severity == Severity::exact) reach.exact = std::max(reach.exact, hit.end);
    }

    std::size_t released_ = 0;
    std::vector<std::size_t> numbers_;
    std::map<std::uint32_t, std::size_t> names_;
    std::map<std::pair<Rule, std::uint32_t>, Reach> reach_;
};

}  // namespace

struct LeakScan::Parts {
    std::vector<std::string> codes;  // by index of person
    Folder folder;
    std::vector<Form> forms;
    Matcher matcher;
    NumberTable numbers{{}};
    NearNames near_names{{}};
    std::vector<std::string> own;
    Folded folded;  // kept for its memory

    Parts(const std::vector<Person>& persons, const std::vector<std::string>& named,
          std::vector<std::string> own_contacts)
        : own(std::move(own_contacts)) {
        for (const Person& person : persons) codes.push_back(person.code);
        Forms all = forms_of(persons, named, folder);
        forms = std::move(all.forms);
        for (std::uint32_t i = 0; i < forms.size(); ++i) {
            matcher.add(
                forms[i].letters, i,
                forms[i].inside_words ? Matcher::Within::longer_words : Matcher::Within::words);
        }
        matcher.build();
        numbers = NumberTable(std::move(all.numbers));
        near_names = NearNames(std::move(all.parts));
    }

    // Everything that one reading of `view` shows, with places in the file.
    void look(const View& view, std::string_view text, Reading reading, std::vector<Hit>& hits) {
        folder.fold(text, reading, folded);
        const auto add = [&](Rule rule, Severity severity, std::uint32_t person, std::size_t begin,
                             std::size_t end) {
            const std::size_t last = folded.source_of(end - 1);
            if (hits.size() > kHitsMax) return;
            hits.push_back({rule, severity, person, view.source_of(folded.source_of(begin)),
                            view.source_of(last) + 1});
        };
        matcher.find(folded, [&](std::uint32_t value, std::size_t begin, std::size_t end) {
            const Form& form = forms[value];
            add(form.rule, form.severity, form.person, begin, end);
        });
        numbers.find(folded, [&](const NumberForm& number, Severity severity, std::size_t begin,
                                 std::size_t end) {
            add(number.rule, severity, number.person, begin, end);
        });
        near_names.find(text, folded,
                        [&](std::uint32_t person, Rule rule, std::size_t begin, std::size_t end) {
                            add(rule, Severity::fuzzy, person, begin, end);
                        });
    }

    std::vector<Hit> hits_in(const View& view, std::string_view text) {
        std::vector<Hit> hits;
        look(view, text, Reading::letters, hits);
        if (folder.readings_differ()) look(view, text, Reading::shapes, hits);
        detect(text, [&](Rule rule, std::size_t begin) {
            for (const std::string& contact : own) {
                if (!contact.empty() && text.substr(begin, contact.size()) == contact) return;
            }
            const std::size_t at = view.source_of(begin);
            if (hits.size() <= kHitsMax)
                hits.push_back({rule, Severity::fuzzy, kNobody, at, at + 1});
        });
        if (hits.size() > kHitsMax) {
            throw Error{
                ErrorCode::refused,
                "cannot check the text: it could name somebody in more than a million places"};
        }
        return Sieve().sieve(std::move(hits));
    }

    std::string code_of(std::uint32_t person) const {
        return person == kNobody ? std::string() : codes[person];
    }
};

LeakScan::LeakScan(const std::vector<Person>& persons, const std::vector<std::string>& named,
                   std::vector<std::string> own)
    : parts_(std::make_unique<Parts>(persons, named, std::move(own))) {}
LeakScan::LeakScan(LeakScan&&) noexcept = default;
LeakScan& LeakScan::operator=(LeakScan&&) noexcept = default;
LeakScan::~LeakScan() = default;

std::vector<Finding> LeakScan::scan_text(std::string_view text, const std::string& file) {
    if (text.size() > kScannedFileMax) {
        throw Error{ErrorCode::refused,
                    "cannot check " + file + " for protected names: it is too large"};
    }
    std::vector<Finding> findings;
    std::map<std::tuple<Rule, std::uint32_t, std::size_t>, std::size_t>
        known;  // rule, person, place

    const auto look_at = [&](const View& view, std::string_view view_text) {
        for (const Hit& hit : parts_->hits_in(view, view_text)) {
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
            finding.severity = hit.severity;
            finding.file = file;
            finding.record = parts_->code_of(hit.person);
            finding.offset = hit.begin;
            finding.form = view.form.empty() ? "text" : view.form;
            finding.next = advice_for(hit.rule);
            findings.push_back(std::move(finding));
        }
    };
    look_at(View{}, text);
    for (const View& view : decoded_views(text)) look_at(view, view.text);

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
