// SPDX-License-Identifier: GPL-3.0-or-later
// What a record of each kind may hold: one table, from which come validation, command line,
// prompts, JSON, search, documentation and redaction. `huridocs` is the number of the field in the
// HURIDOCS Events Standard Formats, where there is one.
//
// Names of fields are stored, and scripts use them: they may be added, never changed or removed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
    bool happened = false;    // a date of what is over: one after tomorrow is questioned
    bool own = false;         // added in the vault; its name begins with "x_"
    bool retired = false;     // records may hold it, nobody is asked for it
};

constexpr const Field* FieldList::begin() const { return first; }
constexpr const Field* FieldList::end() const { return first + count; }

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

[[nodiscard]] const Field* find_field(FieldList fields, std::string_view name);

// The field that a dotted path names ("place.country"); an entry of a map stands for the map. Items
// of lists are not counted. Nothing for a path that the schema does not have.
[[nodiscard]] const Field* field_at(FieldList fields, std::string_view path);

// ---- rows of a vault's own ---------------------------------------------------------------------

// What names of own fields and keys of own terms begin with, so that a later release never has one
// of them.
inline constexpr std::string_view kOwnPrefix = "x_";
[[nodiscard]] constexpr bool is_own_name(std::string_view name) {
    return name.starts_with(kOwnPrefix);
}

struct OwnField {
    Kind kind = Kind::case_;
    std::string name = {};
    FieldType type = FieldType::text;
    std::string help = {};
    std::string example = {};
    VocabularyId vocabulary = VocabularyId::none;
    KindSet kinds = {};
    bool required = false;
    bool identity = false;
    bool searchable = false;
    bool retired = false;
};

struct OwnTerm {
    VocabularyId vocabulary = VocabularyId::none;
    std::string key = {};
    std::string code = {};  // in a thesaurus of the user's
    std::string label = {};
    std::string help = {};
    std::string parent = {};
    bool retired = false;
};

struct OwnRows {
    std::vector<OwnField> fields;
    std::vector<OwnTerm> terms;
};

// The rows in use: those that the program brings, and after them a vault's own. An open vault has
// one (Vault::schema()). Fields, terms and lists of them live as long as it does.
class Schema {
public:
    explicit Schema(OwnRows own = {});
    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    [[nodiscard]] const KindSchema& kind(Kind kind) const;
    [[nodiscard]] FieldList fields(Kind kind) const { return this->kind(kind).fields; }
    // Every vocabulary but `none`, in order of VocabularyId.
    [[nodiscard]] std::span<const Vocabulary> vocabularies() const;
    [[nodiscard]] const Vocabulary& vocabulary(VocabularyId id) const;
    // Nothing for a name that no vocabulary has.
    [[nodiscard]] const Vocabulary* vocabulary_named(std::string_view name) const;
    [[nodiscard]] const OwnRows& own() const;

private:
    struct Rows;
    std::unique_ptr<const Rows> rows_;
};

// The program's rows alone, for where no vault is open.
[[nodiscard]] const Schema& builtin_schema();

}  // namespace custos::vault
