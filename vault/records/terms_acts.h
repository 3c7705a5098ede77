// SPDX-License-Identifier: GPL-3.0-or-later
// Words about what was done to people, and how. Only vocabulary.cpp includes this.
#pragma once

#include <array>

#include "vault/records/vocabulary.h"

namespace custos::vault::terms {

// A row a line, to be read down the page.
// clang-format off
// {key, HURIDOCS number, label, help, parent}
inline constexpr auto kActType = std::to_array<Term>({
    {"violation_of_life", "", "violation of the right to life", "any of the narrower terms", ""},
    {"killing", "010101", "killing", "a deliberate killing of a particular person", "violation_of_life"},
    {"summary_execution", "01010101", "summary execution", "after no trial, or one that was none", "killing"},
    {"extrajudicial_execution", "01010102", "extrajudicial execution", "by agents of a state or with its consent", "killing"},
    {"death_in_custody", "01010601", "death in custody", "", "violation_of_life"},
    {"death_sentence", "", "death sentence", "imposed or carried out by a court", "violation_of_life"},
    {"indiscriminate_attack", "", "indiscriminate attack", "on a crowd, a settlement, civilian objects", "violation_of_life"},

    {"violation_of_integrity", "", "violation of personal integrity", "any of the narrower terms", ""},
    {"physical_assault", "020101", "physical assault", "", "violation_of_integrity"},
    {"torture", "02011111", "torture", "severe pain for a purpose, by or with consent of an official", "violation_of_integrity"},
    {"ill_treatment", "", "cruel, inhuman or degrading treatment", "short of torture", "violation_of_integrity"},
    {"corporal_punishment", "", "corporal punishment", "ordered by a court or an institution", "violation_of_integrity"},
    {"sexual_violence", "", "sexual violence", "any of the narrower terms", "violation_of_integrity"},
    {"rape", "02011101", "rape", "", "sexual_violence"},
    {"sexual_assault", "02011103", "sexual assault", "", "sexual_violence"},
    {"sexual_harassment", "02010305", "sexual harassment", "", "sexual_violence"},
    {"forced_sterilisation", "", "forced sterilisation", "forced abortion and contraception too", "sexual_violence"},
    {"forced_treatment", "", "forced medical treatment", "", "violation_of_integrity"},
    {"denial_of_medical_care", "", "denial of medical care", "", "violation_of_integrity"},

    {"intimidation", "", "intimidation", "any of the narrower terms", ""},
    {"threat", "0201030101", "threat", "against the person", "intimidation"},
    {"death_threat", "0201030201", "death threat", "", "threat"},
    {"threat_to_family", "0201030102", "threat against the family", "", "threat"},
    {"threat_to_associates", "0201030103", "threat against friends or colleagues", "", "threat"},
    {"surveillance", "02010303", "surveillance", "followed, watched, photographed, asked about", "intimidation"},
    {"stalking", "02010304", "stalking", "", "intimidation"},
    {"harassment", "", "harassment", "again and again, each time short of an assault", "intimidation"},
    {"coerced_confession", "", "coerced confession", "in private, in court or before cameras", "intimidation"},
    {"coerced_defection", "", "coerced defection", "pressed to leave a group or to change sides", "intimidation"},
    {"hostile_labelling", "", "hostile labelling", "called traitor, terrorist, agent by those in power", "intimidation"},
    {"extortion", "", "extortion", "", "intimidation"},
    {"reprisal", "", "reprisal", "for a complaint, a testimony, work with the United Nations", "intimidation"},

    {"deprivation_of_liberty", "", "deprivation of liberty", "any of the narrower terms", ""},
    {"arrest", "030101", "arrest", "", "deprivation_of_liberty"},
    {"detention", "030102", "detention", "", "deprivation_of_liberty"},
    {"incommunicado_detention", "", "incommunicado detention", "", "detention"},
    {"psychiatric_detention", "", "psychiatric detention", "", "detention"},
    {"enforced_disappearance", "030103", "enforced disappearance", "taken by or for a state that denies it or hides where", "deprivation_of_liberty"},
    {"abduction", "030104", "abduction", "kidnapping: taken away by force or deceit", "deprivation_of_liberty"},
    {"house_arrest", "030105", "house arrest", "", "deprivation_of_liberty"},
    {"hostage_taking", "", "hostage taking", "relatives held to make somebody come or speak too", "deprivation_of_liberty"},
    {"forced_recruitment", "", "forced recruitment", "into armed forces or groups", "deprivation_of_liberty"},
    {"forced_labour", "", "forced labour", "", "deprivation_of_liberty"},
    {"trafficking", "", "trafficking in persons", "", "deprivation_of_liberty"},

    {"denial_of_justice", "", "denial of justice", "any of the narrower terms", ""},
    {"unfair_trial", "3501", "unfair trial", "", "denial_of_justice"},
    {"trial_in_absentia", "", "trial in absentia", "", "unfair_trial"},
    {"denial_of_counsel", "", "denial of counsel", "", "denial_of_justice"},
    {"judicial_harassment", "", "judicial harassment", "unfounded charges, suits, summonses", "denial_of_justice"},
    {"arrest_warrant", "", "politically motivated arrest warrant", "", "judicial_harassment"},
    {"conviction", "", "conviction for a right exercised", "", "denial_of_justice"},
    {"prison_conditions", "3601", "bad prison conditions", "", "denial_of_justice"},
    {"solitary_confinement", "", "solitary confinement", "", "prison_conditions"},
    {"denial_of_contact", "", "denial of contact with the outside", "family, lawyer, consul, doctor", "prison_conditions"},

    {"violation_of_freedoms", "", "violation of public freedoms", "expression, assembly, association, vote", ""},
    {"censorship", "100101", "censorship", "", "violation_of_freedoms"},
    {"ban_of_meeting", "120106", "ban of a meeting", "", "violation_of_freedoms"},
    {"dispersal_of_assembly", "", "violent dispersal of an assembly", "", "violation_of_freedoms"},
    {"closure_of_office", "120101", "closure of an office or outlet", "", "violation_of_freedoms"},
    {"raid", "120102", "raid on an organisation", "", "violation_of_freedoms"},
    {"dissolution_of_organisation", "", "dissolution of an organisation or party", "", "violation_of_freedoms"},
    {"political_ban", "", "ban from political activity", "", "violation_of_freedoms"},
    {"dismissal", "", "dismissal from work or study", "", "violation_of_freedoms"},

    {"violation_of_movement", "", "violation of freedom of movement", "any of the narrower terms", ""},
    {"travel_restriction", "050106", "travel restriction", "exit bans too", "violation_of_movement"},
    {"denial_of_entry", "", "denial of entry", "at a border or by carriers", "violation_of_movement"},
    {"forced_displacement", "050104", "forced displacement", "", "violation_of_movement"},
    {"forced_eviction", "050103", "forced eviction", "", "violation_of_movement"},
    {"expulsion", "330101", "expulsion or deportation", "", "violation_of_movement"},
    {"extradition", "", "extradition for political reasons", "", "violation_of_movement"},
    {"denial_of_asylum", "330103", "denial of asylum", "", "violation_of_movement"},
    {"forced_return", "380101", "forced return", "refoulement: to a place where persecution or torture threatens", "violation_of_movement"},

    {"transnational_repression", "", "transnational repression", "a state reaching for people abroad: any of the narrower terms", ""},
    {"passport_cancellation", "", "cancellation of a passport", "", "transnational_repression"},
    {"denial_of_documents", "", "denial of documents or consular service", "", "transnational_repression"},
    {"revocation_of_citizenship", "", "revocation of citizenship", "", "transnational_repression"},
    {"notice_abuse", "", "abuse of a wanted notice", "Interpol notices and diffusions, shared watch lists", "transnational_repression"},
    {"proxy_threat", "", "threat by proxy", "relatives at home are made to suffer for somebody abroad", "transnational_repression"},
    {"surveillance_abroad", "", "surveillance abroad", "", "transnational_repression"},
    {"pressure_on_host", "", "pressure on the host country", "to arrest, return or silence somebody", "transnational_repression"},

    {"violation_of_privacy", "", "violation of privacy or property", "any of the narrower terms", ""},
    {"illegal_search", "040101", "illegal search", "", "violation_of_privacy"},
    {"confiscation", "130107", "confiscation", "", "violation_of_privacy"},
    {"destruction_of_property", "", "destruction of property", "", "violation_of_privacy"},
    {"asset_freeze", "", "freezing of assets", "", "violation_of_privacy"},

    {"digital_harm", "", "digital harm", "any of the narrower terms", ""},
    {"spyware", "", "infection with spyware", "", "digital_harm"},
    {"phishing", "", "phishing", "", "digital_harm"},
    {"account_takeover", "", "takeover of an account", "", "digital_harm"},
    {"doxxing", "", "doxxing", "private facts published to harm", "digital_harm"},
    {"online_threat", "", "online threat", "", "digital_harm"},
    {"online_harassment", "", "online harassment", "organised or not", "digital_harm"},
    {"impersonation", "", "impersonation online", "false accounts, forged pictures and voices", "digital_harm"},
    {"device_seizure", "", "seizure or forced unlocking of a device", "", "digital_harm"},
    {"location_tracking", "", "tracking of a person's location", "", "digital_harm"},
    {"content_removal", "", "removal of content by abuse of rules", "", "digital_harm"},
    {"internet_shutdown", "", "internet shutdown", "", "digital_harm"},
    {"site_attack", "", "attack on a web site or service", "", "digital_harm"},

    {"discrimination", "", "discrimination", "", ""},
    {"denial_of_livelihood", "", "denial of livelihood, aid or schooling", "", ""},
    {"other", "", "other", "say which in the notes", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kActMethod = std::to_array<Term>({
    {"shooting", "0101", "shooting", "", ""},
    {"stabbing", "", "stabbing or cutting", "", ""},
    {"beating", "0301", "beating", "", ""},
    {"slapping_kicking_punching", "030101", "slapping, kicking, punching", "", "beating"},
    {"beating_with_object", "", "beating with an object", "", "beating"},
    {"beating_of_soles", "", "beating of the soles", "", "beating"},
    {"burning", "", "burning", "cigarettes, hot objects, chemicals", ""},
    {"electric_shock", "0308", "electric shock", "taser, stun gun, shock baton, wires", ""},
    {"asphyxiation", "0309", "asphyxiation", "water, plastic bag", ""},
    {"strangulation", "0310", "strangulation", "", ""},
    {"forced_posture", "0311", "forced posture", "", ""},
    {"suspension", "", "suspension", "hung up by limbs", "forced_posture"},
    {"sexual_abuse", "0305", "sexual abuse", "", ""},
    {"forced_nudity", "", "forced nudity", "", "sexual_abuse"},
    {"deprivation", "", "deprivation", "any of the narrower terms", ""},
    {"deprivation_of_food", "031501", "deprivation of food or water", "", "deprivation"},
    {"deprivation_of_sleep", "031502", "deprivation of sleep", "", "deprivation"},
    {"deprivation_of_medicine", "", "deprivation of medicine", "", "deprivation"},
    {"restraint", "", "restraint", "any of the narrower terms", ""},
    {"binding", "031701", "binding or tying", "", "restraint"},
    {"handcuffs", "", "handcuffs or shackles", "", "restraint"},
    {"gagging", "", "gagging", "", "restraint"},
    {"blindfolding", "031904", "blindfolding or hooding", "", "restraint"},
    {"isolation", "0318", "isolation", "", ""},
    {"threats", "0322", "threats", "", ""},
    {"death_threats", "0323", "death threats", "", "threats"},
    {"mock_execution", "", "mock execution", "", "threats"},
    {"threats_to_others", "", "threats against others", "", "threats"},
    {"drugging", "0325", "drugging", "", ""},
    {"teargas", "0401", "tear gas", "", ""},
    {"water_cannon", "", "water cannon", "", ""},
    {"projectiles", "", "rubber bullets and other projectiles", "", ""},
    {"explosives", "", "explosives", "", ""},
    {"dogs", "", "dogs", "", ""},
    {"vehicle", "", "vehicle", "to take somebody away, to follow, to run over", ""},
    {"physical_force", "", "physical force", "seized, dragged, held", ""},
    {"weapon_shown", "", "weapon shown", "", ""},
    {"deception", "", "deception", "lured, false pretext, false identity", ""},
    {"plain_clothes", "", "plain clothes", "agents who did not show who they were", ""},
    {"unofficial_place", "0207", "holding in an unofficial place", "", ""},
    {"without_warrant", "0206", "holding without legal authority", "", ""},
    {"malicious_software", "", "malicious software", "", ""},
    {"interception", "", "interception of communication", "", ""},
    {"social_media", "", "social media", "", ""},
    {"administrative_measure", "", "administrative measure", "decree, order, refusal", ""},
    {"other", "", "other", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kCompletion = std::to_array<Term>({
    {"completed", "", "completed", "", ""},
    {"attempted", "", "attempted", "begun, and it failed or was stopped", ""},
    {"threatened", "", "threatened", "announced to the victim or those near", ""},
    {"planned", "", "planned", "prepared or ordered, by report", ""},
});

inline constexpr auto kAttribution = std::to_array<Term>({
    {"officials_acknowledge", "0101", "officials acknowledge it", "", ""},
    {"officials_deny", "0102", "officials deny it", "", ""},
    {"officials_deny_responsibility", "0103", "officials acknowledge it and deny responsibility", "", ""},
    {"officials_accept_responsibility", "0105", "officials accept responsibility", "", ""},
    {"others_acknowledge", "0201", "non-state actors acknowledge it", "", ""},
    {"others_deny", "0202", "non-state actors deny it", "", ""},
    {"no_comment", "", "no comment", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kVictimStatus = std::to_array<Term>({
    {"dead", "0101", "dead", "", ""},
    {"wounded", "0102", "wounded", "", ""},
    {"missing", "0103", "still missing", "", ""},
    {"found_alive", "010401", "found alive and free", "", ""},
    {"found_in_prison", "010402", "found in prison", "", ""},
    {"released", "0201", "arrested and released", "", ""},
    {"escaped", "020109", "escaped", "", ""},
    {"held", "0202", "held", "", ""},
    {"held_arbitrarily", "020204", "held arbitrarily", "", "held"},
    {"fugitive", "0203", "in hiding", "", ""},
    {"restricted", "0301", "under restrictions", "", ""},
    {"exiled", "0302", "exiled or deported", "", ""},
    {"returned_by_force", "", "returned by force", "", ""},
    {"refugee", "0303", "refugee in flight", "", ""},
    {"resettled", "030402", "resettled abroad", "", ""},
    {"free", "", "free", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kDetentionType = std::to_array<Term>({
    {"administrative", "01", "administrative detention", "", ""},
    {"emergency_law", "02", "under emergency law", "", ""},
    {"free_speech_charge", "03", "on a charge about speech", "", ""},
    {"criminal_charge", "", "on a criminal charge", "", ""},
    {"immigration", "", "immigration detention", "", ""},
    {"military", "", "by armed forces", "", ""},
    {"secret", "", "in a secret place", "", ""},
    {"private", "", "by private persons", "", ""},
    {"other", "", "other", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kWhereabouts = std::to_array<Term>({
    {"acknowledged", "01", "capture acknowledged", "", ""},
    {"place_disclosed", "0101", "place disclosed", "", "acknowledged"},
    {"place_not_disclosed", "0102", "place not disclosed", "", "acknowledged"},
    {"denied", "02", "capture denied", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kAutopsy = std::to_array<Term>({
    {"done_independent", "", "done by an independent doctor", "", ""},
    {"done_official", "", "done by officials", "", ""},
    {"done_withheld", "", "done, result withheld", "", ""},
    {"refused", "", "refused", "", ""},
    {"not_done", "", "not done", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kStatementsSigned = std::to_array<Term>({
    {"forced", "01", "forced to sign", "", ""},
    {"refused", "03", "refused to sign", "", ""},
    {"not_understood", "05", "signed without understanding", "", ""},
    {"willingly", "", "signed willingly", "", ""},
    {"none", "", "nothing to sign", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kMedicalAttention = std::to_array<Term>({
    {"given", "", "given", "", ""},
    {"late", "", "given late", "", ""},
    {"refused", "", "refused", "", ""},
    {"officer_took_part", "0104", "a medical officer took part in the act", "", ""},
    {"not_asked", "", "not asked for", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kIntent = std::to_array<Term>({
    {"information", "01", "to obtain information or a confession", "", ""},
    {"intimidation", "02", "to intimidate", "", ""},
    {"punishment", "03", "to punish", "", ""},
    {"discrimination", "", "to discriminate", "", ""},
    {"silencing", "", "to silence", "", ""},
    {"return", "", "to bring somebody back", "", ""},
    {"other", "", "other", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kCompensation = std::to_array<Term>({
    {"full", "01", "full", "", ""},
    {"partial", "", "partial", "", ""},
    {"promised", "", "promised", "", ""},
    {"none", "04", "none", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kPropertyType = std::to_array<Term>({
    {"home", "", "home", "", ""},
    {"land", "", "land or crops", "", ""},
    {"livestock", "", "livestock", "", ""},
    {"vehicle", "", "vehicle", "", ""},
    {"workplace", "", "office or workplace", "", ""},
    {"place_of_worship", "", "place of worship", "", ""},
    {"documents", "", "documents or devices", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kRight = std::to_array<Term>({
    {"life", "", "life", "", ""},
    {"integrity", "", "freedom from torture and ill-treatment", "", ""},
    {"liberty", "", "liberty and security of person", "", ""},
    {"fair_trial", "", "fair trial", "", ""},
    {"movement", "", "movement", "", ""},
    {"asylum", "", "asylum, and no return to persecution", "", ""},
    {"nationality", "", "nationality and identity documents", "", ""},
    {"privacy", "", "privacy, family, home", "", ""},
    {"expression", "", "expression and information", "", ""},
    {"assembly", "", "peaceful assembly", "", ""},
    {"association", "", "association", "", ""},
    {"participation", "", "vote and public affairs", "", ""},
    {"religion", "", "thought, conscience, religion", "", ""},
    {"equality", "", "equality", "", ""},
    {"property", "", "property", "", ""},
    {"work", "", "work", "", ""},
    {"health", "", "health", "", ""},
    {"education", "", "education", "", ""},
    {"living_standard", "", "food, water, housing", "", ""},
    {"children", "", "rights of the child", "", ""},
    {"remedy", "", "effective remedy", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kViolationStatus = std::to_array<Term>({
    {"confirmed", "0101", "confirmed violation", "", ""},
    {"similar_act", "0102", "similar act by non-state actors", "", ""},
    {"no_violation", "0103", "no violation", "", ""},
    {"unlikely", "02", "unlikely", "", ""},
    {"possible", "03", "possible", "", ""},
    {"likely", "04", "likely", "", ""},
    {"unknown", "99", "not assessed", "", ""},
});

inline constexpr auto kDegree = std::to_array<Term>({
    {"direct", "0101", "carried it out", "", ""},
    {"ordered", "0102", "gave the order", "", ""},
    {"accomplice", "0103", "stood by and helped", "", ""},
    {"present", "0104", "was present", "", ""},
    {"planned", "0105", "planned it", "", ""},
    {"suspected", "0106", "suspected, part not known", "", ""},
    {"exploitation", "0201", "took advantage of it", "", ""},
    {"discrimination", "0202", "discriminated", "", ""},
    {"authored_law", "0301", "made the law or order", "", ""},
    {"supported_law", "0302", "helped to pass the law or order", "", ""},
    {"inaction", "0303", "did nothing against a law or order", "", ""},
    {"implemented", "04", "put a policy into practice", "", ""},
    {"command_failure", "0501", "lost control of those under command", "", ""},
    {"knew_did_nothing", "0502", "knew and did nothing", "", ""},
    {"failed_to_prevent", "0503", "failed to prevent", "", ""},
    {"colluded", "", "colluded", "gave information, access or protection", ""},
    {"political", "06", "bears political responsibility", "", ""},
    {"other", "90", "other", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kPerpetratorType = std::to_array<Term>({
    {"state_agent", "01", "state agent", "any of the narrower terms", ""},
    {"national_official", "010101", "national official", "", "state_agent"},
    {"local_official", "010102", "local official", "", "state_agent"},
    {"armed_forces", "010103", "armed forces", "", "state_agent"},
    {"police", "010104", "police", "", "state_agent"},
    {"prison_staff", "010105", "prison staff", "", "state_agent"},
    {"intelligence_service", "010106", "intelligence or secret service", "", "state_agent"},
    {"immigration_officer", "", "immigration or border officer", "", "state_agent"},
    {"legislature", "0102", "legislature", "", "state_agent"},
    {"judiciary", "0103", "judge or prosecutor", "", "state_agent"},
    {"foreign_state_agent", "", "agent of a foreign state", "name the state in acting_for", "state_agent"},
    {"occupying_forces", "03", "occupying forces", "", "state_agent"},
    {"consular_staff", "", "embassy or consulate", "", "state_agent"},
    {"non_state", "", "not of a state", "any of the narrower terms", ""},
    {"paramilitary", "020101", "paramilitary", "", "non_state"},
    {"death_squad", "020102", "vigilantes or death squad", "", "non_state"},
    {"armed_group", "020201", "armed group", "", "non_state"},
    {"private_security", "0204", "private security", "", "non_state"},
    {"mob", "0205", "mob", "", "non_state"},
    {"criminal_group", "", "criminal group", "", "non_state"},
    {"company", "2101", "company", "", "non_state"},
    {"domestic", "1101", "partner or family", "", "non_state"},
    {"professional", "1105", "professional", "doctor, teacher, carer", "non_state"},
    {"online_actor", "", "online actor", "known by an account or by technical traces", "non_state"},
    {"international_organisation", "", "international organisation", "", "non_state"},
    {"other", "90", "other", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kPerpetratorStatus = std::to_array<Term>({
    {"in_post", "0101", "in post, not charged", "", ""},
    {"charged", "0102", "charged", "", ""},
    {"convicted", "0103", "convicted", "", ""},
    {"unpunished", "010301", "convicted, not punished", "", "convicted"},
    {"minimal_punishment", "010302", "convicted, hardly punished", "", "convicted"},
    {"imprisoned", "010303", "imprisoned", "", "convicted"},
    {"dismissed", "02", "dismissed or demoted", "", ""},
    {"acquitted", "", "acquitted", "", ""},
    {"promoted", "", "promoted", "", ""},
    {"dead", "", "dead", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

// clang-format on

}  // namespace custos::vault::terms
