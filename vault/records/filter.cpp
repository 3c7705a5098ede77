// SPDX-License-Identifier: GPL-3.0-or-later
// Answers a condition: by the index of values, or by a body.
#include "vault/records/filter.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "vault/records/rows.h"
#include "vault/records/value_index.h"
#include "vault/records/values.h"

namespace custos::vault {

using nlohmann::json;

namespace {

using Test = Condition::Test;
using Form = Condition::Form;
using std::string_view;

// The first text behind all that begin with `prefix`.
std::string behind(std::string prefix) {
    ++prefix.back();  // no UTF-8 ends in 0xff
    return prefix;
}

// "contacts.2.value" is kept at "contacts.value", and "plan.P-…" at "plan".
bool is_at(string_view stored, string_view path) {
    while (true) {
        const std::size_t dot = std::min(stored.find('.'), stored.size());
        const string_view part = stored.substr(0, dot);
        const bool number = part.find_first_not_of("0123456789") == string_view::npos;
        if (!number && !parse_id(part)) {
            if (!path.starts_with(part)) return false;
            path.remove_prefix(part.size());
            if (path.starts_with('.')) {
                path.remove_prefix(1);
            } else if (!path.empty()) {
                return false;
            }
        }
        if (dot == stored.size()) return path.empty();
        stored.remove_prefix(dot + 1);
    }
}

// ---- by the index ------------------------------------------------------------------------------

class Lookup {
public:
    Lookup(Database& database, const Condition& condition, bool& exact)
        : database_(database), condition_(condition), exact_(exact) {}

    // Those that match, or may; negation is not looked at.
    RowSet rows() {
        switch (condition_.test) {
            case Test::item: return item();
            case Test::link: return linked(condition_.role);
            case Test::about: return linked({});
            case Test::set: return set();
            default: break;
        }
        if (condition_.by_body) {
            exact_ = false;
            return set();
        }
        if (condition_.form == Form::date) return dates();
        if (condition_.form == Form::reference) return referring(condition_.path);
        const auto path = find_path(database_, condition_.kind, condition_.path);
        if (condition_.form == Form::long_text || is_map_entry()) {
            exact_ = false;
            return set();
        }
        RowSet found;
        if (path) {
            found |= numbers(*path);
            found |= texts(*path);
        }
        if (condition_.form == Form::own) found |= own(path);
        return found;
    }

private:
    // An entry of a map from records is in the body only.
    bool is_map_entry() const {
        const std::size_t dot = condition_.path.rfind('.');
        return dot != std::string::npos &&
               parse_id(string_view(condition_.path).substr(dot + 1)).has_value();
    }

    RowSet item() {
        exact_ = false;
        RowSet rows = set();
        for (const Condition& inner : condition_.inner) {
            if (inner.negated) continue;
            bool ignored = true;
            rows &= Lookup(database_, inner, ignored).rows();
        }
        return rows;
    }

    // Anything at the path or below it.
    RowSet set() {
        RowSet rows;
        std::vector<std::int64_t> paths;
        {
            std::string path = condition_.path;
            if (is_map_entry()) path.resize(path.rfind('.'));
            Query query(database_,
                        "SELECT id FROM field_path WHERE kind = ?1 AND (path = ?2 OR "
                        "(path >= ?3 AND path < ?4))");
            query.bind(static_cast<int>(condition_.kind), path, path + ".", path + "/");
            while (query.step()) paths.push_back(query.integer(0));
        }
        for (const std::int64_t path : paths) rows |= rows_set(database_, path);
        return rows;
    }

    RowSet numbers(std::int64_t path) {
        constexpr std::int64_t kLow = std::numeric_limits<std::int64_t>::min();
        constexpr std::int64_t kHigh = std::numeric_limits<std::int64_t>::max();
        RowSet rows;
        for (const std::int64_t number : condition_.numbers) {
            switch (condition_.test) {
                case Test::less:
                    if (number > kLow) rows |= rows_between(database_, path, kLow, number - 1);
                    break;
                case Test::less_equal: rows |= rows_between(database_, path, kLow, number); break;
                case Test::greater:
                    if (number < kHigh) rows |= rows_between(database_, path, number + 1, kHigh);
                    break;
                case Test::greater_equal:
                    rows |= rows_between(database_, path, number, kHigh);
                    break;
                default: rows |= rows_with(database_, path, number); break;
            }
        }
        return rows;
    }

