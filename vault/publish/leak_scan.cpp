// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/leak_scan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "crypto/error.h"
#include "crypto/hash.h"
#include "vault/publish/decode.h"
#include "vault/publish/hits.h"
#include "vault/publish/sought.h"

namespace custos::vault::publish {
namespace {

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

}  // namespace

struct LeakScan::Parts {
    Sought sought;
    Sieve sieve;
    Bytes id_key;
};

LeakScan::LeakScan(const std::vector<Person>& persons, const std::vector<std::string>& named,
                   std::vector<std::string> own, const std::vector<Term>& terms)
    : parts_(new Parts{Sought(persons, named, std::move(own), terms), {}, {}}) {}
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
        parts_->sieve.sieve(parts_->sought.hits_in(view, view_text), [&](const Hit& hit) {
            if (findings.size() >= kFindingsMax) return false;
            const auto [it, fresh] =
                known.emplace(std::tuple(hit.rule, hit.person, hit.begin), findings.size());
            if (!fresh) {
                Finding& same = findings[it->second];
                same.severity = std::max(same.severity, hit.severity);
                same.next = advice_for(hit.rule, same.severity);
                return true;
            }
            Finding finding;
            finding.rule = text_of(hit.rule);
            finding.id =
                finding_id(parts_->id_key, finding.rule, parts_->sought.code_of(hit.person),
                           parts_->sought.folded_words(words_at(view_text, hit)));
            if (hit.severity == Severity::fuzzy && ++places[finding.id] > kPlacesMax) {
                known.erase(it);
                return true;
            }
            finding.severity = hit.severity;
            finding.file = file;
            finding.record = parts_->sought.code_of(hit.person);
            finding.offset = hit.begin;
            finding.form = view.form.empty() ? "text" : view.form;
            finding.next = advice_for(hit.rule, hit.severity);
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
