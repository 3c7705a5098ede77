// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/own_rows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/definitions.h"
#include "vault/records/text.h"

namespace custos::vault {

using nlohmann::json;

namespace {

constexpr std::string_view kFieldDefinition = "field";
constexpr std::string_view kTermDefinition = "term";

// The program acts by these words.
constexpr auto kClosed = std::to_array<VocabularyId>({
    VocabularyId::none,
    VocabularyId::calendar,
    VocabularyId::completion,
    VocabularyId::consent_state,
    VocabularyId::counting_unit,
    VocabularyId::credibility,
    VocabularyId::plan_appearance,
    VocabularyId::protection,
    VocabularyId::publish_precision,
    VocabularyId::reliability,
    VocabularyId::reliability_huridocs,
    VocabularyId::time_precision,
});

bool is_worded(FieldType type) { return type == FieldType::term || type == FieldType::term_list; }
bool refers(FieldType type) {
    return type == FieldType::reference || type == FieldType::reference_list;
}

std::optional<FieldType> type_named(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(FieldType::reference_map); ++i) {
        const auto type = static_cast<FieldType>(i);
        if (name_of(type) == name) return type;
    }
    return std::nullopt;
}

const Vocabulary* builtin_named(std::string_view name) {
    return builtin_schema().vocabulary_named(name);
}

bool is_good_name(std::string_view name) {
    return is_own_name(name) && name.size() > kOwnPrefix.size() && name.size() <= kOwnNameMax &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
           });
}

// ---- as they are kept --------------------------------------------------------------------------

std::string text_in(const json& value, const char* name) {
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_in(const json& value, const char* name) {
    const auto found = value.find(name);
    return found != value.end() && found->is_boolean() && found->get<bool>();
}

// "incident.x_weather" as its two halves.
std::pair<std::string_view, std::string_view> halves(std::string_view name) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    return {name.substr(0, dot), name.substr(std::min(dot + 1, name.size()))};
}

std::string definition_name(const OwnField& field) {
    return std::string(name_of(field.kind)) + "." + field.name;
}
std::string definition_name(const OwnTerm& term) {
    return std::string(builtin_vocabulary(term.vocabulary).name) + "." + term.key;
}

json value_of(const OwnField& field) {
    json value = {{"type", name_of(field.type)}, {"help", field.help},
                  {"example", field.example},    {"required", field.required},
                  {"identity", field.identity},  {"retired", field.retired}};
    if (field.vocabulary != VocabularyId::none)
        value["vocabulary"] = builtin_vocabulary(field.vocabulary).name;
    for (const KindRow& row : kKinds) {
        if (field.kinds.contains(row.kind)) value["kinds"].push_back(row.name);
    }
    return value;
}

json value_of(const OwnTerm& term) {
    return {{"label", term.label},
            {"help", term.help},
            {"parent", term.parent},
            {"code", term.code},
            {"retired", term.retired}};
}

std::optional<OwnField> field_of(const Definition& row) {
    const auto [kind, name] = halves(row.name);
    const auto known = kind_named(kind);
    const auto type = row.value.is_object() ? type_named(text_in(row.value, "type")) : std::nullopt;
    if (!known || !type || !is_for_own(*type) || !is_good_name(name)) return std::nullopt;
    OwnField field{.kind = *known, .name = std::string(name), .type = *type};
    field.help = text_in(row.value, "help");
    field.example = text_in(row.value, "example");
    field.required = flag_in(row.value, "required");
    field.identity = flag_in(row.value, "identity");
    field.retired = flag_in(row.value, "retired");
    field.searchable = true;
    if (const Vocabulary* words = builtin_named(text_in(row.value, "vocabulary")))
        field.vocabulary = words->id;
    const auto kinds = row.value.find("kinds");
    if (kinds != row.value.end() && kinds->is_array()) {
        for (const json& each : *kinds) {
            if (!each.is_string()) continue;
            if (const auto to = kind_named(each.get<std::string>())) field.kinds.insert(*to);
        }
    }
    if (is_worded(*type) != (field.vocabulary != VocabularyId::none) ||
        refers(*type) == field.kinds.empty())
        return std::nullopt;
    return field;
}

std::optional<OwnTerm> term_of(const Definition& row) {
    const auto [vocabulary, key] = halves(row.name);
    const Vocabulary* words = builtin_named(vocabulary);
    if (words == nullptr || !is_open(words->id) || !is_good_name(key) || !row.value.is_object())
        return std::nullopt;
    return OwnTerm{.vocabulary = words->id,
                   .key = std::string(key),
                   .code = text_in(row.value, "code"),
                   .label = text_in(row.value, "label"),
                   .help = text_in(row.value, "help"),
                   .parent = text_in(row.value, "parent"),
                   .retired = flag_in(row.value, "retired")};
}

