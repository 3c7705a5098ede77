// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of the store: many records at a time.
#include <algorithm>

#include "crypto/error.h"
#include "vault/records/codes.h"
#include "vault/records/date.h"
#include "vault/records/describe.h"
#include "vault/records/filter.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/records/text.h"
#include "vault/search/index.h"
#include "vault/search/query.h"
#include "vault/search/tokenizer.h"

namespace custos::vault {

namespace {

// Records of a case: what refers or links to it, and what refers to that, some steps on.
constexpr const char* kFindText = R"sql(
WITH RECURSIVE of_case(id, depth) AS (
    SELECT ?2, 0 WHERE ?2 IS NOT NULL
    UNION
    SELECT record.id, of_case.depth + 1 FROM of_case
        JOIN (SELECT from_row, to_id FROM reference UNION ALL SELECT from_row, to_id FROM link) AS edge
            ON edge.to_id = of_case.id
        JOIN record ON record.row = edge.from_row
        WHERE of_case.depth < 4
)
SELECT record.id, record.code, bm25(record_text, 4.0, 1.0)
FROM record_text JOIN record ON record.row = record_text.rowid
WHERE record_text MATCH ?1 AND record.state = 0
    AND (?2 IS NULL OR record.id IN (SELECT id FROM of_case))
    AND (?3 < 0 OR record.kind = ?3)
    AND (?4 = '' OR EXISTS (SELECT 1 FROM facet WHERE facet.row = record.row AND facet = 'country'
                            AND value = ?4))
    AND (?5 = '' OR EXISTS (SELECT 1 FROM facet WHERE facet.row = record.row AND facet = 'language'
                            AND (value = ?5 OR substr(value, 1, length(?5) + 1) = ?5 || '-')))
    AND (?6 IS NULL OR record.date_max >= ?6)
    AND (?7 IS NULL OR record.date_min <= ?7)
ORDER BY bm25(record_text, 4.0, 1.0), record.row
)sql";

struct Found {
    RecordId id;
    std::string code;
    double rank = 0;
};

std::optional<std::int64_t> day_bound(const std::string& text, bool last) {
    if (text.empty()) return std::nullopt;
    const ParsedDate parsed = parse_date(text);
    if (!parsed.date) {
        throw Error{
            ErrorCode::usage,
            "cannot read the date \"" + harmless_excerpt(text) + "\": " + parsed.refusal.why,
            parsed.refusal.instead.empty() ? "write 2019, 2019-11 or 2019-11-29"
                                           : "did you mean " + parsed.refusal.instead + "?"};
    }
    return last ? parsed.date->bounds.max : parsed.date->bounds.min;
}

std::string canonical(const std::string& text, std::optional<std::string> (*read)(std::string_view),
                      const char* what) {
    if (text.empty()) return {};
    if (auto code = read(text)) return *code;
    throw Error{ErrorCode::usage,
                "there is no " + std::string(what) + " \"" + harmless_excerpt(text) + "\""};
}

FoundRecord described(const Vault& vault, const Found& found, Tokenizer& tokenizer,
                      const SearchQuery& query) {
    const Record record = get_record(vault, found.id);
    std::string text;
    for (const FieldText& part : searchable_text(vault.schema(), record.id.kind, record.fields)) {
        text.append(part.text).append("\n");
    }
    FoundRecord out;
    out.id = found.id;
    out.code = found.code;
    out.title = title_of(vault.schema(), record.id.kind, record.fields);
    out.snippet = make_snippet(tokenizer, text, query);
    out.score = -found.rank;
    return out;
}

// ---- lists
// ---------------------------------------------------------------------------------------

std::string sort_key(const Record& record, const std::string& by) {
    if (by == "created") return utc_text(record.created);
    if (by == "updated") return utc_text(record.updated);
    if (by == "code" || by == "id") return record.code;
    if (by == "date") {
        const auto dates = sort_dates(record.id.kind, record.fields);
        // Offset so that all are positive and of one length; records without a date come last.
        return dates ? std::to_string(10'000'000 + dates->min) : "9";
    }
    return field_text(record.fields, by);
}

bool is_own_sort(const std::string& by) {
    return by == "created" || by == "updated" || by == "code" || by == "id" || by == "date";
}

void sort_records(const Schema& schema, std::vector<Record>& records, const ListQuery& query) {
    std::string by = query.sort;
    const bool reversed = by.starts_with('-');
    if (reversed) by.erase(0, 1);
    if (!is_own_sort(by)) {
        if (!query.kind) throw Error{ErrorCode::usage, "sorting by a field needs a kind of record"};
        require_path(schema, *query.kind, by);
    }
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < records.size(); ++i) keys.emplace_back(sort_key(records[i], by), i);
    std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
        return reversed ? b.first < a.first : a.first < b.first;
    });
    std::vector<Record> sorted;
    sorted.reserve(records.size());
    for (const auto& [key, index] : keys) sorted.push_back(std::move(records[index]));
    records = std::move(sorted);
}

