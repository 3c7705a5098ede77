// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/count.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "crypto/error.h"
#include "vault/analysis/field_path.h"
#include "vault/analysis/same_as.h"
#include "vault/records/describe.h"
#include "vault/records/text.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

struct Unit {
    std::string_view name;
    Kind read;              // records that are read
    const char* reference;  // the field that names the unit; null: the record is the unit
};

constexpr std::array kUnits = {
    Unit{"acts", Kind::act, nullptr},
    Unit{"victims", Kind::act, "victim"},
    Unit{"perpetrators", Kind::involvement, "perpetrator"},
    Unit{"incidents", Kind::incident, nullptr},
    Unit{"persons", Kind::person, nullptr},
    Unit{"involvements", Kind::involvement, nullptr},
    Unit{"testimonies", Kind::testimony, nullptr},
    Unit{"sources", Kind::source, nullptr},
    Unit{"interventions", Kind::intervention, nullptr},
    Unit{"exhibits", Kind::exhibit, nullptr},
    Unit{"consents", Kind::consent, nullptr},
    Unit{"cases", Kind::case_, nullptr},
    Unit{"statements", Kind::statement, nullptr},
};

const Unit& unit_named(const std::string& name) {
    const auto* const found = std::find_if(kUnits.begin(), kUnits.end(),
                                           [&](const Unit& unit) { return unit.name == name; });
    if (found != kUnits.end()) return *found;
    std::vector<std::string> names;
    for (const std::string_view each : countable()) names.emplace_back(each);
    throw Error{ErrorCode::usage, "cannot count \"" + harmless_excerpt(name) + "\"",
                "--of is " + either(names)};
}

std::optional<RecordId> id_in(const json& fields, const char* name) {
    const auto found = fields.find(name);
    if (found == fields.end() || !found->is_string()) return std::nullopt;
    return parse_id(found->get_ref<const std::string&>());
}

// The term, or the broader one of the level asked for.
std::string rolled_up(const Schema& schema, const Field& field, std::string key, int levels) {
    if (levels <= 0 || field.vocabulary == VocabularyId::none) return key;
    const Vocabulary& words = schema.vocabulary(field.vocabulary);
    std::vector<std::string> chain = {key};
    for (const Term* term = find_term(words, key); term != nullptr && !term->parent.empty();
         term = find_term(words, term->parent))
        chain.emplace_back(term->parent);
    const auto level = static_cast<std::size_t>(levels);
    return chain.size() <= level ? key : chain[chain.size() - level];
}

using Key = std::optional<std::string>;

// The units in one place. Those that can come again are remembered, the others only counted.
struct Tally {
    std::set<RecordId> units;
    std::uint64_t once = 0;
};

// Which units stand where. A cell is a pair of keys; without a second axis that key is empty.
struct Cells {
    std::map<std::pair<Key, Key>, Tally> inner;
    std::map<Key, Tally> rows;
    std::map<Key, Tally> columns;
    Tally all;
};

class Counter {
public:
    Counter(const Vault& vault, const CountQuery& query)
        : vault_(vault), query_(query), unit_(unit_named(query.of)), same_(vault) {
        if (query.by.size() > kAxesMax)
            throw Error{ErrorCode::usage,
                        "counting by more than two fields at once is not possible"};
        for (const std::string& path : query.by) by_.emplace_back(vault, unit_.read, path);
        for (const std::string& expression : query.where)
            where_.emplace_back(vault, unit_.read, expression);
    }

