// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/field_difference.h"

#include <utility>

#include "vault/analysis/edit_script.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;
using Differences = std::vector<FieldDifference>;

const json kNothing;

const json& part_of(const json& object, std::string_view name) {
    if (!object.is_object()) return kNothing;
    const auto found = object.find(name);
    return found == object.end() ? kNothing : *found;
}

bool is_objects(const json& value) {
    return value.is_array() && !value.empty() && value[0].is_object();
}

void compare_fields(Differences& out, const std::string& prefix, FieldList schema,
                    const json& before, const json& after);

// A part that is new or gone is taken apart as well: each of its fields is one difference.
void compare_lists(Differences& out, const std::string& path, FieldList schema, const json& before,
                   const json& after) {
    const std::size_t old_count = before.is_array() ? before.size() : 0;
    const std::size_t new_count = after.is_array() ? after.size() : 0;
    const auto script = edit_script(
        old_count, new_count, [&](std::size_t i, std::size_t j) { return before[i] == after[j]; });
    std::size_t i = 0;
    std::size_t j = 0;
    const auto item = [&](std::size_t number, const json& old_item, const json& new_item) {
        compare_fields(out, path + "." + std::to_string(number + 1) + ".", schema, old_item,
                       new_item);
    };
    for (std::size_t at = 0; at < script.size();) {
        if (script[at] == Edit::keep) {
            ++i, ++j, ++at;
            continue;
        }
        // Within a run of changes the first that went became the first that came, and so on.
        std::size_t removed = 0;
        std::size_t added = 0;
        for (; at < script.size() && script[at] != Edit::keep; ++at) {
            ++(script[at] == Edit::remove ? removed : added);
        }
        for (; removed > 0 && added > 0; --removed, --added, ++i, ++j) item(j, before[i], after[j]);
        for (; removed > 0; --removed, ++i) item(i, before[i], kNothing);
        for (; added > 0; --added, ++j) item(j, kNothing, after[j]);
    }
}

void compare_values(Differences& out, const std::string& path, const Field* field,
                    const json& before, const json& after) {
    if (before == after) return;
    const bool known = field != nullptr && !field->children.empty();
    const FieldList children = known ? field->children : FieldList{};
    if (before.is_object() || after.is_object()) {
        const bool parts =
            (before.is_object() || before.is_null()) && (after.is_object() || after.is_null());
        if (parts) return compare_fields(out, path + ".", children, before, after);
    }
    if (is_objects(before) || is_objects(after)) {
        return compare_lists(out, path, children, before, after);
    }
    out.push_back({path, field, before, after});
}

void compare_fields(Differences& out, const std::string& prefix, FieldList schema,
                    const json& before, const json& after) {
    for (const Field& field : schema) {
        compare_values(out, prefix + std::string(field.name), &field, part_of(before, field.name),
                       part_of(after, field.name));
    }
    // What the schema has no row for: entries of maps.
    const auto unknown = [&](const json& fields, const json& other, bool only_new) {
        if (!fields.is_object()) return;
        for (const auto& [name, value] : fields.items()) {
            if (find_field(schema, name) != nullptr) continue;
            const json& counterpart = part_of(other, name);
            if (only_new && !counterpart.is_null()) continue;
            const json& old_value = only_new ? counterpart : value;
            const json& new_value = only_new ? value : counterpart;
            compare_values(out, prefix + name, nullptr, old_value, new_value);
        }
    };
    unknown(before, after, false);
    unknown(after, before, true);
}

}  // namespace

Differences field_differences(const Schema& schema, Kind kind, const json& before,
                              const json& after) {
    Differences out;
    compare_fields(out, {}, schema.fields(kind), before, after);
    return out;
}

}  // namespace custos::vault::analysis
