// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/known_records.h"

#include <algorithm>

#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

KnownRecord described(const vault::Vault& vault, const vault::RecordId& id) {
    const vault::Record record = vault::get_record(vault, id);
    return {id, record.code + "  " + vault::title_of(vault.schema(), id.kind, record.fields)};
}

std::vector<vault::Kind> kinds_in(vault::KindSet set) {
    std::vector<vault::Kind> kinds;
    for (const vault::KindRow& row : vault::kKinds) {
        if (set.contains(row.kind)) kinds.push_back(row.kind);
    }
    return kinds;
}

// Every word, as far as it was typed, and nothing of the query language.
std::string words_begun(std::string_view text) {
    std::string query;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string word(text.substr(0, end));
        word.erase(std::remove(word.begin(), word.end(), '"'), word.end());
        if (!word.empty()) query += (query.empty() ? "\"" : " \"") + word + "\"*";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return query;
}

void add_newest(std::vector<KnownRecord>& found, const vault::Vault& vault, vault::Kind kind,
                std::size_t limit) {
    vault::ListQuery query;
    query.kind = kind;
    query.sort = "-created";
    query.limit = limit;
    for (const vault::Record& record : vault::list_records(vault, query).items)
        found.push_back(
            {record.id, record.code + "  " + vault::title_of(vault.schema(), kind, record.fields)});
}

void add_hits(std::vector<KnownRecord>& found, const vault::Vault& vault, vault::Kind kind,
              std::string_view text, std::size_t limit) {
    vault::RecordSearch search;
    search.text = words_begun(text);
    search.kind = kind;
    search.limit = limit;
    for (const vault::FoundRecord& hit : vault::search_records(vault, search).hits)
        found.push_back(described(vault, hit.id));
}

}  // namespace

std::vector<KnownRecord> VaultRecords::find(vault::KindSet kinds, std::string_view text,
                                            std::size_t limit) {
    const vault::Vault vault = reopener_.open(vault::Access::read);
    if (const auto query = vault::parse_id_query(text); query && kinds.contains(query->kind)) {
        try {
            return {described(vault, vault::resolve(vault, text))};
        } catch (const Error& error) {  // no such code: perhaps it is a word
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
        }
    }
    std::vector<KnownRecord> found;
    for (const vault::Kind kind : kinds_in(kinds)) {
        if (text.empty()) {
            add_newest(found, vault, kind, limit);
        } else {
            add_hits(found, vault, kind, text, limit);
        }
    }
    if (found.size() > limit) found.resize(limit);
    return found;
}

KnownRecord VaultRecords::known(const vault::RecordId& id) {
    return described(reopener_.open(vault::Access::read), id);
}

}  // namespace custos::cli
