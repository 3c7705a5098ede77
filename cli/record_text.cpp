// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/record_text.h"

#include <nlohmann/json.hpp>

#include "vault/records/describe.h"
#include "vault/records/schema.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;
using vault::FieldType;

std::string scalar_text(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    return value.dump();
}

using vault::Schema;

// "electric_shock (electric shock)" says the key that one types and the words that one reads.
std::string term_text(const vault::Vocabulary& words, const json& value) {
    const std::string key = scalar_text(value);
    const std::string label(vault::label_of(words, key));
    return label == key || label.empty() ? key : key + " (" + label + ")";
}

void add_fields(const Schema& schema, TextPairs& lines, const std::string& prefix,
                vault::FieldList rows, const json& fields);

void add_list(const Schema& schema, TextPairs& lines, const std::string& path, const Field& field,
              const json& items) {
    if (field.type == FieldType::object_list) {
        std::size_t number = 0;
        for (const json& item : items) {
            add_fields(schema, lines, path + "." + std::to_string(++number) + ".", field.children,
                       item);
        }
        return;
    }
    std::string text;
    for (const json& item : items) {
        const bool term = field.type == FieldType::term_list;
        text += (text.empty() ? "" : "\n") +
                (term ? term_text(schema.vocabulary(field.vocabulary), item) : scalar_text(item));
    }
    lines.emplace_back(path, text);
}

void add_value(const Schema& schema, TextPairs& lines, const std::string& path, const Field& field,
               const json& value) {
    switch (field.type) {
        case FieldType::object:
            add_fields(schema, lines, path + ".", field.children, value);
            return;
        case FieldType::term:
            lines.emplace_back(path, term_text(schema.vocabulary(field.vocabulary), value));
            return;
        case FieldType::term_map:
        case FieldType::reference_map:
            for (const auto& [key, term] : value.items()) {
                lines.emplace_back(path + "." + key,
                                   term_text(schema.vocabulary(field.vocabulary), term));
            }
            return;
        default: break;
    }
    if (value.is_array()) {
        add_list(schema, lines, path, field, value);
    } else {
        lines.emplace_back(path, scalar_text(value));
    }
}

void add_fields(const Schema& schema, TextPairs& lines, const std::string& prefix,
                vault::FieldList rows, const json& fields) {
    if (!fields.is_object()) return;
    for (const Field& field : rows) {
        const auto found = fields.find(field.name);
        if (found != fields.end())
            add_value(schema, lines, prefix + std::string(field.name), field, *found);
    }
}

}  // namespace

std::string time_text(vault::Milliseconds time) {
    const std::string full = vault::utc_text(time);  // 2026-11-23T20:15:00.123Z
    return full.substr(0, 10) + " " + full.substr(11, 5) + " UTC";
}

TextPairs field_lines(const Schema& schema, vault::Kind kind, const json& fields) {
    TextPairs lines;
    add_fields(schema, lines, "", schema.fields(kind), fields);
    return lines;
}

std::string value_text(const Schema& schema, const Field* field, const json& value) {
    if (value.is_array()) {
        std::string text;
        for (const json& item : value)
            text += (text.empty() ? "" : "; ") + value_text(schema, field, item);
        return text;
    }
    const bool term = field != nullptr && field->vocabulary != vault::VocabularyId::none;
    return term ? term_text(schema.vocabulary(field->vocabulary), value) : scalar_text(value);
}

std::string code_and_title(const vault::Vault& vault, const vault::RecordId& id) {
    const vault::Record record = vault::get_record(vault, id);
    return record.code + "  " + vault::title_of(vault.schema(), id.kind, record.fields);
}

void tell_notes(Context& context, const vault::Change& change) {
    for (const std::string& note : change.notes()) context.talk.note(note);
}

void answer_with_record(Context& context, const vault::Vault& vault, const vault::RecordId& id) {
    if (!context.globals.machine()) return;
    context.out.document(vault::record_json(vault, vault::get_record(vault, id)));
}

std::string date_text(vault::Kind kind, const json& fields) {
    if (!fields.is_object()) return {};
    for (const std::string_view name : vault::builtin_schema().kind(kind).dated_by) {
        const auto found = fields.find(name);
        if (found != fields.end() && found->is_string()) return found->get<std::string>();
    }
    return {};
}

}  // namespace custos::cli
