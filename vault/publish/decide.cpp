// SPDX-License-Identifier: GPL-3.0-or-later
// Decisions about findings, and the report of what was looked at.
#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publish/statements.h"
#include "vault/records/store.h"

namespace custos::vault::publish {

using nlohmann::json;

std::string scan_report(const Check& check) {
    const auto listed = [](const std::vector<Finding>& findings) {
        json list = json::array();
        for (const Finding& finding : findings) {
            list.push_back({{"id", finding.id},
                            {"rule", finding.rule},
                            {"severity", text_of(finding.severity)},
                            {"record", finding.record},
                            {"file", finding.file},
                            {"offset", finding.offset},
                            {"form", finding.form}});
        }
        return list;
    };
    json files = json::object();
    for (const auto& [name, bytes] : check.package)
        files[name] = crypto::hex(crypto::sha256(bytes).view());
    return json{{"schema", kScanReportSchema},
                {"rules", kScanRules},
                {"files", files},
                {"findings", listed(check.findings)},
                {"accepted", listed(check.accepted)}}
        .dump();
}

crypto::Digest scan_report_digest(const Check& check) {
    return crypto::sha256(bytes_of(scan_report(check)));
}

std::vector<Decision> decisions_on(const Vault& vault, const RecordId& statement) {
    std::map<std::string, Decision> newest;
    for (const HistoryItem& item : history_of(vault, statement)) {
        if (item.verb != Verb::decide || !item.body.is_object()) continue;
        Decision one;
        one.finding = item.body.value("finding", std::string());
        one.rule = item.body.value("rule", std::string());
        one.record = item.body.value("record", std::string());
        one.reason = item.body.value("reason", std::string());
        one.accept = item.body.value("accept", false);
        newest[one.finding] = std::move(one);
    }
    std::vector<Decision> decisions;
    for (auto& [finding, decision] : newest) {
        if (decision.accept) decisions.push_back(std::move(decision));
    }
    return decisions;
}

void decide(Vault& vault, const RecordId& statement, const std::vector<std::string>& findings,
            bool accept, std::string_view reason) {
    if (reason.find_first_not_of(" \t\n") == std::string_view::npos) {
        throw Error{ErrorCode::usage, "cannot decide without a reason",
                    "say why with --reason TEXT; it goes into the log"};
    }
    const Check check = check_statement(vault, statement);
    const std::string code = code_of(vault, statement);
    Change change(vault);
    for (const std::string& id : findings) {
        const auto& list = accept ? check.findings : check.accepted;
        const auto found = std::find_if(list.begin(), list.end(),
                                        [&](const Finding& each) { return each.id == id; });
        if (found == list.end()) {
            throw Error{ErrorCode::not_found,
                        code + " has no " + (accept ? "open" : "accepted") + " finding " + id,
                        "see them with: custos statement check " + code};
        }
        if (found->severity == Severity::exact) {
            throw Error{ErrorCode::refused,
                        "cannot accept " + id + ": it is exact, and shows the person", found->next};
        }
        const json body = {{"finding", id},
                           {"rule", found->rule},
                           {"record", found->record},
                           {"accept", accept},
                           {"reason", reason}};
        change.append({Verb::decide, to_text(statement), {}, to_bytes(bytes_of(body.dump()))});
    }
    change.commit();
}

}  // namespace custos::vault::publish
