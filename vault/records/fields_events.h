// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of cases, incidents, acts, involvements and interventions. Only schema.cpp includes this.
#pragma once

#include "vault/records/fields_common.h"

namespace custos::vault::fields {

// A row a line, to be read down the page.
// clang-format off
inline constexpr auto kCaseOwn = std::to_array<Field>({
    {.name = "title", .type = Type::text, .help = "what the case is called", .example = "Exiles under pressure", .searchable = true},
    {.name = "summary", .type = Type::long_text, .help = "what it is about", .example = "Attacks on exiles since November.", .searchable = true},
    {.name = "number", .type = Type::text, .help = "number in your own files", .example = "2019/17", .searchable = true},
    {.name = "form", .type = Type::text, .help = "kind of investigation", .example = "fact-finding mission", .searchable = true},
    {.name = "focus", .type = Type::text, .help = "question that it is to answer", .example = "Who ordered the abductions?", .searchable = true},
    {.name = "status", .type = Type::term, .help = "where the work stands", .example = "active", .huridocs = "0172", .vocabulary = Words::case_status},
    {.name = "priority", .type = Type::term, .help = "how urgent", .example = "urgent", .vocabulary = Words::priority},
    {.name = "opened", .type = Type::edtf_date, .help = "when it was opened", .example = "2019-12-23", .happened = true},
    {.name = "closed", .type = Type::edtf_date, .help = "when it was closed", .example = "2021", .happened = true},
    {.name = "owner", .type = Type::text, .help = "who leads it", .example = "field office", .searchable = true},
    {.name = "partners", .type = Type::text_list, .help = "organisations that work on it", .example = "Example Legal Aid", .searchable = true},
    {.name = "authorization", .type = Type::text, .help = "mandate or legal basis", .example = "research plan 2019", .searchable = true},
    {.name = "countries", .type = Type::country_list, .help = "countries that it is about", .example = "TH"},
    {.name = "rights", .type = Type::term_list, .help = "rights concerned", .example = "liberty", .huridocs = "0153", .vocabulary = Words::right, .searchable = true},
    {.name = "part_of", .type = Type::reference, .help = "larger case that it is part of", .example = "C-7K3QD", .kinds = {Kind::case_}},
});
inline constexpr auto kCase = joined(kCaseOwn, kEveryKind);
inline constexpr auto kCaseAnyOf = std::to_array<std::string_view>({"title", "summary", "number"});

inline constexpr auto kIncidentOwn = std::to_array<Field>({
    {.name = "title", .type = Type::text, .help = "what happened, in a line", .example = "Attempted abduction in Bangkok", .huridocs = "0102", .searchable = true},
    {.name = "summary", .type = Type::long_text, .help = "what happened", .example = "Two men tried to force him into a van.", .huridocs = "0115", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "when, or from when to when", .example = "2019-12-22", .huridocs = "0113", .happened = true},
});
inline constexpr auto kIncidentMore = std::to_array<Field>({
    place("place", "where"),
    {.name = "impact", .type = Type::long_text, .help = "what it led to", .example = "Others went into hiding.", .huridocs = "0116", .searchable = true},
    {.name = "rights", .type = Type::term_list, .help = "rights concerned", .example = "liberty", .huridocs = "0153", .vocabulary = Words::right, .searchable = true},
    {.name = "violation_status", .type = Type::term, .help = "what we found", .example = "likely", .huridocs = "0151", .vocabulary = Words::violation_status},
    {.name = "monitoring_status", .type = Type::term, .help = "whether it is still watched", .example = "active", .huridocs = "0172", .vocabulary = Words::case_status},
    {.name = "violation_index", .type = Type::text_list, .help = "terms of a violations index", .example = "0103", .huridocs = "0152", .searchable = true},
    {.name = "part_of", .type = Type::reference, .help = "larger incident that it is part of", .example = "I-7K3QD", .kinds = {Kind::incident}},
    {.name = "index_terms", .type = Type::text_list, .help = "terms of another thesaurus", .example = "0405", .huridocs = "0154", .searchable = true},
    {.name = "local_index", .type = Type::text_list, .help = "terms of your own index", .example = "pattern-7", .huridocs = "0155", .searchable = true},
    {.name = "remarks", .type = Type::long_text, .help = "remarks", .example = "No camera footage was found.", .huridocs = "0150", .searchable = true},
});
inline constexpr auto kIncident =
    joined(joined(joined(joined(joined(kIncidentOwn, kAsGiven), kTimeOfDay), kIncidentMore), kOfCase), kEveryKind);
inline constexpr auto kIncidentAnyOf = std::to_array<std::string_view>({"title", "summary"});

inline constexpr auto kArrest = std::to_array<Field>({
    {.name = "description", .type = Type::long_text, .help = "what the case against the person is", .example = "Accused of incitement.", .searchable = true},
    {.name = "warrant", .type = Type::boolean, .help = "whether a warrant was shown", .example = "false"},
    {.name = "detention_types", .type = Type::term_list, .help = "kind of detention", .example = "immigration", .vocabulary = Words::detention_type},
    {.name = "conditions", .type = Type::long_text, .help = "conditions of detention", .example = "Forty in a cell.", .searchable = true},
    {.name = "whereabouts", .type = Type::term, .help = "what is known of the place", .example = "place_disclosed", .vocabulary = Words::whereabouts},
    {.name = "legal_counsel", .type = Type::text, .help = "whether there was a lawyer", .example = "refused until the third day", .searchable = true},
    {.name = "court", .type = Type::text, .help = "court", .example = "Municipal Court", .searchable = true},
    {.name = "trial_language", .type = Type::language, .help = "language of the trial", .example = "km"},
    {.name = "case_number", .type = Type::text, .help = "number of the court case", .example = "000/2019", .searchable = true},
    {.name = "case_name", .type = Type::text, .help = "name of the court case", .example = "State v. X", .searchable = true},
    {.name = "district", .type = Type::text, .help = "judicial district", .example = "Phnom Penh", .searchable = true},
    {.name = "sentence", .type = Type::text, .help = "sentence", .example = "two years", .searchable = true},
});

inline constexpr auto kKilling = std::to_array<Field>({
    {.name = "autopsy", .type = Type::term, .help = "whether the body was examined", .example = "refused", .vocabulary = Words::autopsy},
    {.name = "autopsy_results", .type = Type::long_text, .help = "what was found", .example = "Blunt force.", .searchable = true},
    {.name = "death_certificate", .type = Type::text, .help = "what the death certificate says", .example = "heart failure", .searchable = true},
});

inline constexpr auto kTorture = std::to_array<Field>({
    {.name = "statements_signed", .type = Type::term, .help = "whether the victim had to sign", .example = "forced", .vocabulary = Words::statements_signed},
    {.name = "medical_attention", .type = Type::term, .help = "whether a doctor was there", .example = "refused", .vocabulary = Words::medical_attention},
    {.name = "intents", .type = Type::term_list, .help = "what it was for", .example = "punishment", .vocabulary = Words::intent},
});

inline constexpr auto kDestruction = std::to_array<Field>({
    {.name = "type", .type = Type::term, .help = "kind of property", .example = "home", .vocabulary = Words::property_type},
    {.name = "value", .type = Type::text, .help = "what it was worth", .example = "about 2,000 USD"},
    {.name = "compensation", .type = Type::term, .help = "what was given for it", .example = "none", .vocabulary = Words::compensation},
});

inline constexpr auto kDigital = std::to_array<Field>({
    {.name = "platform", .type = Type::text, .help = "service or device", .example = "messenger", .searchable = true},
    {.name = "account", .type = Type::text, .help = "account that was attacked", .example = "example_user", .identity = true, .searchable = true},
    {.name = "tool", .type = Type::text, .help = "tool or program used", .example = "unknown spyware", .searchable = true},
    {.name = "indicators", .type = Type::text_list, .help = "technical traces", .example = "198.51.100.7", .searchable = true},
});

inline constexpr auto kActOwn = std::to_array<Field>({
    {.name = "incident", .type = Type::reference, .help = "incident that it is part of", .example = "I-7K3QD", .huridocs = "2103", .kinds = {Kind::incident}},
    {.name = "victim", .type = Type::reference, .help = "to whom it was done", .example = "P-7K3QD", .huridocs = "2102", .kinds = {Kind::person}},
    {.name = "type", .type = Type::term, .help = "what was done", .example = "abduction", .huridocs = "2109", .vocabulary = Words::act_type, .required = true, .searchable = true},
    {.name = "completion", .type = Type::term, .help = "whether it was carried out", .example = "attempted", .vocabulary = Words::completion, .searchable = true},
    {.name = "methods", .type = Type::term_list, .help = "by which means", .example = "electric_shock", .huridocs = "2114", .vocabulary = Words::act_method, .searchable = true},
    {.name = "description", .type = Type::long_text, .help = "what was done, in words", .example = "Shocked twice and dragged to a van.", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "when, or from when to when", .example = "2019-12-22", .huridocs = "2111", .happened = true},
});
inline constexpr auto kActMore = std::to_array<Field>({
    place("place", "where it began", "2112"),
    place("place_at_end", "where it ended", "2122"),
    {.name = "stated_reason", .type = Type::text, .help = "reason that was given", .example = "immigration offence", .huridocs = "2113", .searchable = true},
    {.name = "attribution", .type = Type::term, .help = "what those accused say", .example = "officials_deny", .huridocs = "2115", .vocabulary = Words::attribution},
    {.name = "consequences", .type = Type::long_text, .help = "injuries and other consequences", .example = "Burns, bruises.", .searchable = true},
    {.name = "physical_consequences", .type = Type::long_text, .help = "injuries alone", .example = "Two burns on the neck.", .huridocs = "2116", .searchable = true},
    {.name = "psychological_consequences", .type = Type::long_text, .help = "what it did to the mind", .example = "Cannot sleep.", .huridocs = "2117", .searchable = true},
    {.name = "age_at_time", .type = Type::integer, .help = "victim's age then", .example = "37", .huridocs = "2118", .min = 0, .max = 130},
    {.name = "status_at_end", .type = Type::term, .help = "what became of the victim", .example = "escaped", .huridocs = "2123", .vocabulary = Words::victim_status},
    {.name = "victim_characteristics", .type = Type::term_list, .help = "why this victim", .example = "opposition", .huridocs = "2152", .vocabulary = Words::person_characteristic},
    {.name = "rights", .type = Type::term_list, .help = "rights concerned", .example = "liberty", .vocabulary = Words::right, .searchable = true},
    {.name = "national_law", .type = Type::text_list, .help = "national law that it breaks", .example = "Criminal Code, article 253", .huridocs = "2154", .searchable = true},
    {.name = "instruments", .type = Type::text_list, .help = "international instruments that it breaks", .example = "ICCPR article 9", .huridocs = "2155", .searchable = true},
    {.name = "arrest", .type = Type::object, .help = "for arrests and detentions", .example = R"({"warrant":false})", .huridocs = "31", .children = list(kArrest)},
    {.name = "killing", .type = Type::object, .help = "for killings", .example = R"({"autopsy":"refused"})", .huridocs = "32", .children = list(kKilling)},
    {.name = "torture", .type = Type::object, .help = "for torture and ill-treatment", .example = R"({"intents":["punishment"]})", .huridocs = "33", .children = list(kTorture)},
    {.name = "destruction", .type = Type::object, .help = "for destruction of property", .example = R"({"type":"home"})", .huridocs = "34", .children = list(kDestruction)},
    {.name = "digital", .type = Type::object, .help = "for digital harm", .example = R"({"platform":"messenger"})", .children = list(kDigital)},
    {.name = "confidence", .type = Type::term, .help = "how sure we are", .example = "high", .vocabulary = Words::confidence},
});
inline constexpr auto kAct =
    joined(joined(joined(joined(joined(kActOwn, kAsGiven), kTimeOfDay), kActMore), kOfCase), kEveryKind);

inline constexpr auto kInvolvementOwn = std::to_array<Field>({
    {.name = "act", .type = Type::reference, .help = "act that was done", .example = "A-7K3QD", .huridocs = "2404", .kinds = {Kind::act}, .required = true},
    {.name = "incident", .type = Type::reference, .help = "incident that the act is part of", .example = "I-7K3QD", .huridocs = "2403", .kinds = {Kind::incident}},
    {.name = "perpetrator", .type = Type::reference, .help = "who is alleged to have done it", .example = "P-7K3QD", .huridocs = "2402", .kinds = {Kind::person}},
    {.name = "degree", .type = Type::term, .help = "part in the act", .example = "direct", .huridocs = "2409", .vocabulary = Words::degree},
    {.name = "perpetrator_type", .type = Type::term, .help = "kind of perpetrator", .example = "unknown", .huridocs = "2412", .vocabulary = Words::perpetrator_type},
    {.name = "acting_for", .type = Type::country, .help = "state on whose behalf", .example = "KH"},
    {.name = "unit", .type = Type::text, .help = "unit, agency or group", .example = "immigration bureau", .searchable = true},
    {.name = "description", .type = Type::long_text, .help = "what is known of the perpetrator", .example = "Two men, one tall, in dark clothes.", .searchable = true},
    {.name = "status", .type = Type::term, .help = "what became of the perpetrator", .example = "in_post", .huridocs = "2422", .vocabulary = Words::perpetrator_status},
    {.name = "basis", .type = Type::long_text, .help = "why we think so", .example = "The victim described them; no one named them.", .searchable = true},
    {.name = "based_on", .type = Type::reference_list, .help = "testimonies, sources and exhibits that support it", .example = "T-7K3QD", .kinds = {Kind::testimony, Kind::source, Kind::exhibit}},
    {.name = "confidence", .type = Type::term, .help = "how sure we are", .example = "low", .vocabulary = Words::confidence},
    {.name = "remarks", .type = Type::long_text, .help = "remarks", .example = "The van was not found.", .huridocs = "2450", .searchable = true},
});
inline constexpr auto kInvolvement = joined(joined(kInvolvementOwn, kOfCase), kEveryKind);

inline constexpr auto kInterventionOwn = std::to_array<Field>({
    {.name = "title", .type = Type::text, .help = "what was done, in a line", .example = "Letter to the ministry", .searchable = true},
    {.name = "type", .type = Type::term, .help = "what was done", .example = "public_statement", .huridocs = "2609", .vocabulary = Words::intervention_type, .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "when", .example = "2019-12-27", .huridocs = "2611"},
    {.name = "party", .type = Type::text, .help = "who did it", .example = "our office", .huridocs = "2602", .searchable = true},
    {.name = "party_person", .type = Type::reference, .help = "the record of who did it", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "incident", .type = Type::reference, .help = "incident that it is about", .example = "I-7K3QD", .kinds = {Kind::incident}},
    {.name = "acts", .type = Type::reference_list, .help = "acts that it is about", .example = "A-7K3QD", .kinds = {Kind::act}},
    {.name = "victims", .type = Type::reference_list, .help = "for whom", .example = "P-7K3QD", .huridocs = "2604", .kinds = {Kind::person}},
    {.name = "addressed_to", .type = Type::text_list, .help = "who was asked to act", .example = "Ministry of Foreign Affairs", .huridocs = "2612", .searchable = true},
    {.name = "summary", .type = Type::long_text, .help = "what was done, in words", .example = "Asked for an investigation.", .searchable = true},
    {.name = "response", .type = Type::term, .help = "how they answered", .example = "awaited", .huridocs = "2613", .vocabulary = Words::response},
    {.name = "response_text", .type = Type::long_text, .help = "the answer in words", .example = "No answer within a month.", .searchable = true},
    {.name = "response_date", .type = Type::edtf_date, .help = "date of the answer", .example = "2020-01", .happened = true},
    {.name = "impact", .type = Type::term, .help = "what it changed", .example = "unchanged", .huridocs = "2614", .vocabulary = Words::impact},
    {.name = "status", .type = Type::term, .help = "where it stands", .example = "waiting", .huridocs = "2651", .vocabulary = Words::intervention_status},
    {.name = "priority", .type = Type::term, .help = "how urgent", .example = "urgent", .huridocs = "2652", .vocabulary = Words::priority},
    {.name = "follow_up", .type = Type::edtf_date, .help = "when to ask again", .example = "2020-02-01"},
});
inline constexpr auto kIntervention = joined(joined(joined(kInterventionOwn, kAsGiven), kOfCase), kEveryKind);
inline constexpr auto kInterventionAnyOf = std::to_array<std::string_view>({"title", "type", "summary"});

// clang-format on

}  // namespace custos::vault::fields
