// SPDX-License-Identifier: GPL-3.0-or-later
// custos statement affected: which publications mention a person.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/publish/earlier.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;

std::string appearance_in(const publish::EarlierPublication& one, const std::string& code) {
    const std::string& appearance = one.persons.at(code).appearance;
    return appearance.empty() ? "mentioned" : appearance;
}

int statement_affected(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const std::string code = vault::code_of(vault, id);
    if (id.kind != vault::Kind::person) {
        throw Error{ErrorCode::usage, code + " is no person", "list them with: custos list person"};
    }
    const auto all = publish::publications_about(vault, code);
    if (context.globals.machine()) {
        json list = json::array();
        for (const publish::EarlierPublication& one : all) {
            list.push_back({{"statement", one.statement},
                            {"index", one.index},
                            {"title", one.title},
                            {"date", one.date},
                            {"published", one.published},
                            {"appearance", appearance_in(one, code)},
                            {"package", one.package}});
        }
        context.out.document({{"schema", "custos.statement.affected/1"},
                              {"person", code},
                              {"total", all.size()},
                              {"publications", list}});
        return 0;
    }
    Table table{{"STATEMENT", "INDEX", "DATE", "LEFT", "APPEARS", "TITLE"}, {}};
    for (const publish::EarlierPublication& one : all) {
        table.rows.push_back({one.statement, one.index, one.date, one.published.substr(0, 10),
                              appearance_in(one, code), one.title});
    }
    if (all.empty()) {
        context.talk.note("no publication that left this vault mentions " + code);
    } else {
        context.out.table(table);
    }
    return 0;
}

}  // namespace

const Body kStatementAffected = {
    statement_affected,
    {},
    1,
    1,
    "Lists every publication that left this vault and mentions the person, by name,\n"
    "pseudonym or role, or as withheld: what has to be looked at when a consent is taken\n"
    "back. What the log says is listed, so nothing that left is missing. Records that were\n"
    "merged are one person here.\n"
    "\n"
    "    custos statement affected P-7K3QD",
};

}  // namespace custos::cli
