// SPDX-License-Identifier: GPL-3.0-or-later
// custos schema: what records can hold. Needs no vault, unless its own rows are asked for.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "cli/open_vault.h"
#include "cli/suggest.h"
#include "cli/vocabulary.h"
#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/vocabulary.h"

namespace custos::cli {
namespace {

constexpr std::array kOptions = {
    Option{"own", '\0', Takes::nothing, "", "with the fields and words of the vault's own"},
    Option{"search", '\0', Takes::value, "TEXT", "only the words of a vocabulary that have it"},
};

[[noreturn]] void refuse(const std::string& name) {
    std::vector<std::string> known;
    for (const vault::KindRow& row : vault::kKinds) known.emplace_back(row.name);
    for (const vault::Vocabulary& vocabulary : vault::builtin_vocabularies())
        known.emplace_back(vocabulary.name);
    const std::string suggestion = did_you_mean(name, known);
    throw Error{ErrorCode::usage, "there is no kind and no vocabulary called " + name,
                suggestion.empty() ? "all kinds are listed by: custos schema" : suggestion};
}

int show_rows(Context& context, const Arguments& arguments, const vault::Schema& schema) {
    std::optional<vault::Kind> kind;
    if (!arguments.words().empty()) {
        const std::string& name = arguments.word(0);
        kind = vault::kind_named(name);
        const vault::Vocabulary* vocabulary = kind ? nullptr : schema.vocabulary_named(name);
        if (!kind && vocabulary == nullptr) refuse(name);
        if (vocabulary != nullptr) {
            show_vocabulary(context, *vocabulary, arguments.text("search"));
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

int show_schema(Context& context, const Arguments& arguments) {
    if (!arguments.has("own")) return show_rows(context, arguments, vault::builtin_schema());
    const vault::Vault vault = open_vault(context, vault::Access::read);
    return show_rows(context, arguments, vault.schema());
}

}  // namespace

const Body kSchema = {
    show_schema,
    kOptions,
    0,
    1,
    "    custos schema                  all kinds\n"
    "    custos schema incident         the fields of one, with examples\n"
    "    custos schema act_type         the words of a vocabulary\n"
    "    custos schema incident --own   with the fields that this vault added\n"
    "    custos schema --json           everything, for programs",
};

}  // namespace custos::cli