// Broader terms before narrower ones; those whose broader term is missing stand at the top.
std::vector<OwnTerm> in_order(std::vector<OwnTerm> given) {
    std::vector<OwnTerm> ordered;
    const auto is_there = [&](const OwnTerm& term) {
        return term.parent.empty() ||
               find_term(builtin_vocabulary(term.vocabulary), term.parent) != nullptr ||
               std::any_of(ordered.begin(), ordered.end(), [&](const OwnTerm& before) {
                   return before.vocabulary == term.vocabulary && before.key == term.parent;
               });
    };
    while (!given.empty()) {
        const std::size_t before = given.size();
        for (auto at = given.begin(); at != given.end();) {
            if (is_there(*at)) {
                ordered.push_back(std::move(*at));
                at = given.erase(at);
            } else {
                ++at;
            }
        }
        if (given.size() == before) given.front().parent.clear();
    }
    return ordered;
}

// ---- what may be added -------------------------------------------------------------------------

void require_name(std::string_view name, const std::string& what) {
    if (is_good_name(name)) return;
    throw Error{ErrorCode::usage,
                "\"" + harmless_excerpt(name, kOwnNameMax) + "\" cannot be the name of " + what +
                    " of your own",
                "it begins with x_, so that no later release has the same, and goes on with small "
                "letters, digits and _, up to " +
                    std::to_string(kOwnNameMax) + " in all: x_weather"};
}

void require_text(std::string_view text, const char* what) {
    if (text.size() <= kOwnTextMax && !text_refusal(text, Lines::one)) return;
    throw Error{ErrorCode::usage, std::string("the ") + what + " is not one line of at most " +
                                      std::to_string(kOwnTextMax) + " bytes of text"};
}

