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

// A hit by its place in the file.
struct Hit {
    Rule rule = Rule::name;
    Severity severity = Severity::exact;
    std::string record;
    std::size_t begin = 0;
    std::size_t end = 0;
};

bool is_about_part(Rule rule) {
    return rule == Rule::name_part || rule == Rule::near_name || rule == Rule::inflected_name;
}

bool is_detected(Rule rule) {
    return rule == Rule::phone_number || rule == Rule::email_address || rule == Rule::coordinates;
}

// Whether `hit` says no more than `other` does: part of a whole name, or of a name that may be
// printed.
bool is_said_by(const Hit& hit, const Hit& other) {
    if (&hit == &other) return false;
    const bool within = other.begin <= hit.begin && hit.end <= other.end;
    if (within && other.rule == hit.rule && other.record == hit.record &&
        other.severity >= hit.severity) {
        return other.severity > hit.severity || other.end - other.begin > hit.end - hit.begin;
    }
    if (is_about_part(hit.rule)) {
        if (within && other.rule == Rule::released) return true;
        return within && (other.rule == Rule::name || other.rule == Rule::alias) &&
               other.record == hit.record;
    }
    if (is_detected(hit.rule)) {
        return (other.rule == Rule::contact || other.rule == Rule::identifier) &&
               other.begin >= hit.begin && other.begin <= hit.begin + kNumberSpread;
    }
    return false;
}

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
            hits.push_back({rule, severity, codes[person], view.source_of(folded.source_of(begin)),
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
            hits.push_back({rule, Severity::fuzzy, {}, at, at + 1});
        });
        return hits;
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
    std::map<std::tuple<Rule, std::string, std::size_t>, std::size_t> known;  // rule, record, place

    const auto look_at = [&](const View& view, std::string_view view_text) {
        const std::vector<Hit> hits = parts_->hits_in(view, view_text);
        for (const Hit& hit : hits) {
            if (hit.rule == Rule::released || findings.size() >= kFindingsMax) continue;
            const bool said = std::any_of(hits.begin(), hits.end(),
                                          [&](const Hit& other) { return is_said_by(hit, other); });
            if (said) continue;
            const auto [it, fresh] =
                known.emplace(std::tuple(hit.rule, hit.record, hit.begin), findings.size());
            if (!fresh) {
                Finding& same = findings[it->second];
                same.severity = std::max(same.severity, hit.severity);
                continue;
            }
            Finding finding;
            finding.rule = text_of(hit.rule);
            finding.severity = hit.severity;
            finding.file = file;
            finding.record = hit.record;
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
