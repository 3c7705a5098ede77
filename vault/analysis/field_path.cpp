// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/field_path.h"

#include <algorithm>
#include <optional>

#include "crypto/error.h"
#include "vault/records/date.h"
#include "vault/records/rows.h"
#include "vault/records/text.h"
#include "vault/records/value_index.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

bool is_reference(const Field& field) {
    return field.type == FieldType::reference || field.type == FieldType::reference_list;
}

struct Split {
    std::string_view local;
    std::string_view beyond;  // empty: the path does not go through a reference
    const Field* reference = nullptr;
};

Split split_at_reference(const Schema& schema, Kind kind, std::string_view path) {
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos;
         dot = path.find('.', dot + 1)) {
        const Field* field = field_at(schema.fields(kind), path.substr(0, dot));
        if (field != nullptr && is_reference(*field))
            return {path.substr(0, dot), path.substr(dot + 1), field};
    }
    return {path, {}, nullptr};
}

// Calls make(kind) for each kind that the reference may name. What only some kinds have is right;
// what none has is the error of the first.
template <class Make>
void for_each_kind(const Field& reference, Make make) {
    std::optional<Error> first;
    bool any = false;
    for (const KindRow& row : kKinds) {
        if (!reference.kinds.contains(row.kind)) continue;
        try {
            make(row.kind);
            any = true;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::usage) throw;
            if (!first) first = error;
        }
    }
    if (!any && first) throw *first;
}

// The ids that a path without references leads to.
void ids_at(const json& value, std::string_view path, std::vector<RecordId>& out) {
    if (value.is_array()) {
        for (const json& item : value) ids_at(item, path, out);
    } else if (path.empty()) {
        if (!value.is_string()) return;
        if (const auto id = parse_id(value.get_ref<const std::string&>())) out.push_back(*id);
    } else if (value.is_object()) {
        const std::size_t dot = std::min(path.find('.'), path.size());
        const auto found = value.find(path.substr(0, dot));
        if (found != value.end()) ids_at(*found, path.substr(std::min(dot + 1, path.size())), out);
    }
}

std::optional<Record> live_record(const Vault& vault, const RecordId& id) {
    try {
        Record record = get_record(vault, id);
        if (record.state == State::live && !record.fields.is_null()) return record;
    } catch (const Error& error) {  // a reference may outlive what it names
        if (error.code() != ErrorCode::not_found) throw;
    }
    return std::nullopt;
}

constexpr std::string_view kPathCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:";
constexpr std::string_view kYear = ".year";
constexpr std::string_view kMonth = ".month";

}  // namespace

FieldPath::FieldPath(const Vault& vault, Kind kind, std::string_view path)
    : vault_(vault), text_(path) {
    const Split split = split_at_reference(vault.schema(), kind, path);
    local_ = split.local;
    if (split.reference != nullptr) {
        for_each_kind(*split.reference, [&](Kind target) {
            auto next = std::make_unique<FieldPath>(vault, target, split.beyond);
            if (field_ == nullptr) {
                field_ = next->field_;
                cut_ = next->cut_;
            }
            next_.emplace(target, std::move(next));
        });
        return;
    }
    const FieldList fields = vault.schema().fields(kind);
    for (const auto& [ending, cut] : {std::pair{kYear, Cut::year}, std::pair{kMonth, Cut::month}}) {
        if (!path.ends_with(ending)) continue;
        const auto before = path.substr(0, path.size() - ending.size());
        const Field* dated = field_at(fields, before);
        if (dated == nullptr || dated->type != FieldType::edtf_date) continue;
        field_ = dated;
        local_ = before;
        cut_ = cut;
        return;
    }
    field_ = &require_path(vault.schema(), kind, path);
    if (!field_->children.empty()) {
        throw Error{
            ErrorCode::usage, "\"" + harmless_excerpt(path) + "\" has parts; name one of them",
            "such as " + std::string(path) + "." + std::string(field_->children.begin()->name)};
    }
}

bool FieldPath::is_dated() const { return cut_ != Cut::none; }