    Counts run() {
        if (unit_.read == Kind::act && !same_.empty()) join_same_acts();
        each_record(vault_, unit_.read, [&](const Record& record) {
            if (record.state != State::live || record.fields.is_null()) return;
            if (std::all_of(where_.begin(), where_.end(),
                            [&](PathFilter& filter) { return filter.matches(record); }))
                count(record);
        });
        return finished();
    }

private:
    // Acts of one type against one victim in two incidents that are the same.
    void join_same_acts() {
        struct Seen {
            RecordId act;                  // the first
            std::set<RecordId> incidents;  // the records of the incident that have such an act
        };
        std::map<std::tuple<RecordId, RecordId, std::string>, Seen> first;
        each_record(vault_, Kind::act, [&](const Record& act) {
            if (act.state != State::live || act.fields.is_null()) return;
            const auto incident = id_in(act.fields, "incident");
            const auto victim = id_in(act.fields, "victim");
            if (!incident || !victim) return;
            const std::tuple key{same_.of(*incident), same_.of(*victim),
                                 act.fields.value("type", std::string())};
            // The first act in each record of the incident stands for one in another; a second one
            // in the same record was a second act.
            Seen& seen = first.try_emplace(key, Seen{act.id, {}}).first->second;
            if (seen.incidents.insert(*incident).second) same_.join(seen.act, act.id);
        });
    }

    std::set<Key> keys_of(std::size_t axis, const Record& record) {
        std::set<Key> keys;
        for (std::string& value : by_[axis].values_of(record))
            keys.insert(
                rolled_up(vault_.schema(), by_[axis].field(), std::move(value), query_.levels));
        if (keys.empty()) keys.insert(std::nullopt);
        return keys;
    }

    void count(const Record& record) {
        RecordId own = record.id;
        if (unit_.reference != nullptr) {
            const auto named = id_in(record.fields, unit_.reference);
            if (!named) {
                ++result_.without_unit;
                return;
            }
            own = *named;
        }
        const RecordId unit = same_.of(own);
        note_size(own, unit, record);
        if (!comes_once()) owns_.insert(own);
        add(cells_.all, unit);
        if (by_.empty()) return;
        const std::set<Key> rows = keys_of(0, record);
        const std::set<Key> columns = by_.size() > 1 ? keys_of(1, record) : std::set<Key>{Key()};
        for (const Key& row : rows) {
            add(cells_.rows[row], unit);
            for (const Key& column : columns) add(cells_.inner[{row, column}], unit);
        }
        for (const Key& column : columns) add(cells_.columns[column], unit);
    }

    // A record that nothing is the same as is read once, so it need not be remembered.
    [[nodiscard]] bool comes_once() const { return unit_.reference == nullptr && same_.empty(); }

    void add(Tally& tally, const RecordId& unit) const {
        if (comes_once()) {
            tally.once += size_of(unit);
        } else {
            tally.units.insert(unit);
        }
    }

    // How many a person's record stands for.
    void note_size(const RecordId& own, const RecordId& unit, const Record& record) {
        if (own.kind != Kind::person) return;
        if (!comes_once() && !sized_.insert(own).second) return;
        json fields = record.fields;
        if (own != record.id) {
            try {
                fields = get_record(vault_, own).fields;
            } catch (const Error& error) {
                if (error.code() != ErrorCode::not_found) throw;
            }
        }
        if (!fields.is_object()) return;
        const std::string counting = fields.value("counting_unit", std::string("individual"));
        const bool sized = fields.contains("group_size");
        if (counting == "individual" && !sized) return;
        auto& [size, known] = sizes_[unit];
        if (sized) size = std::max(size, fields["group_size"].get<std::uint64_t>());
        known = known || sized;
    }

    std::uint64_t size_of(const RecordId& unit) const {
        const auto found = sizes_.find(unit);
        return found == sizes_.end() ? 1 : std::max<std::uint64_t>(1, found->second.first);
    }

    std::uint64_t sum(const Tally& tally) const {
        if (sizes_.empty()) return tally.once + tally.units.size();
        std::uint64_t total = tally.once;
        for (const RecordId& unit : tally.units) total += size_of(unit);
        return total;
    }

    std::string titled(const std::string& code) const {
        const Record record = get_record(vault_, resolve(vault_, code));
        return record.fields.is_null() ? code
                                       : title_of(vault_.schema(), record.id.kind, record.fields);
    }

