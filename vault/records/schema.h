// SPDX-License-Identifier: GPL-3.0-or-later
// What a record of each kind may hold: one table, from which come validation, command line,
// prompts, JSON, search, documentation and redaction. `huridocs` is the number of the field in the
// HURIDOCS Events Standard Formats, where there is one.
//
// Names of fields are stored, and scripts use them: they may be added, never changed or removed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "vault/records/id.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {

enum class FieldType : std::uint8_t {
    text,         // one line
    long_text,    // lines and paragraphs
    edtf_date,    // vault/records/date.h
    time_of_day,  // HH:MM or HH:MM:SS
    timezone,     // IANA name
    country,      // ISO 3166-1 alpha-2
    country_list,
    language,  // BCP 47
    language_list,
    url,           // http, https, or another absolute URI
    decimal_text,  // a decimal number as text, within min and max
    integer,       // within min and max
    boolean,
    term,  // a key of `vocabulary`
    term_list,
    text_list,
    reference,  // a record of one of `kinds`
    reference_list,
    object,  // `children`
    object_list,
    term_map,       // keys of `key_vocabulary`, each with a term of `vocabulary`
    reference_map,  // references to `kinds`, each with a term of `vocabulary`
};
[[nodiscard]] std::string_view name_of(FieldType type);
// "a date (EDTF), such as 2019-12-22": for help and errors.
[[nodiscard]] std::string_view described(FieldType type);
[[nodiscard]] constexpr bool is_list(FieldType type) {
    return type == FieldType::country_list || type == FieldType::language_list ||
           type == FieldType::term_list || type == FieldType::text_list ||
           type == FieldType::reference_list || type == FieldType::object_list;
}

struct Field;

// A view of a table of fields with static lifetime.
struct FieldList {
    const Field* first = nullptr;
    std::size_t count = 0;

    constexpr const Field* begin() const;
    constexpr const Field* end() const;
    constexpr bool empty() const { return count == 0; }
};

struct Field {
    std::string_view name;
    FieldType type = FieldType::text;
    std::string_view help;
    std::string_view example;  // as typed after --set NAME=
    std::string_view huridocs = {};
    VocabularyId vocabulary = VocabularyId::none;
    VocabularyId key_vocabulary = VocabularyId::none;
    KindSet kinds = {};
    FieldList children = {};
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool required = false;
    bool identity = false;    // tells who or where a person is: never leaves by default
    bool searchable = false;  // its words go into the full-text index
};

constexpr const Field* FieldList::begin() const { return first; }
constexpr const Field* FieldList::end() const { return first + count; }

// Fields of a vault's own begin with this; no field of the schema does.
inline constexpr std::string_view kOwnPrefix = "x_";

struct KindSchema {
    Kind kind = Kind::case_;
    std::string_view help;
    FieldList fields;
    // At least one of these must be there: without any, the record would say nothing. Empty: no
    // rule.
    std::span<const std::string_view> any_of;
    // The first that is there dates the record, for timelines and search by date.
    std::span<const std::string_view> dated_by;
};

[[nodiscard]] const KindSchema& schema_of(Kind kind);
[[nodiscard]] const Field* find_field(FieldList fields, std::string_view name);
[[nodiscard]] inline const Field* find_field(Kind kind, std::string_view name) {
    return find_field(schema_of(kind).fields, name);
}

// The field that a dotted path names ("place.country"); an entry of a map stands for the map. Items
// of lists are not counted. Nothing for a path that the schema does not have.
[[nodiscard]] const Field* field_at(FieldList fields, std::string_view path);

}  // namespace custos::vault
