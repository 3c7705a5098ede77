// SPDX-License-Identifier: GPL-3.0-or-later
// custos edit: a new revision of a record.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/affected.h"
#include "cli/commands/bodies.h"
#include "cli/form/entry.h"
#include "cli/input.h"
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
    Option{"json", '\0', Takes::value, "FILE",
           "fields that replace those of the same name; - is stdin"},
    Option{"set", 's', Takes::values, "FIELD=VALUE", "one field, or one more item of a list"},
    Option{"unset", 'u', Takes::values, "FIELD", "take a field away"},
    Option{"editor", '\0', Takes::value, "NAME", "for long texts: nano or vim"},
};

// A whole record as `show --json` writes it replaces everything, if nobody else changed it
// meanwhile.
json replaced_by_record(const json& document, const vault::Record& record) {
    if (document.value("revision", json()) != json(record.revision)) {
        throw Error{
            ErrorCode::conflict,
            "cannot edit " + record.code + ": it has been changed since this JSON was written",
            "show it again with --json, and make the change there"};
    }
    return document.value("fields", json::object());
}

// Fields of the same name are replaced, null takes one away, the others stay.
json merged(json fields, const json& changes) {
    if (!changes.is_object()) {
        throw Error{ErrorCode::usage, "cannot edit by this JSON: it is not an object of fields"};
    }
    for (const auto& [name, value] : changes.items()) {
        if (value.is_null()) {
            fields.erase(name);
        } else {
            fields[name] = value;
        }
    }
    return fields;
}

// The new revision, or nothing if it would be the same as the one before.
std::optional<int> stored(Context& context, vault::Vault& vault, const vault::Record& record,
                          const json& fields) {
    vault::Change change(vault);
    const int revision = vault::revise_record(change, record.id, fields);
    if (vault::get_record(vault, record.id).fields == record.fields) return std::nullopt;
    change.commit();
    tell_notes(context, change);
    return revision;
}

int edit(Context& context, const Arguments& arguments) {
    if (!arguments.has("json") && !arguments.has("set") && !arguments.has("unset")) {
        if (can_ask(context))
            return enter_changes(context, arguments.word(0), arguments.text("editor"));
        throw Error{ErrorCode::usage, "cannot edit a record without a change",
                    "say it with --set FIELD=VALUE, --unset FIELD or --json FILE"};
    }
    json changes;
    if (const auto file = arguments.maybe("json")) changes = read_json_input(context, *file);

    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const vault::Record record = vault::get_record(vault, id);
    json fields = record.fields;
    if (changes.is_object() && changes.value("schema", json()) == json("custos.record/1")) {
        fields = replaced_by_record(changes, record);
    } else if (!changes.is_null()) {
        fields = merged(std::move(fields), changes);
    }
    for (const std::string& path : arguments.texts("unset"))
        vault::unassign(vault.schema(), id.kind, fields, path);
    for (const std::string& text : arguments.texts("set"))
        vault::assign(vault.schema(), id.kind, fields, text);

    if (const auto revision = stored(context, vault, record, fields)) {
        context.talk.note(record.code + " is now at revision " + std::to_string(*revision));
    } else {
        context.talk.note(record.code + " is as it was: nothing to change");
    }
    note_affected(context, vault, id);
    answer_with_record(context, vault, id);
    return 0;
}

}  // namespace

const Body kEdit = {
    edit,
    kOptions,
    1,
    1,
    "Nothing is overwritten: every earlier revision stays and can be shown.\n"
    "\n"
    "    custos edit I-2M9XA                      (asks, on a terminal)\n"
    "    custos edit I-2M9XA --set summary=\"Corrected after the second interview\"\n"
    "    custos edit I-2M9XA --unset place.admin1 --set tags=reviewed\n"
    "    custos edit P-7K3QD --json changes.json\n"
    "\n"
    "In the JSON, null takes a field away. A whole record as \"custos show --json\" writes\n"
    "it may be given as well; it is refused (status 6) if the record has been changed\n"
    "in the meantime.",
};

}  // namespace custos::cli
