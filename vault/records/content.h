// SPDX-License-Identifier: GPL-3.0-or-later
// What the index keeps of the fields of one record. It follows from the fields alone, without a
// database, so it can be made in one thread while another one writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/date.h"
#include "vault/records/describe.h"
#include "vault/records/name_keys.h"
#include "vault/records/values.h"
#include "vault/search/tokenizer.h"

namespace custos::vault {

struct Content {
    std::optional<DateBounds> dates;  // of what happened
    std::vector<FieldReference> references;
    std::vector<FieldValue> values;  // their paths live as long as the reader
    std::vector<std::string> likenesses;
    std::string title_words, text_words;  // vault/search/index.h
};

// Keeps what it learns of the schema and of scripts. For one thread at a time.
class ContentReader {
public:
    // Of checked fields.
    [[nodiscard]] Content read(Kind kind, const nlohmann::json& fields);

private:
    ValueReader values_;
    NameReader names_;
    Tokenizer tokenizer_;
};

}  // namespace custos::vault
