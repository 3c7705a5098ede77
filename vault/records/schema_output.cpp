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
        json item = {{"name", field.name},          {"type", name_of(field.type)},
                     {"help", field.help},          {"example", field.example},
                     {"required", field.required},  {"identity", field.identity},
                     {"protected", field.identity}, {"searchable", field.searchable}};
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
        if (field.happened) item["happened"] = true;
        if (field.own) item["own"] = true;
        if (field.retired) item["retired"] = true;
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

json term_json(const Term& term) {
    json item = {{"key", term.key},
                 {"label", term.label},
                 {"help", term.help},
                 {"huridocs", term.own ? std::string_view() : term.huridocs},
                 {"parent", term.parent}};
    if (term.own) item["own"] = true;
    if (term.own && !term.huridocs.empty()) item["code"] = term.huridocs;
    if (term.retired) item["retired"] = true;
    return item;
}

json words_json(const Vocabulary& words) {
    json terms = json::array();
    for (const Term& term : words.terms) terms.push_back(term_json(term));
    json former = json::array();
    for (const FormerTerm& row : former_terms()) {
        if (row.vocabulary != words.id) continue;
        former.push_back({{"before", row.before}, {"now", row.now}, {"note", row.note}});
    }
    json item = {{"name", words.name}, {"help", words.help}, {"terms", std::move(terms)}};
    if (!former.empty()) item["former"] = std::move(former);
    return item;
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
    if (field.own) text += field.retired ? ", own, retired" : ", own";
    return text;
}

void append_fields(std::string& text, FieldList fields, std::size_t indent) {
    for (const Field& field : fields) {
        text += line(indent, field.name, std::string(field.help) + " (" + remark(field) + ")");
        append_fields(text, field.children, indent + 2);
    }
}

std::string lower(std::string_view text) {
    std::string folded(text);
    for (char& c : folded) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '_' || c == '-') c = ' ';
    }
    return folded;
}

bool has_words(const Term& term, std::string_view search) {
    const std::string wanted = lower(search);
    for (const std::string_view text : {term.key, term.label, term.help, term.huridocs}) {
        if (lower(text).find(wanted) != std::string::npos) return true;
    }
    return false;
}

// The keys that `search` finds, and those of their broader terms.
std::set<std::string_view> shown_terms(const Vocabulary& words, std::string_view search) {
    std::set<std::string_view> shown;
    for (const Term& term : words.terms) {
        if (search.empty() ? term.retired : !has_words(term, search)) continue;
        for (const Term* each = &term; each != nullptr && shown.insert(each->key).second;)
            each = find_term(words, each->parent);
    }
    return shown;
}

void append_terms(std::string& text, const Vocabulary& words,
                  const std::set<std::string_view>& shown, std::string_view parent,
                  std::size_t indent) {
    for (const Term& term : words.terms) {
        if (term.parent != parent || !shown.contains(term.key)) continue;
        std::string label(term.label);
        if (!term.help.empty()) label += ": " + std::string(term.help);
        if (!term.huridocs.empty()) label += " [" + std::string(term.huridocs) + "]";
        if (term.retired) label += " (retired)";
        text += line(indent, term.key, label);
        append_terms(text, words, shown, term.key, indent + 2);
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
        words.push_back(words_json(schema.vocabulary(id)));
    return {{"schema", "custos.schema/1"},
            {"kinds", std::move(kinds)},
            {"vocabularies", std::move(words)}};
}

json vocabulary_json(const Vocabulary& words) {
    json item = words_json(words);
    item["schema"] = "custos.vocabulary/1";
    return item;
}

std::string vocabulary_text(const Vocabulary& words, std::string_view search) {
    const std::set<std::string_view> shown = shown_terms(words, search);
    if (shown.empty()) return {};
    std::string text = std::string(words.name) + ": " + std::string(words.help) + "\n";
    append_terms(text, words, shown, {}, 2);
    bool first = true;
    for (const FormerTerm& row : former_terms()) {
        if (row.vocabulary != words.id || (!search.empty() && !shown.contains(row.now))) continue;
        if (first) text += "  also taken, and stored as the word on the right:\n";
        first = false;
        text += line(
            4, row.before,
            std::string(row.now) + (row.note.empty() ? "" : " (" + std::string(row.note) + ")"));
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