    RowSet texts(std::int64_t path) {
        RowSet rows;
        const bool folded = condition_.form == Form::text || condition_.form == Form::own;
        for (const std::string& text : condition_.texts) {
            // Of long values only the beginning is in the index.
            if (folded && text.size() > kValueTextMax && condition_.test != Test::equal) {
                exact_ = false;
                return rows_set(database_, path);
            }
            switch (condition_.test) {
                case Test::prefix: rows |= rows_between(database_, path, text, behind(text)); break;
                case Test::contains: rows |= containing(path, text); break;
                case Test::less: rows |= rows_between(database_, path, "", text); break;
                case Test::less_equal:
                    rows |= rows_between(database_, path, "", text + '\0');
                    break;
                case Test::greater: rows |= rows_between(database_, path, text + '\0', ""); break;
                case Test::greater_equal: rows |= rows_between(database_, path, text, ""); break;
                default:
                    rows |= rows_with(database_, path, folded ? value_text(text) : text);
                    if (condition_.form == Form::language)
                        rows |= rows_between(database_, path, text + "-", text + ".");
                    break;
            }
        }
        return rows;
    }

    RowSet containing(std::int64_t path, string_view text) {
        RowSet rows;
        each_value(database_, path, Order::ascending, [&](const ValueRows& value) {
            if (value.is != FieldValue::Is::text) return true;
            bool found = value.text.find(text) != string_view::npos;
            if (!found && value.text.find(kCutMark) != string_view::npos) {
                found = true;
                exact_ = false;
            }
            if (found) add(rows, value);
            return true;
        });
        return rows;
    }

    RowSet own(const std::optional<std::int64_t>& path) {
        RowSet rows;
        if (condition_.test == Test::equal) rows |= referring(condition_.path);
        if (!path) return rows;
        // What holds numbers and texts is compared by its body.
        if (condition_.test != Test::equal && condition_.test != Test::prefix) exact_ = false;
        if (condition_.test == Test::contains) return rows_set(database_, *path);
        return rows;
    }

    RowSet dates() {
        RowSet rows;
        const DayPaths paths = field_day_paths(database_, condition_.kind, condition_.path);
        for (const DateBounds& date : condition_.dates) {
            switch (condition_.test) {
                case Test::less: {
                    RowSet before = rows_begun_by(database_, paths, date.min - 1);
                    if (condition_.repeated) {
                        exact_ = false;
                    } else {
                        before -= rows_not_over_by(database_, paths, date.min);
                    }
                    rows |= before;
                    break;
                }
                case Test::greater: {
                    RowSet after = rows_not_over_by(database_, paths, date.max + 1);
                    if (condition_.repeated) {
                        exact_ = false;
                    } else {
                        after -= rows_begun_by(database_, paths, date.max);
                    }
                    rows |= after;
                    break;
                }
                case Test::less_equal: rows |= rows_begun_by(database_, paths, date.max); break;
                case Test::greater_equal:
                    rows |= rows_not_over_by(database_, paths, date.min);
                    break;
                default: {
                    RowSet both = rows_begun_by(database_, paths, date.max);
                    both &= rows_not_over_by(database_, paths, date.min);
                    if (condition_.repeated) exact_ = false;
                    rows |= both;
                    break;
                }
            }
        }
        return rows;
    }

    RowSet referring(string_view path) {
        RowSet rows;
        Query query(database_, "SELECT from_row, path FROM reference WHERE to_id = ?");
        for (const RecordId& id : condition_.ids) {
            query.bind(key_of(id));
            while (query.step()) {
                if (is_at(query.text(1), path)) rows.add(query.integer(0));
            }
        }
        return rows;
    }

    // By links with this role, or any, and by fields with this name, or any.
    RowSet linked(const std::string& role) {
        RowSet rows;
        Query references(database_, "SELECT from_row, path FROM reference WHERE to_id = ?");
        Query links(database_, "SELECT from_row, role FROM link WHERE to_id = ?");
        for (const RecordId& id : condition_.ids) {
            references.bind(key_of(id));
            while (references.step()) {
                if (role.empty() || is_at(references.text(1), role))
                    rows.add(references.integer(0));
            }
            links.bind(key_of(id));
            while (links.step()) {
                if (role.empty() || links.text(1) == role) rows.add(links.integer(0));
            }
        }
        return rows;
    }

    static void add(RowSet& rows, const ValueRows& value) {
        (void)rows.add_chunk(value.chunk, value.rows);
    }

    Database& database_;
    const Condition& condition_;
    bool& exact_;
};

// ---- by a body ---------------------------------------------------------------------------------

class Match {
public:
    Match(const Condition& condition, TextFolder& folder)
        : condition_(condition), folder_(folder) {}

