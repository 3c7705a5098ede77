// SPDX-License-Identifier: GPL-3.0-or-later
// Words about people, places and times. Only vocabulary.cpp includes this.
#pragma once

#include <array>

#include "vault/records/vocabulary.h"

namespace custos::vault::terms {

// A row a line, to be read down the page.
// clang-format off
inline constexpr auto kCountingUnit = std::to_array<Term>({
    {"individual", "01", "individual", "", ""},
    {"family", "02", "family", "", ""},
    {"group", "03", "group", "", ""},
    {"organisation", "03", "organisation", "", ""},
    {"community", "04", "community", "", ""},
    {"social_group", "05", "social group", "people who share a trait and need not know each other", ""},
    {"population", "06", "people in general", "", ""},
});

inline constexpr auto kNameKind = std::to_array<Term>({
    {"legal", "", "legal name", "as in documents", ""},
    {"common", "", "common name", "as others call the person", ""},
    {"birth", "", "name at birth", "", ""},
    {"married", "", "married name", "", ""},
    {"alias", "", "alias", "", ""},
    {"codename", "", "code name", "used among us or in a movement", ""},
    {"nickname", "", "nickname", "", ""},
    {"user_name", "", "user name", "on a service", ""},
    {"religious", "", "religious name", "", ""},
    {"misspelling", "", "misspelling that occurs", "", ""},
});

inline constexpr auto kSex = std::to_array<Term>({
    {"male", "01", "male", "as documents say", ""},
    {"female", "02", "female", "as documents say", ""},
    {"other", "98", "other", "as documents say", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kGender = std::to_array<Term>({
    {"woman", "", "woman", "", ""},
    {"man", "", "man", "", ""},
    {"non_binary", "", "non-binary", "", ""},
    {"self_described", "", "described in own words", "write them in gender_in_own_words", ""},
    {"not_said", "", "not said", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kCivilStatus = std::to_array<Term>({
    {"single", "", "single", "", ""},
    {"married", "", "married", "", ""},
    {"partnered", "", "living with a partner", "", ""},
    {"separated", "", "separated", "", ""},
    {"divorced", "", "divorced", "", ""},
    {"widowed", "", "widowed", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kIdentifierType = std::to_array<Term>({
    {"passport", "", "passport", "", ""},
    {"national_id", "", "national identity card", "", ""},
    {"birth_certificate", "", "birth certificate", "", ""},
    {"family_book", "", "family book or household register", "", ""},
    {"residence_permit", "", "residence permit or visa", "", ""},
    {"refugee_card", "", "refugee or asylum seeker card", "", ""},
    {"unhcr_number", "", "UNHCR number", "", ""},
    {"driving_licence", "", "driving licence", "", ""},
    {"vehicle_plate", "", "vehicle plate", "", ""},
    {"tax_number", "", "tax or social security number", "", ""},
    {"party_card", "", "membership card", "", ""},
    {"prisoner_number", "", "prisoner number", "", ""},
    {"service_number", "", "service or badge number", "", ""},
    {"bank_account", "", "bank account", "", ""},
    {"device", "", "device number", "IMEI, serial number, network address", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kIdentifierStatus = std::to_array<Term>({
    {"valid", "", "valid", "", ""},
    {"expired", "", "expired", "", ""},
    {"cancelled", "", "cancelled", "declared void by who issued it", ""},
    {"confiscated", "", "confiscated", "", ""},
    {"lost", "", "lost", "", ""},
    {"forged", "", "forged", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kContactType = std::to_array<Term>({
    {"phone", "", "telephone", "", ""},
    {"email", "", "e-mail", "", ""},
    {"messenger", "", "messenger", "Signal, WhatsApp, Telegram, LINE, …", ""},
    {"social_media", "", "social media account", "", ""},
    {"address", "", "postal address", "", ""},
    {"web", "", "web site", "", ""},
    {"through_person", "", "through another person", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kRefugeeStatus = std::to_array<Term>({
    {"none", "", "none", "", ""},
    {"asylum_seeker", "", "asylum seeker", "", ""},
    {"person_of_concern", "", "person of concern", "recognised by UNHCR", ""},
    {"refugee", "", "recognised refugee", "", ""},
    {"refused", "", "claim refused", "", ""},
    {"resettled", "", "resettled", "", ""},
    {"returned", "", "returned", "", ""},
    {"stateless", "", "stateless", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kRiskLevel = std::to_array<Term>({
    {"low", "", "low", "", ""},
    {"medium", "", "medium", "", ""},
    {"high", "", "high", "", ""},
    {"extreme", "", "extreme", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kRelationship = std::to_array<Term>({
    {"family", "0101", "family", "any of the narrower terms", ""},
    {"spouse", "", "spouse", "", "family"},
    {"partner", "", "partner", "not married, or not by law", "family"},
    {"parent", "", "parent", "", "family"},
    {"child", "", "child", "", "family"},
    {"sibling", "", "brother or sister", "", "family"},
    {"grandparent", "", "grandparent", "", "family"},
    {"grandchild", "", "grandchild", "", "family"},
    {"other_relative", "", "other relative", "aunt, cousin, in-law", "family"},
    {"guardian", "", "guardian", "in law or in fact", ""},
    {"ward", "", "ward", "in the care of the other", ""},
    {"social", "0102", "social tie", "any of the narrower terms", ""},
    {"friend", "", "friend", "", "social"},
    {"neighbour", "", "neighbour", "", "social"},
    {"work", "0104", "tie by work", "any of the narrower terms", ""},
    {"colleague", "", "colleague", "", "work"},
    {"employer", "", "employer", "", "work"},
    {"employee", "", "employee", "", "work"},
    {"lawyer", "01060201", "lawyer", "", ""},
    {"client", "", "client", "of a lawyer", ""},
    {"member", "1101", "member", "of the group that the other record is", ""},
    {"officer", "1102", "officer", "holds an office in the group", "member"},
    {"branch", "2101", "branch", "part of the organisation", ""},
    {"other", "", "other", "", ""},
    {"unknown", "", "unknown", "", ""},
});

inline constexpr auto kPersonCharacteristic = std::to_array<Term>({
    {"party_member", "0101", "member of a political party", "", ""},
    {"opposition", "", "member of the opposition", "", ""},
    {"rights_defender", "010303", "human rights defender", "", ""},
    {"union_member", "010305", "member of a union", "", ""},
    {"journalist", "010309", "journalist", "", ""},
    {"lawyer", "", "lawyer", "", ""},
    {"artist", "", "artist", "", ""},
    {"blogger", "", "blogger or online commentator", "", ""},
    {"student", "", "student", "", ""},
    {"religious_person", "", "monk, nun, cleric", "", ""},
    {"indigenous", "0204", "indigenous", "", ""},
    {"ethnic_minority", "0301", "of an ethnic minority", "", ""},
    {"religious_minority", "", "of a religious minority", "", ""},
    {"displaced", "0404", "displaced", "", ""},
    {"refugee", "0405", "refugee", "", ""},
    {"asylum_seeker", "0410", "asylum seeker", "", ""},
    {"exile", "0411", "exile", "", ""},
    {"migrant", "", "migrant", "", ""},
    {"undocumented", "040301", "undocumented migrant", "without papers that the host country accepts", ""},
    {"stateless", "", "stateless", "", ""},
    {"relative_of_target", "050101", "relative of a targeted person", "", ""},
    {"witness", "050201", "witness", "", ""},
    {"protester", "0601", "protester", "", ""},
    {"prisoner", "", "prisoner", "", ""},
    {"woman", "", "woman", "where it mattered for the act", ""},
    {"child", "", "child", "", ""},
    {"older_person", "", "older person", "", ""},
    {"disabled", "", "person with a disability", "", ""},
    {"lgbti", "", "lesbian, gay, bisexual, trans or intersex", "", ""},
    {"worker", "", "worker", "", ""},
    {"farmer", "", "farmer", "", ""},
    {"land_defender", "", "defender of land or environment", "", ""},
    {"other", "", "other", "", ""},
});

inline constexpr auto kLocationType = std::to_array<Term>({
    {"home", "010101", "victim's home", "", ""},
    {"other_home", "", "somebody else's home", "", ""},
    {"hiding_place", "", "place of hiding", "", ""},
    {"hotel_restaurant", "0209", "hotel, restaurant, bar", "", ""},
    {"shop_market", "", "shop or market", "", ""},
    {"workplace", "", "workplace", "", ""},
    {"checkpoint", "030201", "checkpoint", "", ""},
    {"military_base", "", "military base", "", ""},
    {"police_station", "0305", "police station", "", ""},
    {"prison", "0306", "prison", "", ""},
    {"court", "", "court", "", ""},
    {"government_office", "", "government office", "", ""},
    {"school", "0402", "school or university", "", ""},
    {"hospital", "0405", "hospital or clinic", "", ""},
    {"ngo_office", "050401", "office of an organisation", "", ""},
    {"party_office", "", "office of a party", "", ""},
    {"place_of_worship", "", "place of worship", "", ""},
    {"square", "0602", "square or park", "", ""},
    {"street", "0701", "street or road", "", ""},
    {"vehicle", "070407", "vehicle", "", ""},
    {"public_transport", "", "public transport", "", ""},
    {"airport", "070303", "airport", "", ""},
    {"un_office", "080101", "office of the United Nations", "", ""},
    {"embassy", "0802", "embassy or consulate", "", ""},
    {"border_crossing", "0804", "border crossing", "", ""},
    {"refugee_camp", "0901", "refugee camp", "", ""},
    {"secret_place", "0905", "secret place of detention", "", ""},
    {"immigration_detention", "0907", "immigration detention centre", "", ""},
    {"countryside", "", "fields, forest, sea", "", ""},
    {"online", "", "online", "", ""},
    {"other", "90", "other", "", ""},
    {"unknown", "99", "unknown", "", ""},
});

inline constexpr auto kPlaceMethod = std::to_array<Term>({
    {"gps", "", "measured by a device", "", ""},
    {"map_pin", "", "shown on a map", "", ""},
    {"address", "", "looked up by address", "", ""},
    {"geolocated", "", "found from pictures", "", ""},
    {"described", "", "described in words", "", ""},
});

inline constexpr auto kPublishPrecision = std::to_array<Term>({
    {"exact", "", "exact", "", ""},
    {"street", "", "street", "", ""},
    {"district", "", "district", "", ""},
    {"province", "", "province", "", ""},
    {"country", "", "country", "", ""},
    {"none", "", "not at all", "", ""},
});

inline constexpr auto kTimePrecision = std::to_array<Term>({
    {"exact", "", "exact", "to the minute or better", ""},
    {"approximate", "", "approximate", "about that time", ""},
    {"part_of_day", "", "part of the day", "morning, evening: the time is its middle", ""},
});

inline constexpr auto kCalendar = std::to_array<Term>({
    {"gregorian", "", "Gregorian", "", ""},
    {"thai_solar", "", "Thai solar", "543 years ahead", ""},
    {"khmer", "", "Khmer", "", ""},
    {"burmese", "", "Burmese", "", ""},
    {"lao", "", "Lao", "", ""},
    {"chinese", "", "Chinese lunar", "", ""},
    {"persian", "", "Persian", "Jalali, solar Hijri", ""},
    {"hijri", "", "Islamic", "read as Umm al-Qura unless a narrower one is said", ""},
    {"islamic_umalqura", "", "Islamic (Umm al-Qura)", "as Saudi Arabia publishes it", "hijri"},
    {"islamic_civil", "", "Islamic (tabular)", "by rule, not by the moon", "hijri"},
    {"hebrew", "", "Hebrew", "", ""},
    {"ethiopian", "", "Ethiopian", "", ""},
    {"nepali", "", "Nepali (Bikram Sambat)", "", ""},
    {"other", "", "other", "", ""},
});

// clang-format on

}  // namespace custos::vault::terms