// In order of creation, without filter: only the page that is shown is read.
ListResult plain_page(const Vault& vault, const ListQuery& query) {
    const int kind = query.kind ? static_cast<int>(*query.kind) : -1;
    const int state = static_cast<int>(query.state);
    ListResult result;
    {
        Query count(vault.database(),
                    "SELECT count(*) FROM record WHERE (?1 < 0 OR kind = ?1) AND state = ?2");
        count.bind(kind, state).step();
        result.total = static_cast<std::size_t>(count.integer(0));
    }
    std::vector<RecordId> ids;
    {
        Query page(vault.database(),
                   "SELECT id FROM record WHERE (?1 < 0 OR kind = ?1) AND state = ?2 "
                   "ORDER BY row LIMIT ?3 OFFSET ?4");
        page.bind(kind, state,
                  query.limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(query.limit),
                  query.offset);
        while (page.step()) ids.push_back(id_of_key(page.blob(0)));
    }
    for (const RecordId& id : ids) result.items.push_back(get_record(vault, id));
    return result;
}

}  // namespace

FoundRecords search_records(const Vault& vault, const RecordSearch& search) {
    Tokenizer tokenizer;
    const SearchQuery query = parse_search(tokenizer, search.text);
    std::optional<IdKey> of_case;
    if (search.about_case) of_case = key_of(*search.about_case);

    FoundRecords result;
    std::vector<Found> page;
    {
        Query rows(vault.database(), kFindText);
        rows.bind(query.match, of_case, search.kind ? static_cast<int>(*search.kind) : -1,
                  canonical(search.country, country_code, "country"),
                  canonical(search.language, language_tag, "language"),
                  day_bound(search.from, false), day_bound(search.to, true));
        while (rows.step()) {
            const bool wanted =
                result.total >= search.offset && (search.limit == 0 || page.size() < search.limit);
            if (wanted)
                page.push_back({id_of_key(rows.blob(0)), std::string(rows.text(1)), rows.real(2)});
            ++result.total;
        }
    }
    for (const Found& found : page)
        result.hits.push_back(described(vault, found, tokenizer, query));
    return result;
}

ListResult list_records(const Vault& vault, const ListQuery& query) {
    if (query.where.empty() && query.sort.empty()) return plain_page(vault, query);
    if (!query.kind && !query.where.empty()) {
        throw Error{ErrorCode::usage, "a filter needs a kind of record",
                    "custos list KIND --where FIELD=VALUE"};
    }
    std::vector<Filter> filters;
    for (const std::string& expression : query.where)
        filters.emplace_back(vault, *query.kind, expression);

    std::vector<Record> kept;
    each_record(vault, query.kind, [&](const Record& record) {
        if (record.state != query.state || record.fields.is_null()) return;
        const bool fits = std::all_of(filters.begin(), filters.end(),
                                      [&](const Filter& filter) { return filter.matches(record); });
        if (fits) kept.push_back(record);
    });
    if (!query.sort.empty()) sort_records(vault.schema(), kept, query);

    ListResult result;
    result.total = kept.size();
    for (std::size_t i = query.offset; i < kept.size(); ++i) {
        if (query.limit != 0 && result.items.size() == query.limit) break;
        result.items.push_back(std::move(kept[i]));
    }
    return result;
}

}  // namespace custos::vault
