// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/vocabulary.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "cli/harmless.h"
#include "cli/suggest.h"
#include "crypto/error.h"
#include "vault/records/describe.h"

namespace custos::cli {

using nlohmann::json;

const vault::Vocabulary& require_vocabulary(const vault::Schema& schema, const std::string& name) {
    if (const vault::Vocabulary* words = schema.vocabulary_named(name)) return *words;
    std::vector<std::string> known;
    for (const vault::Vocabulary& words : schema.vocabularies()) known.emplace_back(words.name);
    const std::string suggestion = did_you_mean(name, known);
    throw Error{ErrorCode::usage, "there is no vocabulary called " + harmless(name),
                suggestion.empty() ? "all are listed by: custos help vocabulary" : suggestion};
}

void show_vocabulary(Context& context, const vault::Vocabulary& words, const std::string& search) {
    const std::string text = vault::vocabulary_text(words, search);
    if (text.empty()) {
        throw Error{
            ErrorCode::not_found,
            "no word of " + std::string(words.name) + " has \"" + harmless(search) + "\" in it",
            "all are listed by: custos help vocabulary " + std::string(words.name)};
    }
    if (context.globals.machine()) {
        context.out.document(vault::vocabulary_json(words));
    } else {
        context.out.paragraph(text);
    }
}

void show_vocabularies(Context& context, const vault::Schema& schema) {
    if (context.globals.machine()) {
        json names = json::array();
        for (const vault::Vocabulary& words : schema.vocabularies()) {
            names.push_back(
                {{"name", words.name}, {"help", words.help}, {"terms", words.terms.size()}});
        }
        context.out.document({{"schema", "custos.vocabularies/1"}, {"vocabularies", names}});
        return;
    }
    Table table{{"VOCABULARY", "TERMS", "ABOUT"}, {}};
    for (const vault::Vocabulary& words : schema.vocabularies()) {
        table.rows.push_back(
            {std::string(words.name), std::to_string(words.terms.size()), std::string(words.help)});
    }
    context.out.table(table);
}

}  // namespace custos::cli
