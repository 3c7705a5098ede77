// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/approve.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publish/pdf.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

// Everybody who wrote some revision of the statement.
std::set<AuthorId> writers_of(const std::vector<HistoryItem>& history) {
    std::set<AuthorId> writers;
    for (const HistoryItem& item : history) {
        if (item.verb == Verb::create || item.verb == Verb::revise) writers.insert(item.author);
    }
    return writers;
}

// Which decisions were made, wherever in the files their findings are.
crypto::Digest passed_over(const Check& check) {
    std::set<std::pair<std::string, std::string>> decisions;
    for (const Finding& finding : check.accepted) decisions.emplace(finding.rule, finding.record);
    std::string text;
    for (const auto& [rule, record] : decisions) text += rule + ":" + record + "\n";
    return crypto::sha256(bytes_of(text));
}

Approval approval_of(const Check& check) {
    return {check.edition.index, sums_digest(check.package), std::string(kScanRules),
            passed_over(check)};
}

// What readers read, by digest: what SHA256SUMS lists.
json digests_of(const Files& package) {
    json digests = json::object();
    for (const auto& [name, bytes] : package) {
        if (name.ends_with(kSignatureSuffix) || name == kManifestFile || name == kSumsFile ||
            name == kApprovalFile) {
            continue;
        }
        digests[name] = crypto::hex(crypto::sha256(bytes).view());
    }
    return digests;
}

// "a", "a and b", "a, b and 3 more".
std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t kShownMax = 6;
    const std::size_t shown = names.size() <= kShownMax ? names.size() : kShownMax - 1;
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i > 0 && i + 1 == names.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + names[i];
    }
    return shown == names.size() ? text
                                 : text + " and " + std::to_string(names.size() - shown) + " more";
}

// Which of the records behind the statement were changed after entry `index` of the log.
std::string changed_since(const Vault& vault, const RecordId& statement, const Check& check,
                          std::uint64_t index) {
    const auto is_changed = [&](const RecordId& id) {
        const std::vector<HistoryItem> history = history_of(vault, id);
        return std::any_of(history.begin(), history.end(), [&](const HistoryItem& item) {
            return item.index > index && (item.verb == Verb::create || item.verb == Verb::revise);
        });
    };
    std::vector<std::string> changed;
    if (is_changed(statement)) changed.emplace_back("the statement");
    for (const std::string& code : check.mentioned) {
        if (is_changed(resolve(vault, code))) changed.push_back(code);
    }
    if (changed.empty()) return "a consent, another record, the publication key or custos changed";
    return listed(changed) + (changed.size() == 1 ? " was changed" : " were changed");
}

struct Differences {
    std::vector<std::string> gone;
    std::vector<std::string> added;
    std::vector<std::string> other;
};

Differences differences(const json& approved, const json& now) {
    Differences out;
    for (const auto& [name, digest] : approved.items()) {
        if (!now.contains(name)) {
            out.gone.push_back(name);
        } else if (now[name] != digest) {
            out.other.push_back(name);
        }
    }
    for (const auto& [name, digest] : now.items()) {
        if (!approved.contains(name)) out.added.push_back(name);
    }
    return out;
}

bool are_pdfs(const std::vector<std::string>& names) {
    return std::all_of(names.begin(), names.end(),
                       [](const std::string& name) { return name.ends_with(kPdfSuffix); });
}

// Says so where PDFs alone differ, which is not a matter of the text.
bool explain_pdf(const Differences& found, Check& check) {
    if (!are_pdfs(found.gone) || !are_pdfs(found.added) || !are_pdfs(found.other)) return false;
    const auto say = [&](const std::vector<std::string>& names, const char* one, const char* more) {
        return listed(names) + (names.size() == 1 ? one : more);
    };
    if (!found.other.empty()) {
        check.approval_void =
            say(found.other, " is", " are") +
            " drawn otherwise here: other fonts, or another version of what draws";
    } else if (!found.added.empty()) {
        check.approval_void = say(found.added, " was", " were") + " not there when it was approved";
        check.approval_next = "publish with --no-pdf as it was approved, or approve it anew";
    } else if (!found.gone.empty()) {
        check.approval_void =
            say(found.gone, " was", " were") + " there when it was approved, and not now";
        check.approval_next = "publish with --pdf as it was approved, or approve it anew";
    }
    return !check.approval_void.empty();
}

std::string all_of(const Differences& found) {
    std::string text;
    const auto say = [&](const std::vector<std::string>& names, const char* one, const char* more) {
        if (names.empty()) return;
        text += (text.empty() ? "" : ", ") + listed(names) + (names.size() == 1 ? one : more);
    };
    say(found.other, " differs", " differ");
    say(found.added, " is new", " are new");
    say(found.gone, " is missing", " are missing");
    return text;
}

