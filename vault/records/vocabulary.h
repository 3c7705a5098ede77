// SPDX-License-Identifier: GPL-3.0-or-later
// The words that fields may hold. The wording is ours; `huridocs` is the number of the nearest term
// in the HURIDOCS Micro-thesauri (2001, trailing zeros cut), empty where that list has none: it
// knows no attempts, no transnational repression, no digital harm.
//
// Keys are stored in records and may be added, never changed or removed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace custos::vault {

struct Term {
    std::string_view key;
    std::string_view huridocs;
    std::string_view label;   // lower case, as it reads in a sentence
    std::string_view help;    // empty when the label says it all
    std::string_view parent;  // key of the broader term, or empty
    bool own = false;         // added in the vault; its key begins with "x_"
    bool retired = false;     // records may hold it, nobody is offered it
};

enum class VocabularyId : std::uint8_t {
    none,
    act_type,
    act_method,
    attribution,
    autopsy,
    calendar,
    case_status,
    civil_status,
    compensation,
    completion,
    confidence,
    consent_capacity,
    consent_method,
    consent_scope,
    consent_state,
    contact_type,
    copy_status,
    counting_unit,
    credibility,
    degree,
    detention_type,
    exhibit_type,
    gender,
    handling,
    identifier_status,
    identifier_type,
    impact,
    intent,
    intervention_status,
    intervention_type,
    knowledge_basis,
    link_role,
    location_type,
    medical_attention,
    name_kind,
    perpetrator_status,
    perpetrator_type,
    person_characteristic,
    place_method,
    plan_appearance,
    priority,
    property_type,
    protection,
    publish_precision,
    refugee_status,
    relationship,
    reliability,
    reliability_huridocs,
    response,
    right,
    risk_level,
    sex,
    signature,
    source_connection,
    source_type,
    statements_signed,
    time_precision,
    victim_status,
    violation_status,
    whereabouts,
};

struct Vocabulary {
    VocabularyId id;
    std::string_view name;  // "act_type": as `custos schema` and error texts call it
    std::string_view help;
    std::span<const Term> terms;
};

// Every vocabulary but `none`, in order of VocabularyId, as the program brings it. A vault adds
// terms of its own: where one is open, ask its Schema (vault/records/schema.h) instead.
[[nodiscard]] std::span<const Vocabulary> builtin_vocabularies();
[[nodiscard]] const Vocabulary& builtin_vocabulary(VocabularyId id);

// The term with exactly this key.
[[nodiscard]] const Term* find_term(const Vocabulary& words, std::string_view key);
// The same for what a person wrote: case, and spaces or hyphens for the underscore, do not matter.
[[nodiscard]] const Term* find_written_term(const Vocabulary& words, std::string_view text);
// The terms with this number in their thesaurus, trailing zeros cut or not: HURIDOCS numbers may
// come with twelve digits and two more for the list. One number can stand for several terms of
// ours.
[[nodiscard]] std::vector<const Term*> terms_with_code(const Vocabulary& words,
                                                       std::string_view code);

// What is no longer said, or never was here, and the term that stands for it.
struct FormerTerm {
    VocabularyId vocabulary;
    std::string_view before;  // a key, or a number in the HURIDOCS Micro-thesauri
    std::string_view now;
    std::string_view note;  // what else to set, or why; may be empty
};
[[nodiscard]] std::span<const FormerTerm> former_terms();
[[nodiscard]] const FormerTerm* find_former_term(const Vocabulary& words, std::string_view text);

// "electric shock" for "electric_shock"; the key itself when there is no such term.
[[nodiscard]] std::string_view label_of(const Vocabulary& words, std::string_view key);
// `key` and every narrower term below it, for search by a broader term. Empty for an unknown key.
[[nodiscard]] std::vector<std::string_view> with_narrower(const Vocabulary& words,
                                                          std::string_view key);

}  // namespace custos::vault
