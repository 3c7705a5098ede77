// SPDX-License-Identifier: GPL-3.0-or-later
// Fields of testimonies, sources, exhibits and statements. Only schema.cpp includes this.
#pragma once

#include "vault/records/fields_common.h"

namespace custos::vault::fields {

// A row a line, to be read down the page.
// clang-format off
inline constexpr auto kParagraph = std::to_array<Field>({
    {.name = "text", .type = Type::long_text, .help = "what was said", .example = "I was walking home.", .required = true, .searchable = true},
    {.name = "basis", .type = Type::term, .help = "how the witness knows", .example = "own_knowledge", .vocabulary = Words::knowledge_basis},
    {.name = "protection", .type = Type::term, .help = "if this paragraph is guarded more closely", .example = "P4", .vocabulary = Words::protection},
    {.name = "time_code", .type = Type::text, .help = "where in the recording", .example = "00:12:40"},
    {.name = "notes", .type = Type::long_text, .help = "remarks of the interviewer; never published", .example = "Pointed at the map.", .searchable = true},
});

inline constexpr auto kTranslatedParagraph = std::to_array<Field>({
    {.name = "text", .type = Type::long_text, .help = "the paragraph with the same number, translated", .example = "I was walking home.", .required = true, .searchable = true},
    {.name = "notes", .type = Type::long_text, .help = "remarks of the translator", .example = "The word can also mean van.", .searchable = true},
});

inline constexpr auto kTranslation = std::to_array<Field>({
    {.name = "language", .type = Type::language, .help = "language translated into", .example = "en", .required = true},
    {.name = "paragraphs", .type = Type::object_list, .help = "one for each of the original's, in order", .example = R"({"text":"I was walking home."})", .children = list(kTranslatedParagraph)},
    {.name = "translator", .type = Type::text, .help = "who translated", .example = "translator 1", .identity = true},
    {.name = "reviewed_by", .type = Type::text, .help = "who compared it with the original", .example = "editor 2", .identity = true},
    {.name = "date", .type = Type::edtf_date, .help = "when", .example = "2019-12-26", .happened = true},
    {.name = "machine", .type = Type::boolean, .help = "whether a machine translated", .example = "false"},
});

inline constexpr auto kTestimonyOwn = std::to_array<Field>({
    {.name = "title", .type = Type::text, .help = "a line to recognise it by", .example = "First account of the attack", .searchable = true},
    {.name = "incident", .type = Type::reference, .help = "incident that it is about", .example = "I-7K3QD", .huridocs = "2503", .kinds = {Kind::incident}},
    {.name = "witness", .type = Type::reference, .help = "who testified", .example = "P-7K3QD", .huridocs = "2502", .kinds = {Kind::person}},
    {.name = "given", .type = Type::edtf_date, .help = "when it was given", .example = "2019-12-24", .huridocs = "2511", .happened = true},
    {.name = "paragraphs", .type = Type::object_list, .help = "what was said, in the language in which it was said", .example = R"({"text":"I was walking home.","basis":"own_knowledge"})", .children = list(kParagraph)},
    {.name = "translations", .type = Type::object_list, .help = "the same in other languages", .example = R"({"language":"en","paragraphs":[{"text":"I was walking home."}]})", .children = list(kTranslation)},
    {.name = "summary", .type = Type::long_text, .help = "in short", .example = "Describes two men and a van.", .searchable = true},
    {.name = "interviewer", .type = Type::text, .help = "who asked", .example = "researcher 3", .identity = true, .searchable = true},
    {.name = "interpreter", .type = Type::text, .help = "who interpreted", .example = "interpreter 2", .identity = true, .searchable = true},
    {.name = "others_present", .type = Type::text_list, .help = "who else was there", .example = "a brother", .identity = true, .searchable = true},
});
inline constexpr auto kTestimonyMore = std::to_array<Field>({
    place("place", "where it was given"),
    {.name = "ended", .type = Type::time_of_day, .help = "when the interview ended, local", .example = "23:10"},
    {.name = "written_language", .type = Type::language, .help = "language in which it was written down, if another", .example = "en", .huridocs = "2510"},
    {.name = "connection", .type = Type::term, .help = "how near the witness was", .example = "victim", .huridocs = "2509", .vocabulary = Words::source_connection},
    {.name = "type", .type = Type::term, .help = "kind of testimony", .example = "interview", .huridocs = "2512", .vocabulary = Words::source_type, .searchable = true},
    {.name = "recording", .type = Type::reference_list, .help = "exhibits that hold the recording", .example = "E-7K3QD", .kinds = {Kind::exhibit}},
    {.name = "read_back", .type = Type::boolean, .help = "whether it was read back to the witness", .example = "true"},
    {.name = "read_back_language", .type = Type::language, .help = "in which language", .example = "km"},
    {.name = "signature", .type = Type::term, .help = "how the witness confirmed it", .example = "thumbprint", .vocabulary = Words::signature},
    {.name = "corrections", .type = Type::long_text, .help = "what the witness corrected", .example = "The van was white, not silver.", .searchable = true},
    {.name = "version", .type = Type::integer, .help = "number of this account by the witness", .example = "2", .min = 1, .max = 1000},
    {.name = "prior_statements", .type = Type::reference_list, .help = "earlier accounts", .example = "T-7K3QD", .kinds = {Kind::testimony}},
    {.name = "consent", .type = Type::reference, .help = "consent that covers it", .example = "K-7K3QD", .kinds = {Kind::consent}},
    {.name = "reliability", .type = Type::term, .help = "of the witness here (Admiralty A to F)", .example = "B", .vocabulary = Words::reliability},
    {.name = "credibility", .type = Type::term, .help = "of what was said (Admiralty 1 to 6)", .example = "2", .vocabulary = Words::credibility},
    {.name = "reliability_huridocs", .type = Type::term, .help = "the same on the HURIDOCS scale", .example = "likely", .huridocs = "2553", .vocabulary = Words::reliability_huridocs},
    {.name = "assessment", .type = Type::long_text, .help = "why it is graded so", .example = "Agrees with the medical report.", .searchable = true},
    {.name = "wellbeing", .type = Type::long_text, .help = "state of the witness, care given", .example = "Paused twice.", .searchable = true},
    {.name = "follow_up", .type = Type::long_text, .help = "what is to be done next", .example = "Ask for the medical report.", .searchable = true},
});
inline constexpr auto kTestimony =
    joined(joined(joined(joined(joined(kTestimonyOwn, kAsGiven), kTimeOfDay), kTestimonyMore), kOfCase), kEveryKind);
inline constexpr auto kTestimonyAnyOf =
    std::to_array<std::string_view>({"paragraphs", "translations", "summary", "title", "recording"});

inline constexpr auto kEvaluation = std::to_array<Field>({
    {.name = "about", .type = Type::reference, .help = "record that the source speaks of", .example = "I-7K3QD", .huridocs = "2503", .kinds = KindSet::all()},
    {.name = "person", .type = Type::reference, .help = "person that it speaks of", .example = "P-7K3QD", .huridocs = "2504", .kinds = {Kind::person}},
    {.name = "locator", .type = Type::text, .help = "where in the source", .example = "page 3, second paragraph"},
    {.name = "connection", .type = Type::term, .help = "how near the source was", .example = "reporter", .huridocs = "2509", .vocabulary = Words::source_connection},
    {.name = "reliability", .type = Type::term, .help = "of the source here (Admiralty A to F)", .example = "B", .vocabulary = Words::reliability},
    {.name = "credibility", .type = Type::term, .help = "of what it says (Admiralty 1 to 6)", .example = "2", .vocabulary = Words::credibility},
    {.name = "reliability_huridocs", .type = Type::term, .help = "the same on the HURIDOCS scale", .example = "likely", .huridocs = "2553", .vocabulary = Words::reliability_huridocs},
    {.name = "reason", .type = Type::long_text, .help = "why it is graded so", .example = "Two others say the same.", .searchable = true},
});

inline constexpr auto kSourceOwn = std::to_array<Field>({
    {.name = "title", .type = Type::text, .help = "title", .example = "Passports declared void", .searchable = true},
    {.name = "type", .type = Type::term, .help = "kind of source", .example = "web_page", .huridocs = "2512", .vocabulary = Words::source_type, .searchable = true},
    {.name = "author", .type = Type::text, .help = "author", .example = "staff writer", .searchable = true},
    {.name = "publisher", .type = Type::text, .help = "publisher", .example = "Example Daily", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "date of the source", .example = "2019-11-15", .huridocs = "2511", .happened = true},
    {.name = "url", .type = Type::url, .help = "address on the web", .example = "https://news.example/2019/11/15/passports", .searchable = true},
    {.name = "archived_url", .type = Type::url, .help = "address of an archived copy", .example = "https://archive.example/20191116/passports"},
    {.name = "accessed", .type = Type::edtf_date, .help = "when it was read", .example = "2019-11-16", .happened = true},
    {.name = "summary", .type = Type::long_text, .help = "what it says", .example = "Reports the decree.", .searchable = true},
    {.name = "text", .type = Type::long_text, .help = "its words, as far as needed", .example = "The ministry announced …", .searchable = true},
    {.name = "country", .type = Type::country, .help = "country that it comes from", .example = "KH"},
    {.name = "reference_number", .type = Type::text, .help = "document symbol, ISBN, docket", .example = "A/HRC/00/00", .searchable = true},
    {.name = "person", .type = Type::reference, .help = "person who is the source, if one", .example = "P-7K3QD", .huridocs = "2502", .kinds = {Kind::person}},
    {.name = "copies", .type = Type::reference_list, .help = "exhibits that hold a copy", .example = "E-7K3QD", .kinds = {Kind::exhibit}},
    {.name = "evaluations", .type = Type::object_list, .help = "how far to believe it, for each record that it speaks of", .example = R"({"about":"I-7K3QD","reliability":"B","credibility":"2"})", .huridocs = "25", .children = list(kEvaluation)},
});
inline constexpr auto kSource = joined(joined(joined(kSourceOwn, kAsGiven), kOfCase), kEveryKind);
inline constexpr auto kSourceAnyOf = std::to_array<std::string_view>({"title", "url", "summary", "reference_number"});

inline constexpr auto kExhibitOwn = std::to_array<Field>({
    {.name = "number", .type = Type::text, .help = "exhibit number", .example = "EX-17", .searchable = true},
    {.name = "title", .type = Type::text, .help = "what it shows, in a line", .example = "Burn on the neck", .searchable = true},
    {.name = "description", .type = Type::long_text, .help = "what it shows", .example = "Two round marks.", .searchable = true},
    {.name = "type", .type = Type::term, .help = "kind of evidence", .example = "photograph", .vocabulary = Words::exhibit_type, .searchable = true},
    {.name = "copy_status", .type = Type::term, .help = "original or copy", .example = "original", .vocabulary = Words::copy_status},
    {.name = "derived_from", .type = Type::reference, .help = "exhibit that it was made from", .example = "E-7K3QD", .kinds = {Kind::exhibit}},
    {.name = "root", .type = Type::reference, .help = "exhibit at the beginning of the chain", .example = "E-7K3QD", .kinds = {Kind::exhibit}},
    {.name = "derived_from_sha256", .type = Type::text, .help = "digest (SHA-256) of the file that it was made from", .example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", .searchable = true},
    {.name = "derivation", .type = Type::text, .help = "how it was made from it", .example = "metadata removed", .searchable = true},
    {.name = "incident", .type = Type::reference, .help = "incident that it is about", .example = "I-7K3QD", .kinds = {Kind::incident}},
    {.name = "captured", .type = Type::edtf_date, .help = "when it was made", .example = "2019-12-23", .happened = true},
});
inline constexpr auto kExhibitMore = std::to_array<Field>({
    place("place", "where it was made"),
    {.name = "captured_by", .type = Type::text, .help = "who made it", .example = "the victim's brother", .identity = true, .searchable = true},
    {.name = "device", .type = Type::text, .help = "device that it was made with", .example = "telephone", .identity = true, .searchable = true},
    {.name = "collected", .type = Type::edtf_date, .help = "when it came to us", .example = "2019-12-24", .happened = true},
    {.name = "collected_by", .type = Type::text, .help = "who collected it", .example = "researcher 3", .identity = true, .searchable = true},
    {.name = "collected_from", .type = Type::reference, .help = "who gave it to us", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "handling", .type = Type::term, .help = "how it came to us", .example = "received", .vocabulary = Words::handling},
    {.name = "tool", .type = Type::text, .help = "tool and version that captured it", .example = "browser extension 1.2", .searchable = true},
    {.name = "source_url", .type = Type::url, .help = "where it was downloaded from", .example = "https://video.example/v/1", .searchable = true},
    {.name = "authorization", .type = Type::text, .help = "on which authority it was collected", .example = "consent of the owner"},
    {.name = "persons", .type = Type::reference_list, .help = "persons who are seen or heard", .example = "P-7K3QD", .kinds = {Kind::person}},
    {.name = "storage", .type = Type::text, .help = "where a physical object is kept", .example = "safe 2, shelf 4", .searchable = true},
    {.name = "file_name", .type = Type::text, .help = "name of the file as it came", .example = "IMG_0001.jpg", .identity = true, .searchable = true},
    {.name = "media_type", .type = Type::text, .help = "what kind of file it is", .example = "image/jpeg"},
    {.name = "size", .type = Type::integer, .help = "bytes of the file", .example = "123456", .min = 0, .max = kIntegerMax},
    {.name = "sha256", .type = Type::text, .help = "the file's SHA-256, 64 hexadecimal digits", .example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", .searchable = true},
    {.name = "metadata", .type = Type::long_text, .help = "what the file's metadata say", .example = "GPS position: none", .identity = true, .searchable = true},
    {.name = "transcript", .type = Type::long_text, .help = "words that are heard or seen", .example = "(a man shouts)", .searchable = true},
});
inline constexpr auto kExhibit =
    joined(joined(joined(joined(joined(kExhibitOwn, kAsGiven), kTimeOfDay), kExhibitMore), kOfCase), kEveryKind);
inline constexpr auto kExhibitAnyOf =
    std::to_array<std::string_view>({"number", "title", "description", "file_name"});

inline constexpr auto kShownExhibit = std::to_array<Field>({
    {.name = "exhibit", .type = Type::reference, .help = "cleaned exhibit that the text shows by its handle", .example = "E-7K3QD", .kinds = {Kind::exhibit}, .required = true},
    {.name = "alt", .type = Type::text, .help = "what is seen, for readers who cannot see it", .example = "Two round burns on a neck, side by side.", .required = true, .searchable = true},
    {.name = "caption", .type = Type::text, .help = "words below the picture, with handles instead of names", .example = "The neck of {P-7K3QD} on the day after.", .searchable = true},
});

inline constexpr auto kStatementTranslation = std::to_array<Field>({
    {.name = "language", .type = Type::language, .help = "language translated into", .example = "km", .required = true},
    {.name = "title", .type = Type::text, .help = "title in that language", .example = "Cessez le harcèlement", .required = true, .searchable = true},
    {.name = "body", .type = Type::long_text, .help = "text in that language, with the same handles", .example = "{P-7K3QD} a été agressé.", .required = true, .searchable = true},
    {.name = "exhibits", .type = Type::object_list, .help = "words for the pictures in that language", .example = R"({"exhibit":"E-7K3QD","alt":"Deux brûlures rondes au cou."})", .children = list(kShownExhibit)},
});

inline constexpr auto kStatementOwn = std::to_array<Field>({
    {.name = "index", .type = Type::text, .help = "index number of the publication", .example = "ASA 23/1632/2019", .searchable = true},
    {.name = "title", .type = Type::text, .help = "title", .example = "Stop harassment of exiles", .searchable = true},
    {.name = "subtitle", .type = Type::text, .help = "subtitle", .example = "Public statement", .searchable = true},
    {.name = "date", .type = Type::edtf_date, .help = "date of publication", .example = "2019-12-27"},
    {.name = "body", .type = Type::long_text, .help = "text in CommonMark, with handles such as {P-7K3QD} instead of names", .example = "{P-7K3QD} was attacked on {I-7K3QD:date}.", .searchable = true},
    {.name = "translations", .type = Type::object_list, .help = "the statement in other languages, to stand beside it", .example = R"({"language":"fr","title":"Cessez le harcèlement","body":"{P-7K3QD} a été agressé."})", .children = list(kStatementTranslation)},
    {.name = "exhibits", .type = Type::object_list, .help = "words for the pictures that the text shows", .example = R"({"exhibit":"E-7K3QD","alt":"Two round burns on a neck."})", .children = list(kShownExhibit)},
    {.name = "summary", .type = Type::long_text, .help = "in short", .example = "Calls for protection.", .searchable = true},
    {.name = "sources", .type = Type::reference_list, .help = "sources, in the order of the footnotes", .example = "D-7K3QD", .kinds = {Kind::source}},
    {.name = "plan", .type = Type::reference_map, .help = "how each person, place, date and exhibit appears", .example = R"({"P-7K3QD":"pseudonym"})", .vocabulary = Words::plan_appearance, .kinds = {Kind::person, Kind::incident, Kind::act, Kind::exhibit}},
    {.name = "organisation", .type = Type::text, .help = "who publishes", .example = "Example Watch", .searchable = true},
    {.name = "authors", .type = Type::text_list, .help = "authors as printed", .example = "Research department", .searchable = true},
    {.name = "contact", .type = Type::text, .help = "contact for readers, as printed", .example = "press@example.org"},
    {.name = "corrects", .type = Type::reference, .help = "statement that it corrects", .example = "S-7K3QD", .kinds = {Kind::statement}},
    {.name = "embargo", .type = Type::edtf_date, .help = "day before which it may not be published", .example = "2019-12-27"},
    {.name = "reviewers", .type = Type::text_list, .help = "who is to review it", .example = "legal desk"},
});
inline constexpr auto kStatement = joined(joined(kStatementOwn, kOfCase), kEveryKind);
inline constexpr auto kStatementAnyOf = std::to_array<std::string_view>({"title", "index", "body"});

// clang-format on

}  // namespace custos::vault::fields
