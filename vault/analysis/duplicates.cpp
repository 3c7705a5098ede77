// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/duplicates.h"

#include <algorithm>
#include <map>
#include <set>

#include "vault/analysis/likeness.h"
#include "vault/db/database.h"
#include "vault/records/describe.h"
#include "vault/records/name_keys.h"
#include "vault/records/rows.h"

namespace custos::vault::analysis {
namespace {

// A key that more records than this share says nothing: the day of a mass event, a common name.
constexpr std::size_t kSharersMax = 100;
// That are compared in the list of a whole vault: some seconds.
constexpr std::size_t kPairsMax = 200'000;

// Whether one names the other or is linked to it: somebody knows of both.
bool know_each_other(const Schema& schema, const Record& a, const Record& b) {
    const auto names = [&](const Record& from, const RecordId& to) {
        const auto named = references(schema, from.id.kind, from.fields);
        return std::any_of(named.begin(), named.end(),
                           [&](const FieldReference& each) { return each.to == to; }) ||
               std::any_of(from.links.begin(), from.links.end(),
                           [&](const Link& link) { return link.to == to; });
    };
    return names(a, b.id) || names(b, a.id);
}

std::vector<RecordId> candidates(const Vault& vault, NameReader& reader, const Record& record) {
    std::set<RecordId> ids;
    // CROSS JOIN: by key, of which few records have one; never through all persons.
    Query sharers(vault.database(),
                  "SELECT record.id FROM likeness CROSS JOIN record ON record.row = likeness.row "
                  "WHERE likeness.key = ? AND record.kind = ? AND record.state = 0 LIMIT ?");
    for (const std::string& key : likenesses_near(reader, record.id.kind, record.fields)) {
        sharers.bind(key, static_cast<int>(record.id.kind), kSharersMax);
        while (sharers.step()) ids.insert(id_of_key(sharers.blob(0)));
        if (ids.size() > kCandidatesMax) break;
    }
    ids.erase(record.id);
    return {ids.begin(), ids.end()};
}

// One record, read once, to be compared with many.
class Comparison {
public:
    Comparison(const Vault& vault, NameReader& reader, const RecordId& id)
        : vault_(vault), reader_(reader), record_(get_record(vault, id)) {
        if (id.kind == Kind::person) signs_ = signs_of(reader, record_.fields);
    }
    [[nodiscard]] const Record& record() const { return record_; }

    [[nodiscard]] std::optional<Lookalike> with(const RecordId& id) const {
        const Record other = get_record(vault_, id);
        const Schema& schema = vault_.schema();
        if (other.fields.is_null()) return std::nullopt;
        Likeness found = id.kind == Kind::person
                             ? likeness_of(signs_, signs_of(reader_, other.fields))
                             : likeness_of_incidents(reader_, record_.fields, other.fields);
        if (found.score < kLikenessLeast || know_each_other(schema, record_, other))
            return std::nullopt;
        return Lookalike{other.id, other.code, title_of(schema, id.kind, other.fields), found.score,
                         std::move(found.why)};
    }

private:
    const Vault& vault_;
    NameReader& reader_;
    Record record_;
    PersonSigns signs_;
};

}  // namespace

bool can_have_duplicates(Kind kind) { return kind == Kind::person || kind == Kind::incident; }

std::vector<Lookalike> lookalikes_of(const Vault& vault, const RecordId& id) {
    std::vector<Lookalike> lookalikes;
    if (!can_have_duplicates(id.kind)) return lookalikes;
    NameReader reader;
    const Comparison comparison(vault, reader, id);
    if (comparison.record().fields.is_null()) return lookalikes;
    for (const RecordId& candidate : candidates(vault, reader, comparison.record())) {
        auto lookalike = comparison.with(candidate);
        if (lookalike) lookalikes.push_back(std::move(*lookalike));
    }
    std::stable_sort(lookalikes.begin(), lookalikes.end(),
                     [](const Lookalike& a, const Lookalike& b) { return a.score > b.score; });
    if (lookalikes.size() > kLookalikesMax) lookalikes.resize(kLookalikesMax);
    return lookalikes;
}

namespace {

using Groups = std::map<std::string, std::vector<RecordId>>;

// Who shares a key, by key.
Groups sharers_of(const Vault& vault, Kind kind) {
    Groups groups;
    Query keys(vault.database(),
               "SELECT likeness.key, record.id FROM likeness "
               "CROSS JOIN record ON record.row = likeness.row "
               "WHERE record.kind = ? AND record.state = 0 ORDER BY likeness.key, record.row");
    keys.bind(static_cast<int>(kind));
    while (keys.step()) groups[std::string(keys.text(0))].push_back(id_of_key(keys.blob(1)));
    return groups;
}

// With each day the days after it that are near, with each month its days.
Groups with_near_days(const Groups& exact) {
    Groups groups;
    const auto add = [&](const std::string& to, const std::string& key) {
        const auto found = exact.find(key);
        if (found == exact.end()) return;
        auto& group = groups[to];
        group.insert(group.end(), found->second.begin(), found->second.end());
    };
    for (const auto& [key, sharers] : exact) {
        if (const auto day = day_of_likeness(key)) {
            for (std::int64_t near = *day; near <= *day + kDaysAround; ++near)
                add(key, likeness_of_day(near));
            const std::string month = likeness_of_month(*day);
            if (exact.contains(month)) add(month, key);
        } else {
            add(key, key);
        }
    }
    return groups;
}

std::set<std::pair<RecordId, RecordId>> pairs_in(const Groups& groups, std::size_t& unseen) {
    std::set<std::pair<RecordId, RecordId>> pairs;
    for (const auto& [key, sharers] : groups) {
        if (sharers.size() > kSharersMax || pairs.size() > kPairsMax) {
            unseen += sharers.size();
            continue;
        }
        for (std::size_t i = 0; i < sharers.size(); ++i) {
            for (std::size_t j = i + 1; j < sharers.size(); ++j) {
                // Near days meet in either order.
                if (!pairs.contains({sharers[j], sharers[i]}) && sharers[i] != sharers[j])
                    pairs.emplace(sharers[i], sharers[j]);
            }
        }
    }
    return pairs;
}

}  // namespace

LookalikePairs all_lookalikes(const Vault& vault, Kind kind, std::size_t limit) {
    LookalikePairs result;
    Groups groups = sharers_of(vault, kind);
    if (kind == Kind::incident) groups = with_near_days(groups);
    NameReader reader;
    std::optional<Comparison> comparison;
    for (const auto& [first, second] : pairs_in(groups, result.unseen)) {
        if (!comparison || comparison->record().id != first)
            comparison.emplace(vault, reader, first);
        auto lookalike = comparison->with(second);
        if (!lookalike) continue;
        const Record& record = comparison->record();
        result.pairs.push_back({first, record.code, title_of(vault.schema(), kind, record.fields),
                                std::move(*lookalike)});
    }
    std::stable_sort(result.pairs.begin(), result.pairs.end(),
                     [](const auto& a, const auto& b) { return a.second.score > b.second.score; });
    if (limit > 0 && result.pairs.size() > limit) result.pairs.resize(limit);
    return result;
}

}  // namespace custos::vault::analysis
