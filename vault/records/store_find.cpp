// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of the store: full-text search. The filters give a set of rows; the hits of
// FTS5 are counted in it, and the best of them are kept.
#include <algorithm>

#include "crypto/error.h"
#include "vault/db/reading.h"
#include "vault/records/codes.h"
#include "vault/records/describe.h"
#include "vault/records/index.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/records/text.h"
#include "vault/records/timeline.h"
#include "vault/records/value_index.h"
#include "vault/records/vocabulary.h"
#include "vault/search/fold_text.h"
#include "vault/search/index.h"
#include "vault/search/query.h"
#include "vault/search/tokenizer.h"

namespace custos::vault {

namespace {

struct Hit {
    double rank = 0;  // of bm25(): lower is better
    std::int64_t row = 0;
    auto operator<=>(const Hit&) const = default;
};

// The best `size` hits; 0: all.
class BestHits {
public:
    explicit BestHits(std::size_t size) : size_(size) {}

    void add(const Hit& hit) {
        if (size_ == 0 || hits_.size() < size_) {
            hits_.push_back(hit);
            if (size_ != 0) std::push_heap(hits_.begin(), hits_.end());
        } else if (hit < hits_.front()) {
            std::pop_heap(hits_.begin(), hits_.end());
            hits_.back() = hit;
            std::push_heap(hits_.begin(), hits_.end());
        }
    }
    std::vector<Hit> sorted() {
        std::sort(hits_.begin(), hits_.end());
        return std::move(hits_);
    }

private:
    std::size_t size_;
    std::vector<Hit> hits_;
};

std::string canonical(const std::string& text, std::optional<std::string> (*read)(std::string_view),
                      const char* what) {
    if (auto code = read(text)) return *code;
    throw Error{ErrorCode::usage,
                "there is no " + std::string(what) + " \"" + harmless_excerpt(text) + "\""};
}

// Records with this term, or a narrower one, in any field: by key, label or HURIDOCS code, of which
// the beginning is enough.
RowSet rows_with_term(const Vault& vault, const std::string& text) {
    RowSet rows;
    bool known = false;
    for (const Vocabulary& each : vault.schema().vocabularies()) {
        std::vector<std::string_view> keys;
        if (const Term* term = find_written_term(each, text)) keys.push_back(term->key);
        for (const Term& term : each.terms) {
            if (!term.huridocs.empty() && term.huridocs.starts_with(text)) keys.push_back(term.key);
        }
        for (const std::string_view key : keys) {
            known = true;
            for (const std::string_view narrower : with_narrower(each, key))
                rows |= rows_with(vault.database(), kTermPath, narrower);
        }
    }
    if (known) return rows;
    throw Error{ErrorCode::usage, "there is no term \"" + harmless_excerpt(text) + "\"",
                "custos schema lists the vocabularies"};
}

// Tags, folded, of every kind.
RowSet rows_with_tag(Database& database, const std::string& tag) {
    TextFolder folder;
    RowSet rows;
    for (const KindRow& each : kKinds) {
        if (const auto path = find_path(database, each.kind, "tags"))
            rows |= rows_with(database, *path, value_text(folder.fold(tag)));
    }
    return rows;
}

RowSet searched_rows(const Vault& vault, const RecordSearch& search) {
    Database& database = vault.database();
    RowSet rows = rows_in_state(database, search.kind, State::live);
    if (search.about_case) rows &= rows_of_case(vault, *search.about_case);
    if (!search.country.empty())
        rows &=
            rows_with(database, kCountryPath, canonical(search.country, country_code, "country"));
    if (!search.language.empty()) {
        const std::string tag = canonical(search.language, language_tag, "language");
        RowSet spoken = rows_with(database, kLanguagePath, tag);
        spoken |= rows_between(database, kLanguagePath, tag + "-", tag + ".");
        rows &= spoken;
    }
    if (!search.tag.empty()) rows &= rows_with_tag(database, search.tag);
    if (!search.term.empty()) rows &= rows_with_term(vault, search.term);
    return rows_dated(database, std::move(rows), search.from, search.to);
}

FoundRecord described(const Vault& vault, const Hit& hit, Tokenizer& tokenizer,
                      const SearchQuery& query) {
    const Record record = get_record(vault, id_at(vault.database(), hit.row));
    std::string text;
    for (const FieldText& part : searchable_text(vault.schema(), record.id.kind, record.fields)) {
        text.append(part.text).append("\n");
    }
    FoundRecord out;
    out.id = record.id;
    out.code = record.code;
    out.title = title_of(vault.schema(), record.id.kind, record.fields);
    out.snippet = make_snippet(tokenizer, text, query);
    out.score = -hit.rank;
    return out;
}

}  // namespace

FoundRecords search_records(const Vault& vault, const RecordSearch& search) {
    Tokenizer tokenizer;
    const SearchQuery query = parse_search(tokenizer, search.text);
    vault.index().flush();
    const Reading reading(vault.database());
    const RowSet among = searched_rows(vault, search);

    FoundRecords result;
    BestHits best(search.limit == 0 ? 0 : search.offset + search.limit);
    {
        Query rows(vault.database(),
                   "SELECT rowid, bm25(record_text, 4.0, 1.0) FROM record_text "
                   "WHERE record_text MATCH ?");
        rows.bind(query.match);
        while (rows.step()) {
            if (!among.contains(rows.integer(0))) continue;
            best.add({rows.real(1), rows.integer(0)});
            ++result.total;
        }
    }
    const std::vector<Hit> hits = best.sorted();
    for (std::size_t i = search.offset; i < hits.size(); ++i)
        result.hits.push_back(described(vault, hits[i], tokenizer, query));
    return result;
}

}  // namespace custos::vault
