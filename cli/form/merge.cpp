// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/merge.h"

#include <set>

namespace custos::cli {
namespace {

using nlohmann::json;

json value_of(const json& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? json() : *found;
}

}  // namespace

Merged merge_fields(const json& base, const json& mine, const json& theirs) {
    Merged merged{json::object(), {}};
    std::set<std::string> names;
    for (const json* fields : {&mine, &theirs}) {
        for (const auto& item : fields->items()) names.insert(item.key());
    }
    for (const auto& item : base.items()) names.insert(item.key());
    for (const std::string& name : names) {
        const json before = value_of(base, name);
        const json ours = value_of(mine, name);
        const json others = value_of(theirs, name);
        const bool both = ours != before && others != before && ours != others;
        if (both) merged.contested += (merged.contested.empty() ? "" : ", ") + name;
        const json& value = ours != before ? ours : others;
        if (!value.is_null()) merged.fields[name] = value;
    }
    return merged;
}

}  // namespace custos::cli
