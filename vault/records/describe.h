// SPDX-License-Identifier: GPL-3.0-or-later
// What the other parts of the vault want to know about checked fields, by the schema's word.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/date.h"
#include "vault/records/id.h"
#include "vault/records/schema.h"

namespace custos::vault {

inline constexpr std::size_t kTitleCodePointsMax = 80;

// One line that lets a person recognise the record inside the vault; it may hold a name. Never
// empty.
[[nodiscard]] std::string title_of(const Schema& schema, Kind kind, const nlohmann::json& fields);

struct FieldText {
    std::string path;      // "translations.1.paragraphs.2.text"
    std::string language;  // of the nearest part that says one, else the record's; may be empty
    std::string text;
};
// The texts that full-text search goes through, in order of the schema. Terms appear by key and
// label.
[[nodiscard]] std::vector<FieldText> searchable_text(const Schema& schema, Kind kind,
                                                     const nlohmann::json& fields);

// By the first date field that is there (KindSchema::dated_by).
[[nodiscard]] std::optional<DateBounds> sort_dates(Kind kind, const nlohmann::json& fields);
// Every country, and every language, that any field names; sorted, each once.
[[nodiscard]] std::vector<std::string> countries_in(const Schema& schema, Kind kind,
                                                    const nlohmann::json& fields);
[[nodiscard]] std::vector<std::string> languages_in(const Schema& schema, Kind kind,
                                                    const nlohmann::json& fields);

struct FieldReference {
    std::string path;
    RecordId to;
};
[[nodiscard]] std::vector<FieldReference> references(const Schema& schema, Kind kind,
                                                     const nlohmann::json& fields);
// The fields with each reference replaced by what `written` gives for it (a code, for people).
[[nodiscard]] nlohmann::json with_references(
    const Schema& schema, Kind kind, const nlohmann::json& fields,
    const std::function<std::string(const RecordId&)>& written);

// {"schema":"custos.schema/1","kinds":[…],"vocabularies":[…]}: all of it, or one kind with the
// vocabularies that it uses.
[[nodiscard]] nlohmann::json schema_json(const Schema& schema, std::optional<Kind> kind);
// The same for a person.
[[nodiscard]] std::string schema_text(const Schema& schema, std::optional<Kind> kind);
// The words as a tree, with their numbers; with `search`, those that it is part of (key, label,
// meaning, number), below their broader ones. Empty if there are none.
[[nodiscard]] std::string vocabulary_text(const Vocabulary& words, std::string_view search = {});
// {"schema":"custos.vocabulary/1","name",…,"terms":[…],"former":[…]}
[[nodiscard]] nlohmann::json vocabulary_json(const Vocabulary& words);

}  // namespace custos::vault
