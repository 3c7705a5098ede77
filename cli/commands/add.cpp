// SPDX-License-Identifier: GPL-3.0-or-later
// custos add: puts a new record into the vault.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/affected.h"
#include "cli/commands/bodies.h"
#include "cli/form/entry.h"
#include "cli/input.h"
#include "cli/lookalikes.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
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
    Option{"draft", '\0', Takes::value, "DRAFT", "go on with a draft; custos drafts lists them"},
    Option{"editor", '\0', Takes::value, "NAME", "for long texts: nano or vim"},
};

// What the command line says; null if it says nothing.
json given_fields(const Context& context, const Arguments& arguments) {
    const auto file = arguments.maybe("json");
    return file ? read_json_input(context, *file) : json();
}

// Asked for on the terminal.
int enter(Context& context, const Arguments& arguments) {
    const std::string editor = arguments.text("editor");
    if (arguments.has("draft")) return enter_draft(context, arguments.text("draft"), editor);
    return enter_new_record(context, vault::require_kind(arguments.word(0)), editor);
}

int add(Context& context, const Arguments& arguments) {
    const bool from_draft = arguments.has("draft");
    if (arguments.words().empty() && !from_draft) {
        throw Error{ErrorCode::usage, "cannot add a record without its kind",
                    "custos schema lists the kinds; for example: custos add incident"};
    }
    const auto kind = arguments.words().empty()
                          ? std::nullopt
                          : std::optional(vault::require_kind(arguments.word(0)));
    json fields = given_fields(context, arguments);
    const auto own = kind ? assign_before_opening(*kind, fields, arguments.texts("set"))
                          : std::vector<std::string>{};
    const bool asked = fields.is_null() && own.empty() && !(from_draft && arguments.has("set"));
    if (asked && can_ask(context)) return enter(context, arguments);
    if (asked || from_draft || !kind.has_value()) {
        throw Error{ErrorCode::usage,
                    from_draft ? "a draft is gone on with on a terminal, without other fields"
                               : "cannot add a record without fields",
                    "give them with --set FIELD=VALUE or --json FILE; custos schema " +
                        std::string(kind ? name_of(*kind) : "KIND") + " lists them"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    for (const std::string& assignment : own)
        vault::assign(vault.schema(), *kind, fields, assignment);
    vault::Change change(vault);
    const vault::RecordId id = vault::create_record(change, *kind, fields);
    change.commit();
    tell_notes(context, change);
    note_affected(context, vault, id);

    if (context.globals.machine()) {
        json answer = vault::record_json(vault, vault::get_record(vault, id));
        if (json lookalikes = lookalikes_json(vault, id); !lookalikes.empty())
            answer["duplicates"] = std::move(lookalikes);
        context.out.document(answer);
    } else {
        context.out.line(vault::code_of(vault, id));
        note_lookalikes(context, vault, id);
    }
    return 0;
}

}  // namespace

const Body kAdd = {
    add,
    kOptions,
    0,
    1,
    "Prints the id of the new record, alone. Fields come from --json, from --set, or\n"
    "from both; --set wins. On a terminal without either, a form asks for them: the\n"
    "important ones first, with help, choices and a way back, and an encrypted draft\n"
    "after every answer (custos help entry). It keeps names out of the shell's history.\n"
    "\n"
    "    custos add testimony\n"
    "    custos add case --set title=\"Checkpoint arrests\"\n"
    "    custos add incident --set title=\"Arrest at a checkpoint\" --set date=2019-11 \\\n"
    "        --set place.country=TH --set tags=checkpoint --set tags=2019\n"
    "    custos add person --json person.json\n"
    "    some-program | custos add testimony --json -\n"
    "\n"
    "What the schema does not know is refused by name, and nothing is stored: see\n"
    "\"custos schema KIND\". A value is never split at a comma. --json without a file\n"
    "answers with the whole record as JSON.\n"
    "\n"
    "A person or an incident that looks like one that is there already is stored all\n"
    "the same, and a note names the other: see \"custos help duplicates\".",
};

}  // namespace custos::cli
