// SPDX-License-Identifier: GPL-3.0-or-later
// custos search: finds records by their words.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kOptions = {
    Option{"kind", 'k', Takes::value, "KIND", "only this kind of record"},
    Option{"case", 'c', Takes::value, "ID", "only what belongs to this case"},
    Option{"lang", 'l', Takes::value, "LANGUAGE", "only in this language: km, en"},
    Option{"country", '\0', Takes::value, "CC", "only about this country: TH"},
    Option{"tag", '\0', Takes::value, "TAG", "only with this tag"},
    Option{"term", '\0', Takes::value, "TERM",
           "only with this term, or a narrower one, in any field"},
    Option{"from", '\0', Takes::value, "DATE", "not before this date"},
    Option{"to", '\0', Takes::value, "DATE", "not after this date"},
    Option{"limit", 'n', Takes::value, "N", "at most N hits (20)"},
    Option{"offset", '\0', Takes::value, "N", "leave out the first N"},
};

constexpr std::uint64_t kHitsDefault = 20;
constexpr std::uint64_t kHitsMax = 1'000'000;

vault::RecordSearch parse(const Arguments& arguments) {
    vault::RecordSearch search;
    for (const std::string& word : arguments.words())
        search.text += (search.text.empty() ? "" : " ") + word;
    if (const auto kind = arguments.maybe("kind")) search.kind = vault::require_kind(*kind);
    search.language = arguments.text("lang");
    search.country = arguments.text("country");
    search.tag = arguments.text("tag");
    search.term = arguments.text("term");
    search.from = arguments.text("from");
    search.to = arguments.text("to");
    search.limit = arguments.number("limit", kHitsDefault, kHitsMax);
    search.offset = arguments.number("offset", 0, kHitsMax);
    return search;
}

std::string plain_text(const vault::Snippet& snippet) {
    return (snippet.cut_before ? "… " : "") + snippet.text + (snippet.cut_after ? " …" : "");
}

// Hits with nothing but spaces between them are one: «electric shock».
std::vector<vault::Snippet::Hit> joined_hits(const vault::Snippet& snippet) {
    std::vector<vault::Snippet::Hit> hits;
    for (const auto& hit : snippet.hits) {
        const bool joins =
            !hits.empty() && snippet.text.find_first_not_of(' ', hits.back().end) >= hit.begin;
        if (joins) {
            hits.back().end = hit.end;
        } else {
            hits.push_back(hit);
        }
    }
    return hits;
}

std::vector<StyledText> pieces_of(const vault::Snippet& snippet) {
    std::vector<StyledText> pieces;
    if (snippet.cut_before) pieces.push_back({"… ", Style::faint});
    std::size_t at = 0;
    for (const auto& hit : joined_hits(snippet)) {
        pieces.push_back({snippet.text.substr(at, hit.begin - at), Style::plain});
        pieces.push_back({snippet.text.substr(hit.begin, hit.end - hit.begin), Style::hit});
        at = hit.end;
    }
    pieces.push_back({snippet.text.substr(at), Style::plain});
    if (snippet.cut_after) pieces.push_back({" …", Style::faint});
    return pieces;
}

void print(Context& context, const vault::FoundRecords& found) {
    for (const vault::FoundRecord& hit : found.hits) {
        context.out.line(hit.code + "  " + hit.title, Style::strong);
        if (!hit.snippet.text.empty()) context.out.line_of(pieces_of(hit.snippet), 4);
    }
    if (found.hits.empty()) context.talk.note("nothing was found");
    if (found.hits.size() < found.total) {
        context.talk.note(std::to_string(found.hits.size()) + " of " + std::to_string(found.total) +
                          " hits are shown");
    }
}

json json_of(const vault::FoundRecord& hit) {
    return {{"id", hit.code},
            {"kind", name_of(hit.id.kind)},
            {"title", hit.title},
            {"snippet", plain_text(hit.snippet)},
            {"score", hit.score}};
}

int search(Context& context, const Arguments& arguments) {
    vault::RecordSearch query = parse(arguments);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    if (const auto about = arguments.maybe("case"))
        query.about_case = vault::resolve(vault, *about);
    const vault::FoundRecords found = vault::search_records(vault, query);

    if (context.globals.jsonl) {
        for (const vault::FoundRecord& hit : found.hits) context.out.json_line(json_of(hit));
    } else if (context.globals.json) {
        json hits = json::array();
        for (const vault::FoundRecord& hit : found.hits) hits.push_back(json_of(hit));
        context.out.document(
            {{"schema", "custos.search/1"}, {"total", found.total}, {"hits", hits}});
    } else {
        print(context, found);
    }
    return 0;
}

}  // namespace

const Body kSearch = {
    search,
    kOptions,
    1,
    kAnyNumber,
    "Several words must all be there; \"custos help search\" has the whole language.\n"
    "What was found is bold, or in « » where there is no colour.\n"
    "\n"
    "    custos search abduction bangkok\n"
    "    custos search '\"electric shock\" OR taser' --country TH --from 2019-11\n"
    "    custos search ផ្ទះ --kind testimony --lang km\n"
    "    custos search prison --term torture --from 2019\n"
    "    custos search checkpoint --case C-4D2KM --json",
};

}  // namespace custos::cli
