// SPDX-License-Identifier: GPL-3.0-or-later
// Fields for the tests: the samples of docs/design.md, filled in, one of each kind.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/schema.h"

namespace custos::vault {

// Ids of each kind that the tests' resolver knows: "P-00000…" and so on.
inline RecordId sample_id(Kind kind) {
    RecordId id{kind, {}};
    id.bytes[15] = static_cast<std::uint8_t>(static_cast<unsigned>(kind) + 1);
    return id;
}
inline std::string sample_text(Kind kind) { return to_text(sample_id(kind)); }

// Knows one record of each kind, by its full id and by "X-1".
inline Resolved resolve_sample(std::string_view text) {
    const auto query = parse_id_query(text);
    if (!query) return {};
    if (query->digits == "1" || query->matches(sample_id(query->kind)))
        return {sample_id(query->kind), {}};
    if (query->digits == "2") return {std::nullopt, {"P-2AAAA", "P-2BBBB"}};
    return {};
}

inline Checked check_sample(Kind kind, const nlohmann::json& given) {
    return check_fields(builtin_schema(), kind, given, resolve_sample);
}

// The problems as text, for comparison.
inline std::vector<std::string> problems_in(Kind kind, const nlohmann::json& given) {
    std::vector<std::string> texts;
    for (const Problem& problem : check_sample(kind, given).problems)
        texts.push_back(to_text(problem));
    return texts;
}

inline std::vector<std::pair<Kind, nlohmann::json>> design_samples() {
    const auto parse = [](const char* text) { return nlohmann::json::parse(text); };
    return {
        {Kind::case_, parse(R"({"title":"Exiles under pressure"})")},
        {Kind::person,
         parse(
             R"({"names":[{"text":"សុខ ដារា","kind":"legal","language":"km"},{"text":"Sok Dara","kind":"common"},
            {"text":"Kite","kind":"alias"},{"text":"Heron","kind":"codename"}],
            "aliases":["Bong Ra"], "counting_unit":"individual", "protection":"P3", "role":"activist",
            "identifiers":[{"type":"passport","number":"N00000000"}], "contacts":[{"type":"phone","value":"+855 00 000 000"}],
            "country":"KH", "notes":"…"})")},
        {Kind::incident,
         parse(
             R"({"title":"Attempted abduction", "summary":"Two men, one van.", "date":"2019-12-22", "time":"21:30",
            "time_precision":"approximate", "timezone":"Asia/Bangkok", "place":{"text":"กรุงเทพฯ","country":"TH","admin1":"Bangkok",
            "lat":"13.75","lon":"100.50","uncertainty_m":5000,"publish_precision":"district"}, "case":"C-1", "protection":"P1",
            "language":"en", "tags":["exile"]})")},
        {Kind::act,
         parse(R"({"incident":"I-1", "victim":"P-1", "type":"abduction", "completion":"attempted",
            "methods":["electric_shock"], "consequences":"burns", "date":"2019-12-22", "place":{"country":"TH"}})")},
        {Kind::involvement,
         parse(
             R"({"act":"A-1", "perpetrator":"P-1", "degree":"direct", "perpetrator_type":"unknown", "basis":"seen"})")},
        {Kind::testimony,
         parse(R"({"incident":"I-1", "witness":"P-1", "given":"2019-12-24", "language":"km",
            "interviewer":"researcher 3", "interpreter":"interpreter 2",
            "paragraphs":[{"text":"ខ្ញុំដើរទៅផ្ទះ","basis":"own_knowledge"},{"text":"គេប្រាប់ខ្ញុំ","basis":"hearsay"}],
            "translations":[{"language":"en","paragraphs":[{"text":"I was walking home."},{"text":"I was told."}]}],
            "protection":"P3"})")},
        {Kind::source,
         parse(
             R"({"title":"Passports declared void", "type":"news_item", "publisher":"Example Daily", "date":"2019-11",
            "url":"https://news.example/void", "summary":"The decree."})")},
        {Kind::intervention,
         parse(
             R"({"type":"public_statement", "date":"2019-12-27", "party":"our office", "response":"awaited"})")},
        {Kind::exhibit,
         parse(
             R"({"number":"EX-1", "title":"Burn on the neck", "type":"photograph", "captured":"2019-12-23"})")},
        {Kind::consent, parse(R"({"person":"P-1", "given":"2019-12-24", "method":"verbal",
            "scopes":{"publish_anonymous":"granted", "publish_named":"refused"}, "valid_until":"2024-12-24"})")},
        {Kind::statement,
         parse(
             R"({"index":"ASA 23/1632/2019", "title":"Stop harassment", "date":"2019-12-27", "language":"en",
            "body":"{P-1} was attacked.\n\nSecond paragraph.", "sources":["D-1"], "plan":{"P-1":"pseudonym"}})")},
    };
}

}  // namespace custos::vault
