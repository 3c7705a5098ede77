// SPDX-License-Identifier: GPL-3.0-or-later
// custos statement approve, retract, register: who stands for a publication, and what became of it.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/commands/package_options.h"
#include "cli/open_vault.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publish/approve.h"
#include "vault/publish/registrar.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;

constexpr std::array kApproveOptions = {kAcceptOption, kReasonOption, kPdfOption, kNoPdfOption};

constexpr std::array kRetractOptions = {
    Option{"reason", '\0', Takes::value, "TEXT", "why; readers will see it; needed"},
    Option{"index", '\0', Takes::value, "INDEX", "which publication; else the newest in force"},
};

constexpr std::array kRegisterOptions = {
    Option{"output", 'o', Takes::value, "DIR", "where to write the signed register"},
};

int statement_approve(Context& context, const Arguments& arguments) {
    const std::vector<publish::Acceptance> accepted = acceptances(arguments);
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::Approval approval = publish::approve_statement(
        vault, id, accepted, arguments.text("reason"), with_pdf(arguments));
    const std::string key = publish::approver_text(vault.author().key);
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.statement.approve/1"},
                              {"id", vault::code_of(vault, id)},
                              {"index", approval.index},
                              {"sums", crypto::hex(approval.sums.view())},
                              {"key", key}});
        return 0;
    }
    context.out.fields(
        {{"index", approval.index}, {"approved", crypto::hex(approval.sums.view())}, {"key", key}});
    context.talk.note("any change of what would be published voids this");
    return 0;
}

int statement_retract(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::RegisterLine line =
        publish::retract_statement(vault, id, arguments.text("index"), arguments.text("reason"));
    if (context.globals.machine()) {
        json out = publish::as_json(line);
        out["schema"] = "custos.statement.retract/1";
        out["id"] = vault::code_of(vault, id);
        context.out.document(out);
        return 0;
    }
    context.out.fields({{"index", line.index}, {"withdrawn", line.date}});
    context.talk.note(
        "readers learn of it from the register: custos statement register --output DIR");
    return 0;
}

void print_register(Context& context, const std::vector<publish::RegisterLine>& lines) {
    Table table{{"NO.", "WHAT", "DATE", "INDEX", "TITLE OR REASON"}, {}};
    for (const publish::RegisterLine& line : lines) {
        table.rows.push_back({std::to_string(line.number),
                              line.is_retraction ? "withdrawn" : "published", line.date, line.index,
                              line.is_retraction ? line.reason : line.title});
    }
    context.out.table(table);
}

int statement_register(Context& context, const Arguments& arguments) {
    const std::string output = arguments.text("output");
    vault::Vault vault =
        open_vault(context, output.empty() ? vault::Access::read : vault::Access::write);
    const std::vector<publish::RegisterLine> lines = publish::register_lines(vault);
    if (!output.empty()) publish::write_register_to(vault, output);
    if (context.globals.machine()) {
        json entries = json::array();
        for (const publish::RegisterLine& line : lines) entries.push_back(publish::as_json(line));
        context.out.document({{"schema", "custos.statement.register/1"},
                              {"directory", output.empty() ? json() : json(output)},
                              {"entries", entries}});
        return 0;
    }
    print_register(context, lines);
    if (!output.empty())
        context.talk.note("publish register.json with its .minisig, and anew after each change");
    return 0;
}

}  // namespace

const Body kStatementApprove = {
    statement_approve,
    kApproveOptions,
    1,
    1,
    "A second person, who wrote none of the statement and has a passphrase of their own,\n"
    "stands for it: for the final bytes of every file, for what the leak check passed over,\n"
    "and for the rules that it went by. Any change voids it, also one of a person's names or\n"
    "of the plan. A statement that shows somebody of level P3 cannot be published without,\n"
    "where the vault has two persons. Read it as readers will, first. Give --pdf, --no-pdf\n"
    "and --accept as it will be published: they change the files.\n"
    "\n"
    "    custos statement preview S-4D2KM\n"
    "    custos statement approve S-4D2KM",
};

const Body kStatementRetract = {
    statement_retract,
    kRetractOptions,
    1,
    1,
    "Withdraws a publication. What is out stays out; the register says from then on that it\n"
    "was withdrawn, and why. To correct one, publish another statement whose field corrects\n"
    "names it, or the same one again.\n"
    "\n"
    "    custos statement retract S-4D2KM --reason 'a date was wrong'\n"
    "    custos statement register --output register",
};

const Body kStatementRegister = {
    statement_register,
    kRegisterOptions,
    0,
    0,
    "Everything that was published or withdrawn, numbered. With --output, writes it signed:\n"
    "register.json for programs, index.html for people. Where readers have it, a publication\n"
    "that was withdrawn, replaced, or left out shows.\n"
    "\n"
    "    custos statement register\n"
    "    custos statement register --output register\n"
    "    custos verify package --key organisation.pub --register register/register.json",
};

}  // namespace custos::cli
