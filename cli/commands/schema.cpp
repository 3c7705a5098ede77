// SPDX-License-Identifier: GPL-3.0-or-later
// custos schema: what records can hold. Needs no vault.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "cli/suggest.h"
#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/vocabulary.h"

namespace custos::cli {
namespace {

using nlohmann::json;

json vocabulary_json(const vault::Vocabulary& vocabulary) {
    json terms = json::array();
    for (const vault::Term& term : vocabulary.terms) {
        terms.push_back({{"key", term.key},
                         {"label", term.label},
                         {"help", term.help},
                         {"parent", term.parent},
                         {"huridocs", term.huridocs}});
    }
    return {{"schema", "custos.vocabulary/1"},
            {"name", vocabulary.name},
            {"help", vocabulary.help},
            {"terms", terms}};
}

[[noreturn]] void refuse(const std::string& name) {
    std::vector<std::string> known;
    for (const vault::KindRow& row : vault::kKinds) known.emplace_back(row.name);
    for (const vault::Vocabulary& vocabulary : vault::builtin_vocabularies())
        known.emplace_back(vocabulary.name);
    const std::string suggestion = did_you_mean(name, known);
    throw Error{ErrorCode::usage, "there is no kind and no vocabulary called " + name,
                suggestion.empty() ? "all kinds are listed by: custos schema" : suggestion};
}

int show_schema(Context& context, const Arguments& arguments) {
    const vault::Schema& schema = vault::builtin_schema();
    std::optional<vault::Kind> kind;
    if (!arguments.words().empty()) {
        const std::string& name = arguments.word(0);
        kind = vault::kind_named(name);
        const vault::Vocabulary* vocabulary = kind ? nullptr : schema.vocabulary_named(name);
        if (!kind && vocabulary == nullptr) refuse(name);
        if (vocabulary != nullptr) {
            if (context.globals.machine()) {
                context.out.document(vocabulary_json(*vocabulary));
            } else {
                context.out.paragraph(vault::vocabulary_text(*vocabulary));
            }
            return 0;
        }
    }
    if (context.globals.machine()) {
        context.out.document(vault::schema_json(schema, kind));
    } else {
        context.out.paragraph(vault::schema_text(schema, kind));
    }
    return 0;
}

}  // namespace

const Body kSchema = {
    show_schema,
    {},
    0,
    1,
    "    custos schema                  all kinds\n"
    "    custos schema incident         the fields of one, with examples\n"
    "    custos schema act_type         the terms of a vocabulary\n"
    "    custos schema --json           everything, for programs",
};

}  // namespace custos::cli