    bool any(const json& value, string_view path) const {
        if (const auto* items = value.get_ptr<const json::array_t*>()) {
            return std::any_of(items->begin(), items->end(),
                               [&](const json& item) { return any(item, path); });
        }
        const auto* members = value.get_ptr<const json::object_t*>();
        if (path.empty()) {
            if (condition_.test == Test::set) return !value.is_null() && !value.empty();
            if (condition_.test == Test::item) return all_of_item(value);
            if (members == nullptr) return leaf(value);
            return std::any_of(members->begin(), members->end(), [&](const auto& member) {
                return leaf(member.second) || is_key(member.first);
            });
        }
        if (members == nullptr) return false;
        const std::size_t dot = std::min(path.find('.'), path.size());
        const auto member = members->find(path.substr(0, dot));
        return member != members->end() &&
               any(member->second, dot == path.size() ? string_view() : path.substr(dot + 1));
    }

private:
    bool all_of_item(const json& item) const {
        return std::all_of(
            condition_.inner.begin(), condition_.inner.end(), [&](const Condition& inner) {
                const string_view rest = string_view(inner.path).substr(condition_.path.size() + 1);
                return Match(inner, folder_).any(item, rest) != inner.negated;
            });
    }

    bool is_key(string_view key) const {
        const auto id = parse_id(key);
        return id && has_id(*id);
    }

    bool has_id(const RecordId& id) const {
        return std::find(condition_.ids.begin(), condition_.ids.end(), id) != condition_.ids.end();
    }

    template <class T>
    bool compares(const T& stored, const T& operand) const {
        switch (condition_.test) {
            case Test::less: return stored < operand;
            case Test::less_equal: return stored <= operand;
            case Test::greater: return stored > operand;
            case Test::greater_equal: return stored >= operand;
            default: return stored == operand;
        }
    }

    bool leaf(const json& value) const {
        if (value.is_boolean()) return number(value.get<bool>() ? 1 : 0);
        if (value.is_number_integer()) return number(value.get<std::int64_t>());
        const auto* text = value.get_ptr<const json::string_t*>();
        if (text == nullptr) return false;
        switch (condition_.form) {
            case Form::number: {
                const auto decimal = decimal_value(*text);
                return decimal && number(*decimal);
            }
            case Form::date: return date(*text);
            case Form::reference: return is_key(*text);
            case Form::word:
            case Form::language: return words(*text);
            case Form::own: return parse_id(*text) ? is_key(*text) : words(folder_.fold(*text));
            case Form::text:
            case Form::long_text: return words(folder_.fold(*text));
        }
        return false;
    }

    bool number(std::int64_t stored) const {
        return std::any_of(condition_.numbers.begin(), condition_.numbers.end(),
                           [&](std::int64_t operand) { return compares(stored, operand); });
    }

    bool date(string_view stored) const {
        const auto bounds = bounds_of(stored);
        if (!bounds) return false;
        return std::any_of(condition_.dates.begin(), condition_.dates.end(),
                           [&](const DateBounds& operand) {
                               switch (condition_.test) {
                                   case Test::less: return bounds->max < operand.min;
                                   case Test::less_equal: return bounds->min <= operand.max;
                                   case Test::greater: return bounds->min > operand.max;
                                   case Test::greater_equal: return bounds->max >= operand.min;
                                   default: return bounds->overlaps(operand);
                               }
                           });
    }

    bool words(const std::string& stored) const {
        return std::any_of(
            condition_.texts.begin(), condition_.texts.end(), [&](const std::string& operand) {
                if (condition_.test == Test::prefix) return stored.starts_with(operand);
                if (condition_.test == Test::contains)
                    return stored.find(operand) != std::string::npos;
                if (condition_.form == Form::language && condition_.test == Test::equal &&
                    stored.starts_with(operand + "-"))
                    return true;
                return compares(stored, operand);
            });
    }

    const Condition& condition_;
    TextFolder& folder_;
};

}  // namespace

RowSet candidates(Database& database, const Condition& condition, const RowSet& among,
                  bool& exact) {
    bool all_match = true;
    RowSet rows = Lookup(database, condition, all_match).rows();
    if (!all_match) exact = false;
    if (!condition.negated) {
        rows &= among;
        return rows;
    }
    RowSet others = among;
    if (all_match) others -= rows;
    return others;
}

bool matches(const Condition& condition, const json& fields, TextFolder& folder) {
    return Match(condition, folder).any(fields, condition.path) != condition.negated;
}

}  // namespace custos::vault
