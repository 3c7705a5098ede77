// SPDX-License-Identifier: GPL-3.0-or-later
// The schema as JSON and as text: loops over the tables.
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "vault/records/describe.h"

namespace custos::vault {
namespace {

using nlohmann::json;

void collect(FieldList fields, std::set<VocabularyId>& used) {
    for (const Field& field : fields) {
        if (field.vocabulary != VocabularyId::none) used.insert(field.vocabulary);
        if (field.key_vocabulary != VocabularyId::none) used.insert(field.key_vocabulary);
        collect(field.children, used);
    }
}

std::set<VocabularyId> vocabularies_of(const Schema& schema, std::optional<Kind> kind) {
    std::set<VocabularyId> used;
    for (const KindRow& row : kKinds) {
        if (!kind || *kind == row.kind) collect(schema.fields(row.kind), used);
    }
    used.insert(VocabularyId::link_role);
    return used;
}

json names_of(KindSet kinds) {
    json names = json::array();
    for (const KindRow& row : kKinds) {
        if (kinds.contains(row.kind)) names.push_back(std::string(row.name));
    }
    return names;
}

json fields_json(FieldList fields) {
    json list = json::array();
    for (const Field& field : fields) {
        json item = {{"name", field.name},
                     {"type", name_of(field.type)},
                     {"help", field.help},
                     {"example", field.example},
                     {"required", field.required},
                     {"identity", field.identity},
                     {"searchable", field.searchable}};
        if (!field.huridocs.empty()) item["huridocs"] = field.huridocs;
        if (field.vocabulary != VocabularyId::none)
            item["vocabulary"] = builtin_vocabulary(field.vocabulary).name;
        if (field.key_vocabulary != VocabularyId::none)
            item["key_vocabulary"] = builtin_vocabulary(field.key_vocabulary).name;
        if (!field.kinds.empty()) item["kinds"] = names_of(field.kinds);
        if (field.min < field.max) {
            item["min"] = field.min;
            item["max"] = field.max;
        }
        if (!field.children.empty()) item["fields"] = fields_json(field.children);
        list.push_back(std::move(item));
    }
    return list;
}

json kind_json(const KindRow& row, const KindSchema& schema) {
    return {{"name", row.name},
            {"plural", row.plural},
            {"prefix", std::string(1, row.prefix)},
            {"help", schema.help},
            {"needs_one_of", schema.any_of},
            {"dated_by", schema.dated_by},
            {"fields", fields_json(schema.fields)}};
}

json vocabulary_json(const Vocabulary& words) {
    json terms = json::array();
    for (const Term& term : words.terms) {
        json item = {{"key", term.key}, {"label", term.label}};
        if (!term.help.empty()) item["help"] = term.help;
        if (!term.huridocs.empty()) item["huridocs"] = term.huridocs;
        if (!term.parent.empty()) item["parent"] = term.parent;
        terms.push_back(std::move(item));
    }
    return {{"name", words.name}, {"help", words.help}, {"terms", std::move(terms)}};
}

std::string line(std::size_t indent, std::string_view name, std::string_view text) {
    constexpr std::size_t kColumn = 30;
    std::string result = std::string(indent, ' ') + std::string(name);
    result += std::string(result.size() < kColumn ? kColumn - result.size() : 1, ' ');
    if (result.back() != ' ') result += ' ';
    return result + std::string(text) + "\n";
}

std::string remark(const Field& field) {
    std::string text(name_of(field.type));
    if (field.key_vocabulary != VocabularyId::none)
        text += " " + std::string(builtin_vocabulary(field.key_vocabulary).name) + " to";
    if (field.vocabulary != VocabularyId::none)
        text += " " + std::string(builtin_vocabulary(field.vocabulary).name);
    if (!field.kinds.empty()) text += " to " + to_text(field.kinds);
    if (field.required) text += ", required";
    if (field.identity) text += ", identity";
    return text;
}

void append_fields(std::string& text, FieldList fields, std::size_t indent) {
    for (const Field& field : fields) {
        text += line(indent, field.name, std::string(field.help) + " (" + remark(field) + ")");
        append_fields(text, field.children, indent + 2);
    }
}

}  // namespace

json schema_json(const Schema& schema, std::optional<Kind> kind) {
    json kinds = json::array();
    for (const KindRow& row : kKinds) {
        if (!kind || *kind == row.kind) kinds.push_back(kind_json(row, schema.kind(row.kind)));
    }
    json words = json::array();
    for (const VocabularyId id : vocabularies_of(schema, kind))
        words.push_back(vocabulary_json(schema.vocabulary(id)));
    return {{"schema", "custos.schema/1"},
            {"kinds", std::move(kinds)},
            {"vocabularies", std::move(words)}};
}

std::string vocabulary_text(const Vocabulary& words) {
    std::string text = std::string(words.name) + ": " + std::string(words.help) + "\n";
    for (const Term& term : words.terms) {
        std::size_t depth = 0;
        for (const Term* above = find_term(words, term.parent); above != nullptr;
             above = find_term(words, above->parent))
            ++depth;
        std::string label(term.label);
        if (!term.help.empty()) label += ": " + std::string(term.help);
        text += line(2 + depth * 2, term.key, label);
    }
    return text;
}

std::string schema_text(const Schema& schema, std::optional<Kind> kind) {
    std::string text;
    if (!kind) {
        text = "kinds of records (custos schema KIND shows the fields of one):\n";
        for (const KindRow& row : kKinds) {
            text +=
                line(2, std::string(row.name) + " " + row.prefix + "-", schema.kind(row.kind).help);
        }
        return text;
    }
    const KindSchema& rows = schema.kind(*kind);
    text = std::string(name_of(*kind)) + " " + prefix_of(*kind) + "-: " + std::string(rows.help) +
           "\n\n";
    append_fields(text, rows.fields, 2);
    if (!rows.any_of.empty()) {
        text += "\nAt least one of:";
        for (const std::string_view name : rows.any_of) text += " " + std::string(name);
        text += "\n";
    }
    for (const VocabularyId id : vocabularies_of(schema, kind))
        text += "\n" + vocabulary_text(schema.vocabulary(id));
    return text;
}

}  // namespace custos::vault
