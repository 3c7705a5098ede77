// SPDX-License-Identifier: GPL-3.0-or-later
// custos check: every invariant of the vault, to the last byte.
#include "vault/check.h"

#include <array>
#include <mutex>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/progress.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Finding;

constexpr std::array kOptions = {
    Option{"quick", '\0', Takes::nothing, "", "do not read the contents of sealed files"},
};

// A vault that is too damaged to be opened is a finding, too.
std::vector<Finding> findings_of(Context& context, const Arguments& arguments) {
    Progress progress(context);
    std::mutex one_at_a_time;
    std::uint64_t done = 0;
    vault::CheckProgress watch;
    watch.begin = [&](const std::string& part, std::uint64_t total) {
        const std::lock_guard lock(one_at_a_time);
        done = 0;
        progress.stage("checking " + part, total);
    };
    watch.done = [&](std::uint64_t more) {
        const std::lock_guard lock(one_at_a_time);
        done += more;
        progress.at(done);
    };
    try {
        vault::Vault vault = open_vault(context, vault::Access::read);
        return vault::check_vault(vault, {!arguments.has("quick")}, watch);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::integrity) throw;
        return {{vault::Severity::error, error.what(), "vault", error.hint()}};
    }
}

void print(Context& context, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        const Style style =
            finding.severity == vault::Severity::error ? Style::bad : Style::warning;
        context.out.line_of({{std::string(name_of(finding.severity)), style},
                             {": " + finding.where + ": " + finding.what, Style::plain}});
        if (!finding.next.empty()) context.out.line_of({{finding.next, Style::plain}}, 4);
    }
    if (findings.empty()) context.out.line("no findings", Style::good);
}

int check(Context& context, const Arguments& arguments) {
    const std::vector<Finding> findings = findings_of(context, arguments);
    if (context.globals.machine()) {
        json items = json::array();
        for (const Finding& finding : findings) {
            items.push_back({{"severity", name_of(finding.severity)},
                             {"what", finding.what},
                             {"where", finding.where},
                             {"next", finding.next}});
        }
        context.out.document({{"schema", "custos.check/1"}, {"findings", items}});
    } else {
        print(context, findings);
    }
    return findings.empty() ? 0 : static_cast<int>(ErrorCode::integrity);
}

}  // namespace

const Body kCheck = {
    check,
    kOptions,
    0,
    0,
    "Reads everything: each page of the database, each entry of the log against its\n"
    "signed checkpoints, tables and index against the log, sealed files against what the\n"
    "log says of them. It does not stop at the first finding. Exit status 0 means that\n"
    "there is none, 5 that there is one or more.\n"
    "\n"
    "    custos check\n"
    "    custos check --quick\n"
    "    custos check --json",
};

}  // namespace custos::cli
