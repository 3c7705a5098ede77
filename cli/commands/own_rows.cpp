// SPDX-License-Identifier: GPL-3.0-or-later
// custos field, custos term: fields and words that a vault adds to the program's.
#include "vault/records/own_rows.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/harmless.h"
#include "cli/open_vault.h"
#include "cli/suggest.h"
#include "cli/vocabulary.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kFieldOptions = {
    Option{"type", 't', Takes::value, "TYPE", "what it holds: text (if not said), date, term, …"},
    Option{"vocabulary", '\0', Takes::value, "NAME", "for the types term and term_list"},
    Option{"to", '\0', Takes::values, "KIND", "for the types reference and reference_list"},
    Option{"meaning", 'm', Takes::value, "TEXT", "what it is, in a line, for those who fill it in"},
    Option{"example", '\0', Takes::value, "TEXT", "a value that it could have"},
    Option{"required", '\0', Takes::value, "yes|no", "whether a record must have it"},
    Option{"identity", '\0', Takes::nothing, "", "it tells who or where a person is"},
};
constexpr std::array kTermOptions = {
    Option{"label", 'l', Takes::value, "TEXT", "as it reads in a sentence"},
    Option{"meaning", 'm', Takes::value, "TEXT", "what it means, if the label does not say it all"},
    Option{"parent", 'p', Takes::value, "TERM", "the broader word"},
    Option{"code", '\0', Takes::value, "CODE", "its number in a thesaurus of yours"},
};

vault::FieldType require_type(const std::string& name) {
    std::vector<std::string> known;
    for (int i = 0; i <= static_cast<int>(vault::FieldType::reference_map); ++i) {
        const auto type = static_cast<vault::FieldType>(i);
        if (!vault::is_for_own(type)) continue;
        if (vault::name_of(type) == name) return type;
        known.emplace_back(vault::name_of(type));
    }
    std::string all;
    for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
    const std::string suggestion = did_you_mean(name, known);
    throw Error{ErrorCode::usage, "there is no type of field called " + harmless(name),
                suggestion.empty() ? "there are " + all : suggestion};
}

bool yes_or_no(const Arguments& arguments, std::string_view option) {
    const std::string text = arguments.text(option, "no");
    if (text == "yes" || text == "no") return text == "yes";
    throw Error{ErrorCode::usage, "--" + std::string(option) + " is yes or no"};
}

int field_add(Context& context, const Arguments& arguments) {
    vault::OwnField field;
    field.kind = vault::require_kind(arguments.word(0));
    field.name = arguments.word(1);
    field.type = require_type(arguments.text("type", "text"));
    field.help = arguments.text("meaning");
    field.example = arguments.text("example");
    field.required = yes_or_no(arguments, "required");
    field.identity = arguments.has("identity");
    if (const auto name = arguments.maybe("vocabulary"))
        field.vocabulary = require_vocabulary(vault::builtin_schema(), *name).id;
    for (const std::string& kind : arguments.texts("to"))
        field.kinds.insert(vault::require_kind(kind));

    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    vault::add_own_field(change, field);
    change.commit();
    context.talk.note(std::string(name_of(field.kind)) + " has a field " + field.name + " now");
    return 0;
}

int field_remove(Context& context, const Arguments& arguments) {
    const vault::Kind kind = vault::require_kind(arguments.word(0));
    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    vault::retire_own_field(change, kind, arguments.word(1));
    change.commit();
    context.talk.note("nobody is asked for it any more; records keep what they hold");
    return 0;
}

int field_list(Context& context, const Arguments&) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    json items = json::array();
    Table table{{"KIND", "FIELD", "TYPE", "STATE", "MEANING"}, {}};
    for (const vault::OwnField& field : vault.schema().own().fields) {
        std::string type(name_of(field.type));
        json item = {
            {"kind", name_of(field.kind)}, {"name", field.name},       {"type", type},
            {"help", field.help},          {"example", field.example}, {"required", field.required},
            {"identity", field.identity},  {"retired", field.retired}};
        if (field.vocabulary != vault::VocabularyId::none) {
            const std::string name(vault::builtin_vocabulary(field.vocabulary).name);
            item["vocabulary"] = name;
            type += " " + name;
        }
        if (!field.kinds.empty()) type += " to " + vault::to_text(field.kinds);
        table.rows.push_back({std::string(name_of(field.kind)), field.name, type,
                              field.retired    ? "removed"
                              : field.required ? "required"
                                               : "in use",
                              field.help});
        items.push_back(std::move(item));
    }
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.fields/1"}, {"fields", std::move(items)}});
    } else if (!table.rows.empty()) {
        context.out.table(table);
    }
    return 0;
}

