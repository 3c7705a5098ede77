// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/schema.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vault/records/fields_events.h"
#include "vault/records/fields_evidence.h"
#include "vault/records/fields_people.h"

namespace custos::vault {
namespace {

using std::string_view;

constexpr auto kDatedOpened = std::to_array<string_view>({"opened"});
constexpr auto kDated = std::to_array<string_view>({"date"});
constexpr auto kDatedGiven = std::to_array<string_view>({"given"});
constexpr auto kDatedCaptured = std::to_array<string_view>({"captured", "collected"});

// clang-format off
constexpr auto kSchemas = std::to_array<KindSchema>({
    {Kind::case_, "investigation that the rest belongs to", fields::list(fields::kCase), fields::kCaseAnyOf, kDatedOpened},
    {Kind::person, "individual or group of persons, organisations too", fields::list(fields::kPerson), fields::kPersonAnyOf, {}},
    {Kind::incident, "something that happened: when, where, what", fields::list(fields::kIncident), fields::kIncidentAnyOf, kDated},
    {Kind::act, "one type of act against one victim within an incident", fields::list(fields::kAct), {}, kDated},
    {Kind::involvement, "alleged perpetrator's part in an act", fields::list(fields::kInvolvement), {}, {}},
    {Kind::testimony, "what a witness said, paragraph by paragraph", fields::list(fields::kTestimony), fields::kTestimonyAnyOf, kDatedGiven},
    {Kind::source, "document, web page, news item, decision", fields::list(fields::kSource), fields::kSourceAnyOf, kDated},
    {Kind::intervention, "what was done about it, by whom, with which response", fields::list(fields::kIntervention), fields::kInterventionAnyOf, kDated},
    {Kind::exhibit, "item of evidence, with its file or without", fields::list(fields::kExhibit), fields::kExhibitAnyOf, kDatedCaptured},
    {Kind::consent, "who agreed to what, scope by scope", fields::list(fields::kConsent), {}, kDatedGiven},
    {Kind::statement, "publication in the making", fields::list(fields::kStatement), fields::kStatementAnyOf, kDated},
});
// clang-format on

constexpr bool has(FieldList fields, string_view name) {
    for (const Field& field : fields) {
        if (field.name == name) return true;
    }
    return false;
}

// Each type has what it needs, and names are unique; parts are looked into.
constexpr bool is_sound(FieldList fields) {
    for (const Field& field : fields) {
        std::size_t same = 0;
        for (const Field& other : fields) {
            if (other.name == field.name) ++same;
        }
        const FieldType type = field.type;
        const bool worded = type == FieldType::term || type == FieldType::term_list ||
                            type == FieldType::term_map || type == FieldType::reference_map;
        const bool refers = type == FieldType::reference || type == FieldType::reference_list ||
                            type == FieldType::reference_map;
        const bool parted = type == FieldType::object || type == FieldType::object_list;
        const bool numbered = type == FieldType::integer || type == FieldType::decimal_text;
        if (same != 1 || field.help.empty() || field.example.empty() ||
            worded != (field.vocabulary != VocabularyId::none) || refers == field.kinds.empty() ||
            (type == FieldType::term_map) != (field.key_vocabulary != VocabularyId::none) ||
            parted == field.children.empty() || numbered != (field.min < field.max) ||
            !is_sound(field.children)) {
            return false;
        }
    }
    return true;
}

constexpr bool schemas_are_sound() {
    for (std::size_t i = 0; i < kSchemas.size(); ++i) {
        const KindSchema& schema = kSchemas[i];
        if (schema.kind != static_cast<Kind>(i) || !is_sound(schema.fields)) return false;
        for (const string_view name : schema.any_of) {
            if (!has(schema.fields, name)) return false;
        }
        for (const string_view name : schema.dated_by) {
            if (!has(schema.fields, name)) return false;
        }
    }
    return kSchemas.size() == kKinds.size();
}
static_assert(schemas_are_sound());

struct TypeRow {
    FieldType type;
    string_view name;
    string_view description;
};

constexpr auto kTypes = std::to_array<TypeRow>({
    {FieldType::text, "text", "text in one line"},
    {FieldType::long_text, "long_text", "text of any length"},
    {FieldType::edtf_date, "date",
     "a date (EDTF), such as 2019-12-22, 2019-11 or 2019-11-09/2019-11-23"},
    {FieldType::time_of_day, "time", "a time of day, such as 21:30"},
    {FieldType::timezone, "timezone", "a time zone, such as Asia/Bangkok"},
    {FieldType::country, "country", "a country (ISO 3166-1), such as TH"},
    {FieldType::country_list, "country_list", "a list of countries (ISO 3166-1), such as TH"},
    {FieldType::language, "language", "a language (BCP 47), such as km"},
    {FieldType::language_list, "language_list", "a list of languages (BCP 47), such as km"},
    {FieldType::url, "url", "an address that begins with a scheme, such as https://"},
    {FieldType::decimal_text, "decimal", "a decimal number as text, such as \"13.75\""},
    {FieldType::integer, "integer", "a whole number"},
    {FieldType::boolean, "boolean", "true or false"},
    {FieldType::term, "term", "a word from a vocabulary"},
    {FieldType::term_list, "term_list", "a list of words from a vocabulary"},
    {FieldType::text_list, "text_list", "a list of texts"},
    {FieldType::reference, "reference", "the id of a record"},
    {FieldType::reference_list, "reference_list", "a list of ids of records"},
    {FieldType::object, "object", "an object of named parts"},
    {FieldType::object_list, "object_list", "a list of objects of named parts"},
    {FieldType::term_map, "term_map", "an object from words of one vocabulary to words of another"},
    {FieldType::reference_map, "reference_map",
     "an object from ids of records to words from a vocabulary"},
});

constexpr bool types_are_in_order() {
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        if (kTypes[i].type != static_cast<FieldType>(i)) return false;
    }
    return static_cast<std::size_t>(FieldType::reference_map) + 1 == kTypes.size();
}
static_assert(types_are_in_order());

}  // namespace