std::string plain(std::string_view name) {
    std::string words(name.substr(kOwnPrefix.size()));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

// Something that the type takes, for prompts and pages.
std::string example_of(const OwnField& field) {
    switch (field.type) {
        case FieldType::long_text: return "Several lines of text.";
        case FieldType::edtf_date: return "2019-12-22";
        case FieldType::time_of_day: return "21:30";
        case FieldType::timezone: return "Asia/Bangkok";
        case FieldType::country:
        case FieldType::country_list: return "TH";
        case FieldType::language:
        case FieldType::language_list: return "km";
        case FieldType::url: return "https://example.org";
        case FieldType::decimal_text: return "1.5";
        case FieldType::integer: return "3";
        case FieldType::boolean: return "true";
        case FieldType::term:
        case FieldType::term_list:
            return std::string(builtin_vocabulary(field.vocabulary).terms.front().key);
        case FieldType::reference:
        case FieldType::reference_list:
            for (const KindRow& row : kKinds) {
                if (field.kinds.contains(row.kind)) return std::string(1, row.prefix) + "-7K3QD";
            }
            return "P-7K3QD";
        case FieldType::text:
        case FieldType::text_list:
        case FieldType::object:
        case FieldType::object_list:
        case FieldType::term_map:
        case FieldType::reference_map: break;
    }
    return "text";
}

void require_sound(const OwnField& field) {
    require_name(field.name, "a field");
    require_text(field.help, "meaning");
    require_text(field.example, "example");
    const std::string type(name_of(field.type));
    if (!is_for_own(field.type)) {
        throw Error{ErrorCode::usage, "a field of your own cannot have the type " + type};
    }
    if (is_worded(field.type) != (field.vocabulary != VocabularyId::none)) {
        throw Error{ErrorCode::usage,
                    is_worded(field.type) ? "a field of the type " + type + " needs a vocabulary"
                                          : "a field of the type " + type + " has no vocabulary",
                    "a vocabulary goes with the types term and term_list: --vocabulary act_type"};
    }
    if (refers(field.type) == field.kinds.empty()) {
        throw Error{ErrorCode::usage,
                    refers(field.type) ? "a field of the type " + type + " needs a kind"
                                       : "a field of the type " + type + " has no kind",
                    "kinds go with the types reference and reference_list: --to person"};
    }
}

template <class Row, class Same>
const Row* find_own(const std::vector<Row>& rows, Same same) {
    const auto found = std::find_if(rows.begin(), rows.end(), same);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

OwnRows read_own_rows(const Vault& vault) {
    OwnRows rows;
    for (const Definition& row : definitions(vault, kFieldDefinition)) {
        if (auto field = field_of(row)) rows.fields.push_back(std::move(*field));
    }
    for (const Definition& row : definitions(vault, kTermDefinition)) {
        if (auto term = term_of(row)) rows.terms.push_back(std::move(*term));
    }
    rows.terms = in_order(std::move(rows.terms));
    return rows;
}

bool is_open(VocabularyId vocabulary) {
    return std::find(kClosed.begin(), kClosed.end(), vocabulary) == kClosed.end();
}

bool is_for_own(FieldType type) {
    return type != FieldType::object && type != FieldType::object_list &&
           type != FieldType::term_map && type != FieldType::reference_map;
}

void add_own_field(Change& change, OwnField field) {
    if (field.help.empty() && is_good_name(field.name)) field.help = plain(field.name);
    require_sound(field);
    if (field.example.empty()) field.example = example_of(field);
    const auto& rows = change.vault().schema().own().fields;
    const OwnField* there = find_own(rows, [&](const OwnField& row) {
        return row.kind == field.kind && row.name == field.name;
    });
    if (there != nullptr && !there->retired) {
        throw Error{ErrorCode::conflict, "there is a field " + definition_name(field) + " already",
                    "custos field list shows it"};
    }
    if (there != nullptr && there->type != field.type) {
        throw Error{ErrorCode::conflict,
                    "the field " + definition_name(field) + " was once a " +
                        std::string(name_of(there->type)) + ", and records may hold that",
                    "choose another name"};
    }
    if (rows.size() >= kOwnFieldsMax)
        throw Error{ErrorCode::usage, "a vault has at most 1,000 fields of its own"};
    define(change, kFieldDefinition, definition_name(field), value_of(field));
}

void add_own_term(Change& change, OwnTerm term) {
    require_name(term.key, "a word");
    const Vocabulary& words = change.vault().schema().vocabulary(term.vocabulary);
    if (!is_open(term.vocabulary)) {
        throw Error{ErrorCode::refused,
                    "the vocabulary " + std::string(words.name) +
                        " cannot have words of your own: the program acts by it"};
    }
    if (term.label.empty()) term.label = plain(term.key);
    require_text(term.label, "label");
    require_text(term.help, "meaning");
    require_text(term.code, "code");
    const Term* there = find_term(words, term.key);
    if (there != nullptr && !there->retired) {
        throw Error{ErrorCode::conflict, "there is a word " + definition_name(term) + " already",
                    "custos term list shows it"};
    }
    if (const Term* same = find_written_term(words, term.label);
        same != nullptr && same->key != term.key) {
        throw Error{ErrorCode::conflict,
                    "the word " + std::string(same->key) + " is called \"" +
                        harmless_excerpt(term.label) + "\" already",
                    "use that one, or another label"};
    }
    if (!term.parent.empty()) {
        const Term* parent = find_written_term(words, term.parent);
        if (parent == nullptr || parent->key == term.key) {
            throw Error{
                ErrorCode::usage,
                "there is no word \"" + harmless_excerpt(term.parent) + "\" to stand above it",
                "custos schema " + std::string(words.name) + " lists the words"};
        }
        // A word that comes back may not go below one that is below it.
        const auto below = with_narrower(words, term.key);
        if (std::find(below.begin(), below.end(), parent->key) != below.end()) {
            throw Error{ErrorCode::usage, "the word " + std::string(parent->key) +
                                              " is narrower than " + term.key + " itself"};
        }
        term.parent = parent->key;
    }
    if (change.vault().schema().own().terms.size() >= kOwnTermsMax)
        throw Error{ErrorCode::usage, "a vault has at most 10,000 words of its own"};
    define(change, kTermDefinition, definition_name(term), value_of(term));
}

void retire_own_field(Change& change, Kind kind, std::string_view name) {
    const OwnField* there =
        find_own(change.vault().schema().own().fields,
                 [&](const OwnField& row) { return row.kind == kind && row.name == name; });
    if (there == nullptr) {
        throw Error{ErrorCode::not_found,
                    "there is no field \"" + harmless_excerpt(name) + "\" of your own in " +
                        std::string(name_of(kind)),
                    "custos field list shows those that there are"};
    }
    if (there->retired) {
        throw Error{ErrorCode::conflict, "the field " + there->name + " was removed already"};
    }
    OwnField retired = *there;
    retired.retired = true;
    define(change, kFieldDefinition, definition_name(retired), value_of(retired));
}

void retire_own_term(Change& change, VocabularyId vocabulary, std::string_view key) {
    const OwnTerm* there = find_own(change.vault().schema().own().terms, [&](const OwnTerm& row) {
        return row.vocabulary == vocabulary && row.key == key;
    });
    if (there == nullptr) {
        throw Error{ErrorCode::not_found,
                    "there is no word \"" + harmless_excerpt(key) + "\" of your own in " +
                        std::string(builtin_vocabulary(vocabulary).name),
                    "custos term list shows those that there are"};
    }
    if (there->retired)
        throw Error{ErrorCode::conflict, "the word " + there->key + " was retired already"};
    OwnTerm retired = *there;
    retired.retired = true;
    define(change, kTermDefinition, definition_name(retired), value_of(retired));
}

}  // namespace custos::vault
