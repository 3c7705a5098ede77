// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/content.h"

#include <nlohmann/json.hpp>

#include "vault/search/index.h"

namespace custos::vault {

Content ContentReader::read(Kind kind, const nlohmann::json& fields) {
    Content content;
    content.dates = sort_dates(kind, fields);
    content.references = references(builtin_schema(), kind, fields);
    content.values = values_.read(kind, fields);
    content.likenesses = likenesses_of(names_, kind, fields);
    content.title_words = cut_words(tokenizer_, title_of(builtin_schema(), kind, fields));
    for (const FieldText& part : searchable_text(builtin_schema(), kind, fields))
        content.text_words += cut_words(tokenizer_, part.text);
    return content;
}

}  // namespace custos::vault