// Why the newest approval, which is not of this, is not.
void explain(const Vault& vault, const RecordId& id, const HistoryItem& item, Check& check) {
    check.approval_next = "somebody who wrote none of it, once more";
    // Approvals that custos wrote at first know no files.
    const json approved = item.body.value("files", json::object());
    const Differences found =
        approved.empty() ? Differences() : differences(approved, digests_of(check.package));
    if (explain_pdf(found, check)) return;
    const std::string files = all_of(found);
    if (!files.empty()) {
        check.approval_void = files + ", since " + changed_since(vault, id, check, item.index);
    } else if (item.body.value("rules", std::string()) != kScanRules) {
        check.approval_void = "it was checked by other rules";
    } else if (item.body.value("passed_over", std::string()) !=
               crypto::hex(passed_over(check).view())) {
        check.approval_void = "other findings were passed over";
    } else {
        check.approval_void = changed_since(vault, id, check, item.index);
    }
}

}  // namespace

bool add_approval(const Vault& vault, const RecordId& id, Check& check) {
    const std::vector<HistoryItem> history = history_of(vault, id);
    const std::set<AuthorId> writers = writers_of(history);
    const Approval wanted = approval_of(check);
    const HistoryItem* newest = nullptr;
    for (auto item = history.rbegin(); item != history.rend(); ++item) {
        if (item->verb != Verb::approve || !item->body.is_object()) continue;
        if (newest == nullptr) newest = &*item;
        const auto approver = vault.author(item->author);
        if (!approver || writers.contains(item->author)) continue;
        const std::string note = item->body.value("note", std::string());
        if (open_approval(note, approver->key) != wanted) continue;
        check.is_approved = true;
        check.parts.approval = note;
        check.parts.approver = approver_text(approver->key);
        return true;
    }
    if (newest == nullptr) return false;
    explain(vault, id, *newest, check);
    if (writers.contains(newest->author))
        check.approval_void = "the person who approved it has written some of it since";
    return false;
}

namespace {

// What they are, each once: "name of P-7K3QD, consent of P-2M9XA (the plan shows ...)".
std::string listed(const std::vector<Finding>& findings) {
    constexpr std::size_t kListedMax = 8;
    std::vector<std::string> all;
    for (const Finding& finding : findings) {
        std::string one = finding.rule;
        if (!finding.record.empty()) one += " of " + finding.record;
        if (finding.file == "statement") one += " (" + finding.next + ")";
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
    }
    std::string text;
    for (std::size_t i = 0; i < std::min(all.size(), kListedMax); ++i)
        text += (i > 0 ? ", " : "") + all[i];
    if (all.size() > kListedMax) text += " and others";
    return text;
}

}  // namespace

void require_clean(const Vault& vault, const RecordId& id, const Check& check,
                   std::string_view reason, std::string_view verb) {
    const std::string cannot = "cannot " + std::string(verb) + " " + code_of(vault, id) + ": ";
    if (!check.findings.empty()) {
        const std::size_t count = check.findings.size();
        throw Error{ErrorCode::refused,
                    cannot + std::to_string(count) + (count == 1 ? " finding" : " findings") +
                        " would expose somebody or break the plan: " + listed(check.findings),
                    "see them with: custos statement check " + code_of(vault, id)};
    }
    if (check.needs_reason && reason.empty()) {
        throw Error{ErrorCode::usage, "cannot accept a finding without a reason",
                    "say why with --reason TEXT; it goes into the log"};
    }
}

Approval approve_statement(Vault& vault, const RecordId& id,
                           const std::vector<Acceptance>& accepted, std::string_view reason,
                           WithPdf with_pdf) {
    const Check check = check_statement(vault, id, accepted, with_pdf);
    require_clean(vault, id, check, reason, "approve");
    if (writers_of(history_of(vault, id)).contains(vault.author().id)) {
        throw Error{ErrorCode::refused,
                    "cannot approve " + code_of(vault, id) + ": you wrote some of it",
                    "another person must, with a passphrase of their own: custos key add"};
    }
    Approval approval = approval_of(check);
    json body = {{"index", approval.index},
                 {"sums", crypto::hex(approval.sums.view())},
                 {"rules", approval.rules},
                 {"passed_over", crypto::hex(approval.passed_over.view())},
                 {"files", digests_of(check.package)},
                 {"note", sign_approval(approval, vault.author_seed())}};
    if (!check.accepted.empty()) body["reason"] = reason;
    Change change(vault);
    change.append({Verb::approve, to_text(id), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
    return approval;
}

}  // namespace custos::vault::publish
