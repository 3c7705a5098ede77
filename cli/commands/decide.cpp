// SPDX-License-Identifier: GPL-3.0-or-later
// custos statement decide: somebody looked at a finding, and says why it may stand.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/publish/statements.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kDecideOptions = {
    Option{"accept", '\0', Takes::nothing, "", "it is about nobody who must not be found"},
    Option{"revoke", '\0', Takes::nothing, "", "take an earlier decision back"},
    Option{"reason", '\0', Takes::value, "TEXT", "why, for the log; needed"},
};

int statement_decide(Context& context, const Arguments& arguments) {
    const bool accept = arguments.has("accept");
    if (accept == arguments.has("revoke")) {
        throw Error{ErrorCode::usage, "cannot decide without a decision",
                    "say --accept or --revoke"};
    }
    std::vector<std::string> findings;
    for (std::size_t i = 1; i < arguments.words().size(); ++i)
        findings.push_back(arguments.word(i));
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    vault::publish::decide(vault, id, findings, accept, arguments.text("reason"));
    if (context.globals.machine()) {
        nlohmann::json list = nlohmann::json::array();
        for (const vault::publish::Decision& each : vault::publish::decisions_on(vault, id)) {
            list.push_back({{"finding", each.finding},
                            {"rule", each.rule},
                            {"record", each.record},
                            {"reason", each.reason}});
        }
        context.out.document({{"schema", "custos.statement.decide/1"},
                              {"id", vault::code_of(vault, id)},
                              {"accepted", list}});
    } else {
        context.talk.note(std::to_string(findings.size()) +
                          (findings.size() == 1 ? " decision" : " decisions") +
                          " noted in the log");
    }
    return 0;
}

}  // namespace

const Body kStatementDecide = {
    statement_decide,
    kDecideOptions,
    2,
    64,
    "Notes in the log that you looked at a fuzzy finding of \"statement check\", and why it\n"
    "is about nobody who must not be found. The decision is about these words of this\n"
    "record: where they stand again it holds, and other words are a new finding. Exact\n"
    "findings cannot be accepted (status 13): write the sentence differently.\n"
    "\n"
    "    custos statement decide S-4D2KM F-8Q2M4T7A --accept --reason \"a river\"\n"
    "    custos statement decide S-4D2KM F-8Q2M4T7A --revoke --reason \"it was the person\"",
};

}  // namespace custos::cli