std::string FieldPath::shown(const std::string& text) const {
    if (cut_ == Cut::none) return text;
    const auto bounds = bounds_of(text);
    if (!bounds) return text;
    const std::string from = day_text(bounds->min);
    const std::string to = day_text(bounds->max);
    const std::size_t size = cut_ == Cut::month ? 7 : 4;
    if (from.substr(0, size) == to.substr(0, size)) return from.substr(0, size);
    if (from.substr(0, 4) == to.substr(0, 4)) return from.substr(0, 4);
    const auto year = [](const std::string& day) { return day.empty() ? ".." : day.substr(0, 4); };
    return year(from) + "/" + year(to);
}

const std::vector<std::string>& FieldPath::beyond(const RecordId& id) {
    const auto known = known_.find(id);
    if (known != known_.end()) return known->second;
    std::vector<std::string> values;
    const auto next = next_.find(id.kind);
    if (next != next_.end()) {
        if (const auto record = live_record(vault_, id)) values = next->second->values_of(*record);
    }
    return known_.emplace(id, std::move(values)).first->second;
}

void FieldPath::read(const json& value, std::string_view rest, std::vector<std::string>& out) {
    if (value.is_array()) {
        for (const json& item : value) read(item, rest, out);
    } else if (!rest.empty()) {
        if (!value.is_object()) return;
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        const auto found = value.find(rest.substr(0, dot));
        if (found != value.end()) read(*found, rest.substr(std::min(dot + 1, rest.size())), out);
    } else if (value.is_object()) {
        for (const auto& [key, unused] : value.items()) out.push_back(key);  // a map: its keys
    } else if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        const auto id = is_reference(*field_) ? parse_id(text) : std::nullopt;
        out.push_back(id ? code_of(vault_, *id) : shown(text));
    } else if (!value.is_null()) {
        out.push_back(value.dump());
    }
}

std::vector<std::string> FieldPath::values_of(const Record& record) {
    std::vector<std::string> out;
    if (next_.empty()) {
        read(record.fields, local_, out);
        return out;
    }
    std::vector<RecordId> ids;
    ids_at(record.fields, local_, ids);
    for (const RecordId& id : ids) {
        const auto& values = beyond(id);
        out.insert(out.end(), values.begin(), values.end());
    }
    return out;
}

PathFilter::PathFilter(const Vault& vault, Kind kind, std::string_view expression) : vault_(vault) {
    const std::size_t end =
        std::min(expression.find_first_not_of(kPathCharacters), expression.size());
    const Split split = split_at_reference(vault.schema(), kind, expression.substr(0, end));
    if (split.reference == nullptr) {
        own_ = read_condition(vault, kind, expression);
        return;
    }
    reference_ = split.local;
    const std::string beyond = std::string(split.beyond) + std::string(expression.substr(end));
    for_each_kind(*split.reference, [&](Kind target) {
        next_.emplace(target, std::make_unique<PathFilter>(vault, target, beyond));
    });
}

bool PathFilter::fulfils(const Record& record) {
    if (own_->test != Condition::Test::link && own_->test != Condition::Test::about)
        return custos::vault::matches(*own_, record.fields, folder_);
    // Links are not in the fields: the index answers for all records at once.
    if (!linked_) {
        bool exact = true;
        const RowSet live = rows_in_state(vault_.database(), own_->kind, State::live);
        linked_ = candidates(vault_.database(), *own_, live, exact);
    }
    const auto row = find_row(vault_.database(), record.id);
    return row && linked_->contains(row->row);
}

bool PathFilter::matches(const Record& record) {
    if (own_) return fulfils(record);
    std::vector<RecordId> ids;
    ids_at(record.fields, reference_, ids);
    for (const RecordId& id : ids) {
        const auto next = next_.find(id.kind);
        if (next == next_.end()) continue;
        const auto known = known_.find(id);
        if (known != known_.end()) {
            if (known->second) return true;
            continue;
        }
        const auto named = live_record(vault_, id);
        const bool fits = named && next->second->matches(*named);
        known_.emplace(id, fits);
        if (fits) return true;
    }
    return false;
}

}  // namespace custos::vault::analysis