    CountAxis axis_of(std::size_t number, const std::map<Key, Tally>& found) {
        const FieldPath& path = by_[number];
        if (found.size() > kAxisValuesMax) {
            throw Error{ErrorCode::refused,
                        "cannot count by " + path.text() + ": it has " +
                            std::to_string(found.size()) + " values",
                        "choose some with --where, or count by a field with fewer values"};
        }
        CountAxis axis{path.text(), {}};
        const VocabularyId words = path.field().vocabulary;
        const bool is_reference = path.field().type == FieldType::reference ||
                                  path.field().type == FieldType::reference_list;
        std::vector<std::pair<std::uint64_t, Key>> order;
        for (const auto& [key, units] : found) order.emplace_back(sum(units), key);
        const bool by_key = path.is_dated() || path.field().type == FieldType::edtf_date ||
                            path.field().type == FieldType::integer;
        std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
            if (a.second.has_value() != b.second.has_value()) return a.second.has_value();
            return !by_key && a.first > b.first;
        });
        for (auto& [units, key] : order) {
            std::string label = key ? *key : std::string("not said");
            if (key && words != VocabularyId::none)
                label = label_of(vault_.schema().vocabulary(words), *key);
            if (key && is_reference) label = titled(*key);
            axis.values.push_back({std::move(key), std::move(label)});
        }
        return axis;
    }

    Counts finished() {
        result_.of = query_.of;
        if (!by_.empty()) result_.axes.push_back(axis_of(0, cells_.rows));
        if (by_.size() > 1) result_.axes.push_back(axis_of(1, cells_.columns));
        fill_table();
        result_.duplicates = owns_.size() - cells_.all.units.size();
        result_.hidden = hidden_counts(result_.table, query_.suppress_below);
        for (const auto& [unit, size] : sizes_) {
            if (!comes_once() && !cells_.all.units.contains(unit)) continue;
            ++(size.second ? result_.groups : result_.groups_unknown);
        }
        return std::move(result_);
    }

    void fill_table() {
        CountTable& table = result_.table;
        table.rows = by_.empty() ? 0 : result_.axes[0].values.size();
        table.columns = by_.size() > 1 ? result_.axes[1].values.size() : 0;
        table.counts.assign((table.rows + 1) * table.width(), 0);
        const std::uint64_t total = sum(cells_.all);
        table.counts.back() = total;
        std::uint64_t in_rows = 0;
        for (std::size_t r = 0; r < table.rows; ++r) {
            const Key& row = result_.axes[0].values[r].key;
            const std::uint64_t of_row = sum(cells_.rows.at(row));
            in_rows += of_row;
            table.counts[r * table.width() + table.columns] = of_row;
            for (std::size_t c = 0; c < table.columns; ++c) {
                const auto found = cells_.inner.find({row, result_.axes[1].values[c].key});
                if (found != cells_.inner.end())
                    table.counts[r * table.width() + c] = sum(found->second);
            }
        }
        std::uint64_t in_columns = 0;
        for (std::size_t c = 0; c < table.columns; ++c) {
            const std::uint64_t of_column = sum(cells_.columns.at(result_.axes[1].values[c].key));
            in_columns += of_column;
            table.counts[table.rows * table.width() + c] = of_column;
        }
        result_.overlapping =
            (table.rows > 0 && in_rows != total) || (table.columns > 0 && in_columns != total);
    }

    const Vault& vault_;
    const CountQuery& query_;
    const Unit& unit_;
    SameAs same_;
    std::vector<FieldPath> by_;
    std::vector<PathFilter> where_;
    Counts result_;
    Cells cells_;
    std::set<RecordId> owns_;  // before those that are the same became one
    std::set<RecordId> sized_;
    // Groups: their size, and whether it is known.
    std::map<RecordId, std::pair<std::uint64_t, bool>> sizes_;
};

}  // namespace

std::vector<std::string_view> countable() {
    std::vector<std::string_view> names;
    for (const Unit& unit : kUnits) names.push_back(unit.name);
    return names;
}

Counts count_units(const Vault& vault, const CountQuery& query) {
    return Counter(vault, query).run();
}

}  // namespace custos::vault::analysis
