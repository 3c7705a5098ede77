// SPDX-License-Identifier: GPL-3.0-or-later
// Names of coming records in fields, and texts that stand for new ones, become ids. Whatever has
// the wrong type is left for the check that follows.
#include <algorithm>

#include "vault/exchange/prepare.h"

namespace custos::vault {

using nlohmann::json;

void Preparer::replace_name(const Field& field, json& value) {
    if (!value.is_string()) return;
    const std::string& text = value.get_ref<const std::string&>();
    if (const Coming::Entry* named = coming_.named(text)) {
        value = to_text(named->id);
    } else if (options_.create_references && !parse_id_query(text)) {
        if (NewReference* made = new_reference(field, text)) {
            now_.references.push_back(made);
            value = to_text(made->id);
        }
    }
}

void Preparer::replace_names(FieldList schema, json& fields) {
    if (!fields.is_object()) return;
    for (const Field& field : schema) {
        const auto found = fields.find(field.name);
        if (found == fields.end()) continue;
        if (field.type == FieldType::reference) replace_name(field, *found);
        if (field.type == FieldType::reference_list && found->is_array()) {
            for (json& item : *found) replace_name(field, item);
        }
        if (field.type == FieldType::object) replace_names(field.children, *found);
        if (field.type == FieldType::object_list && found->is_array()) {
            for (json& item : *found) replace_names(field.children, item);
        }
        if (field.type == FieldType::reference_map && found->is_object()) replace_keys(*found);
    }
}

void Preparer::replace_keys(json& map) {
    json renamed = json::object();
    for (const auto& [key, value] : map.items()) {
        const Coming::Entry* named = coming_.named(key);
        renamed[named != nullptr ? to_text(named->id) : key] = value;
    }
    map = std::move(renamed);
}

// "{dara}" and "{arrest:date}" in the body become handles of the records.
void Preparer::replace_handles(json& fields) {
    const auto body = fields.is_object() ? fields.find("body") : fields.end();
    if (!fields.is_object() || body == fields.end() || !body->is_string()) return;
    const std::string text = body->get<std::string>();
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        const std::size_t end = std::min(text.find_first_of(":}", open), text.size());
        out += text.substr(at, open - at);
        const Coming::Entry* named =
            end > open ? point_at(coming_.named(text.substr(open + 1, end - open - 1))) : nullptr;
        if (named != nullptr) {
            out += "{" + code_of(vault(), named->id);
            at = end;
        } else {
            if (open < text.size()) out += '{';
            at = open + 1;
        }
    }
    *body = out;
}

// A person by that name, or a record with that title. Null where the field takes no such kind.
NewReference* Preparer::new_reference(const Field& field, const std::string& text) {
    const auto titled = [&](const KindRow& row) {
        return field.kinds.contains(row.kind) &&
               (row.kind == Kind::person ||
                find_field(schema_.fields(row.kind), "title") != nullptr);
    };
    const auto row = field.kinds.contains(Kind::person)
                         ? std::find_if(kKinds.begin(), kKinds.end(),
                                        [](const KindRow& r) { return r.kind == Kind::person; })
                         : std::find_if(kKinds.begin(), kKinds.end(), titled);
    if (row == kKinds.end()) return nullptr;
    const std::string key = std::string(1, row->prefix) + text;
    if (const auto found = new_by_text_.find(key); found != new_by_text_.end())
        return &found->second;

    const json fields = row->kind == Kind::person ? json{{"names", json::array({{{"text", text}}})}}
                                                  : json{{"title", text}};
    Checked checked = check_fields(schema_, row->kind, fields, resolve_full_id);
    if (!checked.ok() || new_by_text_.size() >= kImportNamesMax) return nullptr;
    NewReference& made = new_by_text_[key];
    made = {random_id(row->kind), text, std::move(checked.fields), false};
    new_by_id_.emplace(made.id, &made);
    return &made;
}

}  // namespace custos::vault