int term_add(Context& context, const Arguments& arguments) {
    vault::OwnTerm term;
    term.vocabulary = require_vocabulary(vault::builtin_schema(), arguments.word(0)).id;
    term.key = arguments.word(1);
    term.label = arguments.text("label");
    term.help = arguments.text("meaning");
    term.parent = arguments.text("parent");
    term.code = arguments.text("code");

    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    vault::add_own_term(change, term);
    change.commit();
    context.talk.note(arguments.word(0) + " has a word " + term.key + " now");
    return 0;
}

int term_retire(Context& context, const Arguments& arguments) {
    const vault::VocabularyId words =
        require_vocabulary(vault::builtin_schema(), arguments.word(0)).id;
    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    vault::retire_own_term(change, words, arguments.word(1));
    change.commit();
    context.talk.note("it is not offered any more; records keep it");
    return 0;
}

int term_list(Context& context, const Arguments& arguments) {
    std::optional<vault::VocabularyId> only;
    if (!arguments.words().empty())
        only = require_vocabulary(vault::builtin_schema(), arguments.word(0)).id;
    const vault::Vault vault = open_vault(context, vault::Access::read);
    json items = json::array();
    Table table{{"VOCABULARY", "TERM", "BROADER", "CODE", "STATE", "LABEL"}, {}};
    for (const vault::OwnTerm& term : vault.schema().own().terms) {
        if (only && term.vocabulary != *only) continue;
        const std::string name(vault::builtin_vocabulary(term.vocabulary).name);
        items.push_back({{"vocabulary", name},
                         {"key", term.key},
                         {"label", term.label},
                         {"help", term.help},
                         {"parent", term.parent},
                         {"code", term.code},
                         {"retired", term.retired}});
        table.rows.push_back({name, term.key, term.parent, term.code,
                              term.retired ? "retired" : "in use", term.label});
    }
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.terms/1"}, {"terms", std::move(items)}});
    } else if (!table.rows.empty()) {
        context.out.table(table);
    }
    return 0;
}

}  // namespace

const Body kFieldAdd = {
    field_add,
    kFieldOptions,
    2,
    2,
    "The name begins with x_, so that no later release of custos has the same. The field\n"
    "is kept in the vault, logged, and behaves like any other: --set, prompts, JSON,\n"
    "tables, search, checks. With --identity it is looked for before a publication.\n"
    "\n"
    "    custos field add incident x_weather --meaning \"weather, as witnesses say\"\n"
    "    custos field add person x_clan --identity\n"
    "    custos field add act x_also --type term_list --vocabulary act_method\n"
    "    custos field add case x_lead --type reference --to person\n"
    "    custos field add incident x_river_km --type integer --required no",
};

const Body kFieldList = {field_list, {}, 0, 0, "    custos field list"};

const Body kFieldRemove = {
    field_remove,
    {},
    2,
    2,
    "Values that records hold stay, are shown and exported. Adding it again with the\n"
    "same type brings it back.\n"
    "\n"
    "    custos field remove incident x_weather",
};

const Body kTermAdd = {
    term_add,
    kTermOptions,
    2,
    2,
    "The key begins with x_, so that no later release of custos has the same. Vocabularies\n"
    "by which the program acts (protection, consent_state, completion, …) are closed.\n"
    "\n"
    "    custos term add act_type x_pushback --label \"pushback at sea\" --parent forced_return",
};

const Body kTermList = {term_list, {}, 0, 1, "    custos term list\n    custos term list act_type"};

const Body kTermRetire = {
    term_retire,
    {},
    2,
    2,
    "Records keep it; it is not offered any more. Adding it again brings it back.\n"
    "\n"
    "    custos term retire act_type x_pushback",
};

}  // namespace custos::cli
