// SPDX-License-Identifier: GPL-3.0-or-later
// Words about evidence, cases, consent and publication. Only vocabulary.cpp includes this.
#pragma once

#include <array>

#include "vault/records/vocabulary.h"

namespace custos::vault::terms {

// A row a line, to be read down the page.
// clang-format off
inline constexpr auto kProtection = std::to_array<Term>({
    {"P0", "", "public", "known to the world already", ""},
    {"P1", "", "internal", "", ""},
    {"P2", "", "confidential", "a pseudonym outside the case's team", ""},
    {"P3", "", "protected", "identity never leaves without consent and two persons", ""},
    {"P4", "", "extreme", "the record holds a handle, no identity", ""},
});

inline constexpr auto kPlanAppearance = std::to_array<Term>({
    {"named", "", "named", "", ""},
    {"pseudonym", "", "under a pseudonym", "", ""},
    {"role", "", "by role", "", ""},
    {"generalised", "", "generalised", "for places and dates", ""},
    {"withheld", "", "withheld", "", ""},
});

inline constexpr auto kConsentScope = std::to_array<Term>({
    {"internal", "", "internal analysis", "", ""},
    {"partners", "", "named partner organisations", "list them in partners", ""},
    {"un", "", "United Nations procedures and treaty bodies", "", ""},
    {"international_court", "", "international courts and accountability mechanisms", "", ""},
    {"national_authorities", "", "national authorities", "", ""},
    {"lawyer", "", "the person's or our lawyer", "", ""},
    {"media", "", "journalists", "", ""},
    {"publish_anonymous", "", "publication without any identity", "", ""},
    {"publish_pseudonym", "", "publication under a pseudonym", "", ""},
    {"publish_named", "", "publication with the name", "", ""},
    {"quote", "", "quotation word for word", "", ""},
    {"image", "", "publication of the face", "", ""},
    {"voice", "", "publication of the voice", "", ""},
    {"place", "", "publication of the exact place", "", ""},
    {"statistics", "", "counting, with nothing else", "", ""},
    {"recontact", "", "being contacted again", "", ""},
    {"archive", "", "keeping for the long term", "", ""},
    {"translator", "", "translation by others", "", ""},
});

inline constexpr auto kConsentState = std::to_array<Term>({
    {"granted", "", "granted", "", ""},
    {"refused", "", "refused", "", ""},
    {"not_asked", "", "not asked", "", ""},
    {"withdrawn", "", "withdrawn", "", ""},
    {"expired", "", "expired", "", ""},
});

inline constexpr auto kConsentMethod = std::to_array<Term>({
    {"signed", "", "signed", "", ""},
    {"thumbprint", "", "thumbprint", "", ""},
    {"recorded", "", "recorded", "sound or video", ""},
    {"verbal", "", "verbal", "", ""},
    {"verbal_witnessed", "", "verbal before a witness", "", ""},
    {"message", "", "by message", "", ""},
});

inline constexpr auto kConsentCapacity = std::to_array<Term>({
    {"self", "", "the person", "", ""},
    {"guardian", "", "parent or guardian", "", ""},
    {"family", "", "family of a dead or missing person", "", ""},
    {"representative", "", "lawyer or other representative", "", ""},
});

inline constexpr auto kKnowledgeBasis = std::to_array<Term>({
    {"own_knowledge", "", "own knowledge", "seen, heard or felt by the witness", ""},
    {"hearsay", "", "hearsay", "told by somebody else", ""},
    {"mixed", "", "mixed", "", ""},
    {"opinion", "", "opinion or conclusion", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kSignature = std::to_array<Term>({
    {"signed", "", "signed", "", ""},
    {"thumbprint", "", "thumbprint", "", ""},
    {"recorded", "", "confirmed on a recording", "", ""},
    {"verbal", "", "confirmed by word", "", ""},
    {"refused", "", "refused", "", ""},
    {"none", "", "not asked", "", ""},
});

inline constexpr auto kSourceConnection = std::to_array<Term>({
    {"victim", "0101", "victim", "", ""},
    {"witness", "0102", "eyewitness", "", ""},
    {"perpetrator", "0103", "perpetrator", "", ""},
    {"relative", "020101", "relative of the victim", "", ""},
    {"colleague", "020102", "colleague of the victim", "", ""},
    {"same_organisation", "020103", "of the victim's organisation", "", ""},
    {"near_perpetrator", "0202", "near the perpetrator", "", ""},
    {"third_party", "03", "third party", "", ""},
    {"reporter", "0301", "reporter", "", "third_party"},
    {"lawyer", "0401", "lawyer", "", "third_party"},
    {"medical", "0402", "doctor or nurse", "", "third_party"},
    {"ngo", "0404", "organisation", "", "third_party"},
    {"rights_ngo", "040401", "human rights organisation", "", "ngo"},
    {"un", "", "United Nations", "", "third_party"},
    {"government", "", "government", "", "third_party"},
    {"insider", "", "insider", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kSourceType = std::to_array<Term>({
    {"victim_testimony", "220903200901", "victim's testimony", "", ""},
    {"witness_testimony", "230920140501", "witness's testimony", "", ""},
    {"interview", "091420051801", "interview", "", ""},
    {"affidavit", "190907140501", "signed affidavit", "", ""},
    {"photograph", "160815201501", "photograph", "", ""},
    {"video", "220904051501", "video or film", "", ""},
    {"audio", "012104091501", "sound recording", "", ""},
    {"court_record", "031521182001", "court record", "", ""},
    {"autopsy_report", "012120151601", "autopsy report", "", ""},
    {"medical_report", "160825190901", "medical report", "", ""},
    {"newspaper", "140523191601", "newspaper", "", ""},
    {"telephone_call", "200512051601", "telephone call", "", ""},
    {"news_item", "", "news item", "online, radio or television", ""},
    {"web_page", "", "web page", "", ""},
    {"social_media_post", "", "social media post", "", ""},
    {"chat", "", "chat messages", "", ""},
    {"email", "", "e-mail", "", ""},
    {"satellite_image", "", "satellite image", "", ""},
    {"cctv", "", "surveillance camera footage", "", ""},
    {"data_set", "", "data set", "", ""},
    {"technical_report", "", "technical or forensic report", "", ""},
    {"un_document", "", "document of the United Nations", "", ""},
    {"un_decision", "", "decision of a United Nations body", "status, opinion, view", "un_document"},
    {"ngo_report", "", "report of an organisation", "", ""},
    {"government_document", "", "government document", "", ""},
    {"law", "", "law or decree", "", ""},
    {"leaked_document", "", "leaked document", "", ""},
    {"letter", "", "letter", "", ""},
    {"book", "", "book or article", "", ""},
    {"database", "", "register or database", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kExhibitType = std::to_array<Term>({
    {"photograph", "", "photograph", "", ""},
    {"video", "", "video", "", ""},
    {"audio", "", "sound recording", "", ""},
    {"document", "", "document", "", ""},
    {"scan", "", "scan", "", ""},
    {"screenshot", "", "screenshot", "", ""},
    {"web_capture", "", "capture of a web page", "", ""},
    {"message_export", "", "export of messages", "", ""},
    {"data", "", "data", "", ""},
    {"device_image", "", "image of a device or disk", "", ""},
    {"physical", "", "physical object", "the record describes it, and where it is kept", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kCopyStatus = std::to_array<Term>({
    {"original", "", "original", "as it left the camera or the author", ""},
    {"first_copy", "", "first copy", "made by who collected it", ""},
    {"copy", "", "copy", "received from somebody else", ""},
    {"derived", "", "derived", "cleaned, cropped, converted, translated from another exhibit", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kHandling = std::to_array<Term>({
    {"received", "", "received from somebody", "", ""},
    {"made", "", "made by us", "", ""},
    {"downloaded", "", "downloaded", "", ""},
    {"captured", "", "captured with a tool", "", ""},
    {"found", "", "found on the spot", "", ""},
    {"requested", "", "obtained on request", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kReliability = std::to_array<Term>({
    {"A", "", "completely reliable", "", ""},
    {"B", "", "usually reliable", "", ""},
    {"C", "", "fairly reliable", "", ""},
    {"D", "", "not usually reliable", "", ""},
    {"E", "", "unreliable", "", ""},
    {"F", "", "reliability cannot be judged", "", ""},
});

inline constexpr auto kCredibility = std::to_array<Term>({
    {"1", "", "confirmed by other sources", "", ""},
    {"2", "", "probably true", "", ""},
    {"3", "", "possibly true", "", ""},
    {"4", "", "doubtful", "", ""},
    {"5", "", "improbable", "", ""},
    {"6", "", "truth cannot be judged", "", ""},
});

inline constexpr auto kReliabilityHuridocs = std::to_array<Term>({
    {"high", "01", "highly reliable", "", ""},
    {"likely", "02", "likely to be reliable", "", ""},
    {"unsure", "03", "unsure", "", ""},
    {"unlikely", "04", "likely to be unreliable", "", ""},
    {"low", "05", "highly unreliable", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kConfidence = std::to_array<Term>({
    {"high", "", "high", "", ""},
    {"moderate", "", "moderate", "", ""},
    {"low", "", "low", "", ""},
    {"none", "", "none", "", ""},
});

inline constexpr auto kCaseStatus = std::to_array<Term>({
    {"active", "01", "active", "", ""},
    {"pending", "02", "pending", "", ""},
    {"inactive", "03", "not active", "", ""},
    {"closed", "", "closed", "", ""},
});

inline constexpr auto kPriority = std::to_array<Term>({
    {"urgent", "01", "urgent", "", ""},
    {"high", "", "high", "", ""},
    {"normal", "", "normal", "", ""},
    {"low", "", "low", "", ""},
    {"rejected", "05", "rejected", "", ""},
});

inline constexpr auto kInterventionType = std::to_array<Term>({
    {"assistance", "01", "help for the victim", "any of the narrower terms", ""},
    {"financial_help", "0101", "financial help", "", "assistance"},
    {"legal_help", "0102", "legal help", "", "assistance"},
    {"medical_help", "0103", "medical help", "", "assistance"},
    {"publicity", "0104", "publicity for the victim", "", "assistance"},
    {"confidential_contact", "0105", "confidential contacts", "", "assistance"},
    {"request_to_others", "0106", "request to others to act", "", "assistance"},
    {"relocation", "", "relocation or shelter", "", "assistance"},
    {"protection_claim", "", "claim for international protection", "registration, status, resettlement", "assistance"},
    {"digital_help", "", "help with digital security", "", "assistance"},
    {"action", "02", "action on the violation", "any of the narrower terms", ""},
    {"demand_investigation", "0201", "demand for an investigation", "", "action"},
    {"petition", "0202", "petition", "", "action"},
    {"public_statement", "0203", "public statement", "", "action"},
    {"urgent_action", "", "urgent action", "", "action"},
    {"letter", "", "letter to authorities", "", "action"},
    {"complaint", "", "complaint or lawsuit", "", "action"},
    {"un_submission", "", "submission to the United Nations", "", "action"},
    {"diplomatic", "", "diplomatic step", "", "action"},
    {"visit", "", "visit or trial observation", "", "action"},
    {"other", "", "other", "", ""},
});

inline constexpr auto kResponse = std::to_array<Term>({
    {"favourable", "01", "favourable", "", ""},
    {"partly_favourable", "02", "partly favourable", "", ""},
    {"denied", "0301", "denied", "", ""},
    {"inhibited", "0302", "hindered", "", ""},
    {"hostile", "", "hostile", "", ""},
    {"token", "05", "token", "", ""},
    {"none", "06", "none", "", ""},
    {"awaited", "", "awaited", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kImpact = std::to_array<Term>({
    {"resolved", "", "the matter was resolved", "", ""},
    {"improved", "", "the situation improved", "", ""},
    {"unchanged", "", "nothing changed", "", ""},
    {"worsened", "", "the situation became worse", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kInterventionStatus = std::to_array<Term>({
    {"planned", "01", "planned", "", ""},
    {"ongoing", "", "under way", "", ""},
    {"waiting", "", "waiting for a response", "", ""},
    {"follow_up", "", "to be followed up", "", ""},
    {"dropped", "", "dropped", "", ""},
    {"closed", "07", "closed", "", ""},
});

// What a link from one record says about the record that it points to: "T-… witness P-…".
inline constexpr auto kLinkRole = std::to_array<Term>({
    {"about", "", "is about", "", ""},
    {"mentions", "", "mentions", "", "about"},
    {"victim", "", "has as victim", "", ""},
    {"witness", "", "has as witness", "", ""},
    {"perpetrator", "", "has as alleged perpetrator", "", ""},
    {"interviewer", "", "has as interviewer", "", ""},
    {"interpreter", "", "has as interpreter", "", ""},
    {"translator", "", "has as translator", "", ""},
    {"author", "", "has as author", "", ""},
    {"depicts", "", "shows", "", "about"},
    {"part_of", "21", "is part of", "", ""},
    {"supports", "", "supports", "", ""},
    {"contradicts", "", "contradicts", "", ""},
    {"derived_from", "", "is derived from", "", ""},
    {"source", "", "has as source", "", ""},
    {"evidence", "", "has as evidence", "", ""},
    {"covered_by", "", "is covered by the consent", "", ""},
    {"precedes", "01", "precedes", "", ""},
    {"follows", "22", "follows", "", ""},
    {"causes", "03", "causes", "", ""},
    {"consequence_of", "23", "is a consequence of", "", ""},
    {"parallel_to", "11", "happened at the same time as", "", ""},
    {"related_to", "", "is related to", "", ""},
    {"same_as", "", "is the same as", "a duplicate", ""},
    {"corrects", "", "corrects", "", ""},
    {"replaces", "", "replaces", "", ""},
    {"relative_of", "0101", "is a relative of", "", ""},
    {"spouse_of", "0101", "is spouse of", "", "relative_of"},
    {"partner_of", "", "is partner of", "", "relative_of"},
    {"parent_of", "0101", "is parent of", "", "relative_of"},
    {"child_of", "0101", "is child of", "", "relative_of"},
    {"sibling_of", "0101", "is brother or sister of", "", "relative_of"},
    {"guardian_of", "", "is guardian of", "", ""},
    {"friend_of", "0102", "is friend of", "", ""},
    {"colleague_of", "0104", "is colleague of", "", ""},
    {"employed_by", "0104", "is employed by", "", ""},
    {"lawyer_of", "01060201", "is lawyer of", "", ""},
    {"member_of", "1101", "is a member of", "", ""},
    {"officer_of", "1102", "holds an office in", "", "member_of"},
    {"commander_of", "", "commands", "", ""},
    {"branch_of", "2101", "is a branch of", "", ""},
    {"contact_for", "", "is the contact for", "", ""},
});

// clang-format on

}  // namespace custos::vault::terms
