// SPDX-License-Identifier: GPL-3.0-or-later
// custos add: puts a new record into the vault.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/input.h"
#include "cli/interview.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/records/assign.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kOptions = {
    Option{"json", '\0', Takes::value, "FILE", "fields as a JSON object; - is stdin"},
    Option{"set", 's', Takes::values, "FIELD=VALUE", "one field, or one more item of a list"},
};

// What the command line says; null if it says nothing.
json given_fields(const Context& context, const Arguments& arguments) {
    const auto file = arguments.maybe("json");
    return file ? read_json_input(context, *file) : json();
}

int add(Context& context, const Arguments& arguments) {
    const vault::Kind kind = vault::require_kind(arguments.word(0));
    json fields = given_fields(context, arguments);
    const auto own = assign_before_opening(kind, fields, arguments.texts("set"));
    const bool asked = fields.is_null() && own.empty();
    if (asked && !can_interview(context)) {
        throw Error{ErrorCode::usage, "cannot add a record without fields",
                    "give them with --set FIELD=VALUE or --json FILE; custos schema " +
                        std::string(name_of(kind)) + " lists them"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    if (asked) fields = interview(context, vault.schema(), kind);
    for (const std::string& assignment : own)
        vault::assign(vault.schema(), kind, fields, assignment);

    vault::Change change(vault);
    const vault::RecordId id = vault::create_record(change, kind, fields);
    change.commit();

    if (context.globals.machine()) {
        context.out.document(vault::record_json(vault, vault::get_record(vault, id)));
    } else {
        context.out.line(vault::code_of(vault, id));
    }
    return 0;
}

}  // namespace

const Body kAdd = {
    add,
    kOptions,
    1,
    1,
    "Prints the id of the new record, alone. Fields come from --json, from --set, or\n"
    "from both; --set wins. On a terminal without either, they are asked for one by\n"
    "one, which keeps names out of the shell's history.\n"
    "\n"
    "    custos add case --set title=\"Checkpoint arrests\"\n"
    "    custos add incident --set title=\"Arrest at a checkpoint\" --set date=2019-11 \\\n"
    "        --set place.country=TH --set tags=checkpoint --set tags=2019\n"
    "    custos add person --json person.json\n"
    "    some-program | custos add testimony --json -\n"
    "\n"
    "What the schema does not know is refused by name, and nothing is stored: see\n"
    "\"custos schema KIND\". A value is never split at a comma. --json without a file\n"
    "answers with the whole record as JSON.",
};

}  // namespace custos::cli
