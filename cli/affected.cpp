// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/affected.h"

#include <nlohmann/json.hpp>

#include "vault/publish/earlier.h"
#include "vault/records/store.h"

namespace custos::cli {

void note_affected(Context& context, const vault::Vault& vault, const vault::RecordId& id) {
    if (id.kind != vault::Kind::consent) return;
    const vault::Record consent = vault::get_record(vault, id);
    if (!vault::publish::takes_back(consent.fields)) return;
    const auto person = consent.fields.find("person");
    if (person == consent.fields.end() || !person->is_string()) return;
    const auto who = vault::parse_id(person->get<std::string>());
    if (!who) return;
    const std::string code = vault::code_of(vault, *who);
    const auto affected = vault::publish::publications_about(vault, code);
    if (affected.empty()) return;
    context.talk.note(code + " is in " + std::to_string(affected.size()) +
                      (affected.size() == 1 ? " publication" : " publications") +
                      " that left already; see them with: custos statement affected " + code);
}

}  // namespace custos::cli
