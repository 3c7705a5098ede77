// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of persons and consents. Only schema.cpp includes this.
#pragma once

#include "vault/records/fields_common.h"

namespace custos::vault::fields {

// A row a line, to be read down the page.
// clang-format off
inline constexpr auto kName = std::to_array<Field>({
    {.name = "text", .type = Type::text, .help = "the whole name in its own script and order", .example = "សុខ ដារា", .huridocs = "0903", .required = true, .identity = true, .searchable = true},
    {.name = "kind", .type = Type::term, .help = "kind of name", .example = "legal", .vocabulary = Words::name_kind},
    {.name = "language", .type = Type::language, .help = "language of the name", .example = "km"},
    {.name = "transliteration", .type = Type::text, .help = "the same in Latin letters", .example = "Sok Dara", .identity = true, .searchable = true},
    {.name = "transliteration_scheme", .type = Type::text, .help = "rules of the transliteration", .example = "UNGEGN 1972"},
    {.name = "other_spellings", .type = Type::text_list, .help = "other ways in which it is written", .example = "Sokh Dara", .identity = true, .searchable = true},
    {.name = "given", .type = Type::text, .help = "given name, if the name has such a part", .example = "Dara", .identity = true, .searchable = true},
    {.name = "family", .type = Type::text, .help = "family name, if the name has such a part", .example = "Sok", .identity = true, .searchable = true},
    {.name = "parts", .type = Type::text_list, .help = "every part of the name, in order, if there are others", .example = "bin", .identity = true, .searchable = true},
    {.name = "mononym", .type = Type::boolean, .help = "true if the name has one part and no more", .example = "true"},
    {.name = "used", .type = Type::edtf_date, .help = "when the name was used", .example = "../2015"},
});

inline constexpr auto kIdentifier = std::to_array<Field>({
    {.name = "type", .type = Type::term, .help = "kind of document or number", .example = "passport", .vocabulary = Words::identifier_type},
    {.name = "number", .type = Type::text, .help = "the number", .example = "N00000000", .required = true, .identity = true, .searchable = true},
    {.name = "country", .type = Type::country, .help = "country that issued it", .example = "KH"},
    {.name = "issuer", .type = Type::text, .help = "who issued it", .example = "UNHCR", .searchable = true},
    {.name = "issued", .type = Type::edtf_date, .help = "date of issue", .example = "2016-05", .happened = true},
    {.name = "expires", .type = Type::edtf_date, .help = "date of expiry", .example = "2026-05"},
    {.name = "status", .type = Type::term, .help = "whether it holds", .example = "cancelled", .vocabulary = Words::identifier_status},
    {.name = "status_since", .type = Type::edtf_date, .help = "since when", .example = "2019-11", .happened = true},
    {.name = "notes", .type = Type::long_text, .help = "anything else", .example = "Declared void by decree.", .searchable = true},
});

inline constexpr auto kContact = std::to_array<Field>({
    {.name = "type", .type = Type::term, .help = "way to reach the person", .example = "phone", .vocabulary = Words::contact_type},
    {.name = "value", .type = Type::text, .help = "number, address, account", .example = "+855 00 000 000", .required = true, .identity = true, .searchable = true},
    {.name = "service", .type = Type::text, .help = "messenger or network", .example = "Signal"},
    {.name = "safe", .type = Type::boolean, .help = "whether it is safe to use", .example = "false"},
    {.name = "when", .type = Type::text, .help = "when to use it", .example = "mornings, never on Friday"},
    {.name = "code_phrase", .type = Type::text, .help = "phrase by which both sides know each other", .example = "about the bicycle", .identity = true},
    {.name = "do_not", .type = Type::text, .help = "what not to do", .example = "do not leave a message"},
    {.name = "notes", .type = Type::long_text, .help = "anything else", .example = "A neighbour answers.", .searchable = true},
});

inline constexpr auto kAddress = std::to_array<Field>({
    {.name = "text", .type = Type::text, .help = "the address", .example = "12 Street 00, Battambang", .required = true, .identity = true, .searchable = true},
    {.name = "type", .type = Type::term, .help = "kind of place", .example = "home", .vocabulary = Words::location_type},
    {.name = "country", .type = Type::country, .help = "country", .example = "KH"},
    {.name = "admin1", .type = Type::text, .help = "province, state or region", .example = "Battambang", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "when the person lived there", .example = "2012/2018-01"},
});

inline constexpr auto kRefugee = std::to_array<Field>({
    {.name = "status", .type = Type::term, .help = "standing", .example = "person_of_concern", .vocabulary = Words::refugee_status},
    {.name = "authority", .type = Type::text, .help = "who recognised it", .example = "UNHCR", .searchable = true},
    {.name = "host_country", .type = Type::country, .help = "host country", .example = "TH"},
    {.name = "since", .type = Type::edtf_date, .help = "since when", .example = "2019-12-24", .happened = true},
    {.name = "number", .type = Type::text, .help = "number of the card or file", .example = "000-19C00000", .identity = true, .searchable = true},
});

inline constexpr auto kRelation = std::to_array<Field>({
    {.name = "person", .type = Type::reference, .help = "record of the other person", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "who", .type = Type::text, .help = "name of the other, if there is no record", .example = "Sok Chan", .identity = true, .searchable = true},
    {.name = "relationship", .type = Type::term, .help = "what the other is to this person", .example = "sibling", .vocabulary = Words::relationship},
    {.name = "date", .type = Type::edtf_date, .help = "when", .example = "2012/.."},
    {.name = "notes", .type = Type::long_text, .help = "anything else", .example = "Lives abroad.", .searchable = true},
});

inline constexpr auto kAffiliation = std::to_array<Field>({
    {.name = "organisation", .type = Type::text, .help = "name of the organisation", .example = "Example Party", .searchable = true},
    {.name = "person", .type = Type::reference, .help = "the organisation's own record", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "position", .type = Type::text, .help = "position or office", .example = "member of a working group", .searchable = true},
    {.name = "rank", .type = Type::text, .help = "rank", .example = "captain", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "when", .example = "2012/2017-11"},
    {.name = "country", .type = Type::country, .help = "country", .example = "KH"},
});

inline constexpr auto kPersonOwn = std::to_array<Field>({
    {.name = "names", .type = Type::object_list, .help = "names, in every script", .example = R"({"text":"សុខ ដារា","kind":"legal","language":"km"})", .huridocs = "0903", .children = list(kName)},
    {.name = "aliases", .type = Type::text_list, .help = "other names", .example = "Bong Ra", .huridocs = "0904", .identity = true, .searchable = true},
    {.name = "pseudonym", .type = Type::text, .help = "name for publications, not made from the real one", .example = "Witness 4", .searchable = true},
    {.name = "counting_unit", .type = Type::term, .help = "one person or several", .example = "individual", .huridocs = "0902", .vocabulary = Words::counting_unit},
    {.name = "group_size", .type = Type::integer, .help = "number of persons, if several", .example = "18", .huridocs = "0931", .min = 1, .max = 10'000'000'000},
    {.name = "group_description", .type = Type::long_text, .help = "what makes them a group", .example = "Members called traitors on 14 November.", .huridocs = "0930", .searchable = true},
    {.name = "role", .type = Type::text, .help = "what the person may be called without a name", .example = "activist", .searchable = true},
    {.name = "risk", .type = Type::term, .help = "danger for the person", .example = "high", .vocabulary = Words::risk_level},
    {.name = "identifiers", .type = Type::object_list, .help = "documents and numbers", .example = R"({"type":"passport","number":"N00000000"})", .huridocs = "0917", .children = list(kIdentifier)},
    {.name = "contacts", .type = Type::object_list, .help = "ways to reach the person safely", .example = R"({"type":"phone","value":"+855 00 000 000"})", .children = list(kContact)},
    {.name = "addresses", .type = Type::object_list, .help = "where the person lives or lived", .example = R"({"text":"12 Street 00, Battambang","country":"KH"})", .huridocs = "0910", .children = list(kAddress)},
    {.name = "country", .type = Type::country, .help = "country that the person comes from", .example = "KH"},
    {.name = "born", .type = Type::edtf_date, .help = "date of birth", .example = "1982~", .huridocs = "0911", .identity = true, .happened = true},
    {.name = "born_calendar", .type = Type::term, .help = "calendar in which the date of birth was given", .example = "thai_solar", .vocabulary = Words::calendar},
    {.name = "born_verbatim", .type = Type::text, .help = "the date of birth in the words in which it was given", .example = "ปีจอ 2525", .identity = true, .searchable = true},
    {.name = "age", .type = Type::integer, .help = "age in years when recorded, if no date of birth is known", .example = "37", .min = 0, .max = 130},
    place("birth_place", "place of birth", "0912"),
    {.name = "sex", .type = Type::term, .help = "sex, as documents say", .example = "female", .huridocs = "0915", .vocabulary = Words::sex},
    {.name = "gender", .type = Type::term, .help = "gender, as the person says", .example = "woman", .vocabulary = Words::gender},
    {.name = "gender_in_own_words", .type = Type::text, .help = "the same in the person's own words", .example = "kathoey", .searchable = true},
    {.name = "pronouns", .type = Type::text, .help = "pronouns", .example = "she"},
    {.name = "civil_status", .type = Type::term, .help = "civil status", .example = "married", .huridocs = "0918", .vocabulary = Words::civil_status},
    {.name = "dependants", .type = Type::integer, .help = "number of dependants", .example = "2", .huridocs = "0919", .min = 0, .max = 1000},
    {.name = "education", .type = Type::text, .help = "education", .example = "secondary school", .huridocs = "0920", .searchable = true},
    {.name = "occupation", .type = Type::text, .help = "occupation", .example = "teacher", .huridocs = "0922", .searchable = true},
    {.name = "occupation_code", .type = Type::text, .help = "the same by ISCO-08", .example = "2330"},
    {.name = "health", .type = Type::long_text, .help = "health, as far as it matters", .example = "Needs insulin.", .huridocs = "0924", .searchable = true},
    {.name = "deceased", .type = Type::boolean, .help = "whether the person is dead", .example = "false", .huridocs = "0927"},
    {.name = "died", .type = Type::edtf_date, .help = "date of death", .example = "2019-12", .huridocs = "0928", .happened = true},
    {.name = "religion", .type = Type::text, .help = "religion", .example = "Buddhist", .huridocs = "0940", .searchable = true},
    {.name = "citizenships", .type = Type::country_list, .help = "citizenships", .example = "KH", .huridocs = "0941"},
    {.name = "ethnicity", .type = Type::text, .help = "ethnic background", .example = "Khmer", .huridocs = "0942", .searchable = true},
    {.name = "characteristics", .type = Type::term_list, .help = "what may have made the person a target", .example = "opposition", .huridocs = "0944", .vocabulary = Words::person_characteristic, .searchable = true},
    {.name = "languages", .type = Type::language_list, .help = "languages that the person speaks", .example = "km", .huridocs = "0945"},
    {.name = "national_origin", .type = Type::country, .help = "country of origin", .example = "KH", .huridocs = "0947"},
    {.name = "affiliations", .type = Type::object_list, .help = "parties, organisations, offices, ranks", .example = R"({"organisation":"Example Party","position":"member"})", .children = list(kAffiliation)},
    {.name = "refugee", .type = Type::object, .help = "standing as a refugee", .example = R"({"status":"person_of_concern","authority":"UNHCR"})", .children = list(kRefugee)},
    {.name = "relations", .type = Type::object_list, .help = "family, friends, lawyers: who is what to the person", .example = R"({"person":"P-7K3QD","relationship":"sibling"})", .huridocs = "23", .children = list(kRelation)},
    {.name = "next_of_kin", .type = Type::reference_list, .help = "whom to tell", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "reliability", .type = Type::term, .help = "as a source (Admiralty A to F)", .example = "B", .huridocs = "0953", .vocabulary = Words::reliability},
    {.name = "reliability_as_intervener", .type = Type::term, .help = "as one who intervenes (Admiralty A to F)", .example = "B", .huridocs = "0954", .vocabulary = Words::reliability},
});
inline constexpr auto kPerson = joined(joined(kPersonOwn, kOfCase), kEveryKind);
inline constexpr auto kPersonAnyOf = std::to_array<std::string_view>(
    {"names", "aliases", "pseudonym", "role", "group_description", "identifiers"});

inline constexpr auto kConsentOwn = std::to_array<Field>({
    {.name = "person", .type = Type::reference, .help = "who agreed or refused", .example = "P-7K3QD", .kinds = {Kind::person}, .required = true},
    {.name = "scopes", .type = Type::term_map, .help = "what was asked, each with its answer", .example = R"({"publish_anonymous":"granted","publish_named":"refused"})", .vocabulary = Words::consent_state, .key_vocabulary = Words::consent_scope},
    {.name = "given", .type = Type::edtf_date, .help = "when", .example = "2019-12-24", .happened = true},
    {.name = "method", .type = Type::term, .help = "how", .example = "signed", .vocabulary = Words::consent_method},
    {.name = "given_by", .type = Type::term, .help = "who spoke for the person", .example = "self", .vocabulary = Words::consent_capacity},
    {.name = "representative", .type = Type::reference, .help = "the one who spoke, if not the person", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "capacity", .type = Type::text, .help = "whether the person could decide freely", .example = "adult, calm, understood"},
    {.name = "assent", .type = Type::boolean, .help = "for a minor: whether the child agreed too", .example = "true"},
    {.name = "explained_by", .type = Type::text, .help = "who explained it", .example = "field researcher", .identity = true},
    {.name = "interpreter", .type = Type::text, .help = "who interpreted", .example = "interpreter 2", .identity = true},
    {.name = "explained_in", .type = Type::language, .help = "language in which it was explained", .example = "km"},
    {.name = "conditions", .type = Type::long_text, .help = "under which conditions", .example = "Not before the family has left.", .searchable = true},
    {.name = "partners", .type = Type::text_list, .help = "organisations that it may be given to", .example = "Example Legal Aid", .searchable = true},
    {.name = "subjects", .type = Type::reference_list, .help = "records that it is limited to; none: all", .example = "T-7K3QD", .kinds = KindSet::all()},
    {.name = "proof", .type = Type::reference, .help = "exhibit that proves it", .example = "E-7K3QD", .kinds = {Kind::exhibit}},
    {.name = "valid_until", .type = Type::edtf_date, .help = "last day on which it holds", .example = "2024-12-24"},
    {.name = "review", .type = Type::edtf_date, .help = "when to ask again", .example = "2020-12"},
    {.name = "withdrawn", .type = Type::edtf_date, .help = "when it was withdrawn", .example = "2021-03-02", .happened = true},
    {.name = "withdrawal", .type = Type::long_text, .help = "what had been published by then", .example = "One statement.", .searchable = true},
});
inline constexpr auto kConsent = joined(joined(joined(kConsentOwn, kAsGiven), kOfCase), kEveryKind);

// clang-format on

}  // namespace custos::vault::fields