string_view name_of(FieldType type) { return kTypes[static_cast<std::size_t>(type)].name; }
string_view described(FieldType type) { return kTypes[static_cast<std::size_t>(type)].description; }

const Field* find_field(FieldList fields, string_view name) {
    const Field* found = std::find_if(fields.begin(), fields.end(),
                                      [&](const Field& field) { return field.name == name; });
    return found == fields.end() ? nullptr : found;
}

const Field* field_at(FieldList fields, string_view path) {
    const std::size_t dot = path.find('.');
    const Field* field = find_field(fields, path.substr(0, dot));
    if (field == nullptr || dot == string_view::npos) return field;
    const bool is_map =
        field->type == FieldType::term_map || field->type == FieldType::reference_map;
    return is_map ? field : field_at(field->children, path.substr(dot + 1));
}

struct Schema::Rows {
    OwnRows own;
    // Only kinds and vocabularies with rows of the vault's own have lists here.
    std::vector<std::vector<Field>> fields;
    std::vector<std::vector<Term>> terms;
    std::vector<KindSchema> kinds;
    std::vector<Vocabulary> vocabularies;

    explicit Rows(OwnRows given) : own(std::move(given)) {
        kinds.assign(kSchemas.begin(), kSchemas.end());
        const auto builtin = builtin_vocabularies();
        vocabularies.assign(builtin.begin(), builtin.end());
        for (KindSchema& kind : kinds) add_fields(kind);
        for (Vocabulary& words : vocabularies) add_terms(words);
    }

private:
    void add_fields(KindSchema& kind) {
        std::vector<Field> all(kind.fields.begin(), kind.fields.end());
        for (const OwnField& row : own.fields) {
            if (row.kind != kind.kind) continue;
            Field field{
                .name = row.name, .type = row.type, .help = row.help, .example = row.example};
            field.vocabulary = row.vocabulary;
            field.kinds = row.kinds;
            field.required = row.required && !row.retired;
            field.identity = row.identity;
            field.searchable = row.searchable;
            field.own = true;
            field.retired = row.retired;
            if (row.type == FieldType::integer || row.type == FieldType::decimal_text) {
                field.min = -kIntegerMax;
                field.max = kIntegerMax;
            }
            all.push_back(field);
        }
        if (all.size() == kind.fields.count) return;
        fields.push_back(std::move(all));
        kind.fields = {fields.back().data(), fields.back().size()};
    }

    void add_terms(Vocabulary& words) {
        std::vector<Term> all(words.terms.begin(), words.terms.end());
        for (const OwnTerm& row : own.terms) {
            if (row.vocabulary != words.id) continue;
            all.push_back({row.key, row.code, row.label, row.help, row.parent, true, row.retired});
        }
        if (all.size() == words.terms.size()) return;
        terms.push_back(std::move(all));
        words.terms = terms.back();
    }
};

Schema::Schema(OwnRows own) : rows_(std::make_unique<const Rows>(std::move(own))) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

const KindSchema& Schema::kind(Kind kind) const {
    return rows_->kinds[static_cast<std::size_t>(kind)];
}

std::span<const Vocabulary> Schema::vocabularies() const { return rows_->vocabularies; }

const Vocabulary& Schema::vocabulary(VocabularyId id) const {
    if (id == VocabularyId::none) return builtin_vocabulary(id);
    return rows_->vocabularies[static_cast<std::size_t>(id) - 1];
}

const Vocabulary* Schema::vocabulary_named(string_view name) const {
    const auto found = std::find_if(rows_->vocabularies.begin(), rows_->vocabularies.end(),
                                    [&](const Vocabulary& words) { return words.name == name; });
    return found == rows_->vocabularies.end() ? nullptr : &*found;
}

const OwnRows& Schema::own() const { return rows_->own; }

const Schema& builtin_schema() {
    static const Schema schema;
    return schema;
}

}  // namespace custos::vault
