// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/approve.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
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

}  // namespace

bool add_approval(const Vault& vault, const RecordId& id, Check& check) {
    const std::vector<HistoryItem> history = history_of(vault, id);
    const std::set<AuthorId> writers = writers_of(history);
    const Approval wanted = approval_of(check);
    for (auto item = history.rbegin(); item != history.rend(); ++item) {
        if (item->verb != Verb::approve || !item->body.is_object()) continue;
        check.was_approved = true;
        const auto approver = vault.author(item->author);
        if (!approver || writers.contains(item->author)) continue;
        const std::string note = item->body.value("note", std::string());
        if (open_approval(note, approver->key) != wanted) continue;
        check.is_approved = true;
        check.parts.approval = note;
        check.parts.approver = approver_text(approver->key);
        return true;
    }
    return false;
}

void require_clean(const Vault& vault, const RecordId& id, const Check& check,
                   std::string_view reason, std::string_view verb) {
    const std::string cannot = "cannot " + std::string(verb) + " " + code_of(vault, id) + ": ";
    if (!check.findings.empty()) {
        const std::size_t count = check.findings.size();
        throw Error{ErrorCode::refused,
                    cannot + std::to_string(count) + (count == 1 ? " finding" : " findings") +
                        " would expose somebody or break the plan",
                    "see them with: custos statement check " + code_of(vault, id)};
    }
    if (check.needs_reason && reason.empty()) {
        throw Error{ErrorCode::usage, "cannot accept a finding without a reason",
                    "say why with --reason TEXT; it goes into the log"};
    }
}

Approval approve_statement(Vault& vault, const RecordId& id,
                           const std::vector<Acceptance>& accepted, std::string_view reason) {
    const Check check = check_statement(vault, id, accepted);
    require_clean(vault, id, check, reason, "approve");
    if (writers_of(history_of(vault, id)).contains(vault.author().id)) {
        throw Error{ErrorCode::refused,
                    "cannot approve " + code_of(vault, id) + ": you wrote some of it",
                    "another person must, with a passphrase of their own: custos key add"};
    }
    const Approval approval = approval_of(check);
    json body = {{"index", approval.index},
                 {"sums", crypto::hex(approval.sums.view())},
                 {"rules", approval.rules},
                 {"passed_over", crypto::hex(approval.passed_over.view())},
                 {"note", sign_approval(approval, vault.author_seed())}};
    if (!check.accepted.empty()) body["reason"] = reason;
    Change change(vault);
    change.append({Verb::approve, to_text(id), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
    return approval;
}

}  // namespace custos::vault::publish
