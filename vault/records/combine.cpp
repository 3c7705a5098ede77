// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/combine.h"

#include <algorithm>

namespace custos::vault {
namespace {

using nlohmann::json;

bool has_item(const json& list, const json& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

class Combiner {
public:
    Combiner(const std::set<std::string>& take, Combined& out) : take_(take), out_(out) {}

    void object(FieldList schema, const std::string& prefix, json& kept, const json& other) {
        for (const auto& [name, value] : other.items()) {
            const std::string path = prefix + name;
            if (!kept.contains(name)) {
                kept[name] = value;
                grew(path);
            } else if (kept[name] != value) {
                both(find_field(schema, name), path, kept[name], value);
            }
        }
    }

private:
    void grew(const std::string& path) {
        const std::string field = path.substr(0, path.find('.'));
        if (!has_item(out_.grown, field)) out_.grown.push_back(field);
    }

    static bool has_item(const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    void both(const Field* field, const std::string& path, json& kept, const json& other) {
        const FieldList children = field != nullptr ? field->children : FieldList{};
        if (path == "protection") {
            if (other > kept) {  // P0 to P4
                kept = other;
                grew(path);
            }
        } else if (path == "notes" && kept.is_string() && other.is_string()) {
            kept = kept.get<std::string>() + "\n\n" + other.get<std::string>();
            grew(path);
        } else if (kept.is_array() && other.is_array()) {
            list(path, kept, other);
        } else if (kept.is_object() && other.is_object() && !take_.contains(path)) {
            object(children, path + ".", kept, other);
        } else if (take_.contains(path)) {
            kept = other;
            grew(path);
        } else {
            out_.conflicts.push_back({path, kept, other});
        }
    }

    void list(const std::string& path, json& kept, const json& other) {
        for (const json& item : other) {
            if (custos::vault::has_item(kept, item)) continue;
            grew(path);
            if (path != "names" || !joined_name(kept, item)) kept.push_back(item);
        }
    }

    // One name in two records: "other_spellings" of both, and parts that only one has.
    static bool joined_name(json& names, const json& name) {
        for (json& mine : names) {
            if (mine.value("text", json()) != name.value("text", json())) continue;
            json together = mine;
            for (const auto& [part, value] : name.items()) {
                if (!together.contains(part)) {
                    together[part] = value;
                } else if (together[part].is_array() && value.is_array()) {
                    for (const json& item : value) {
                        if (!custos::vault::has_item(together[part], item))
                            together[part].push_back(item);
                    }
                } else if (together[part] != value) {
                    return false;  // not the same name in every part: both stay
                }
            }
            mine = std::move(together);
            return true;
        }
        return false;
    }

    const std::set<std::string>& take_;
    Combined& out_;
};

// Items of `of` that `without` does not have, as often as they are more.
json items_beyond(const json& of, const json& without) {
    json rest = without;
    json beyond = json::array();
    for (const json& item : of) {
        const auto found = std::find(rest.begin(), rest.end(), item);
        if (found == rest.end()) {
            beyond.push_back(item);
        } else {
            rest.erase(found);
        }
    }
    return beyond;
}

json without_change(const json& before, const json& after, const json& now, const std::string& path,
                    std::vector<std::string>& left);

json list_without_change(const json& before, const json& after, json now, const std::string& path,
                         std::vector<std::string>& left) {
    const json came = items_beyond(after, before);
    const json went = items_beyond(before, after);
    for (const json& item : came) {
        if (!has_item(now, item)) {
            left.push_back(path);
            return now;
        }
    }
    for (std::size_t i = 0; i < std::max(came.size(), went.size()); ++i) {
        if (i >= came.size()) {
            if (!has_item(now, went[i])) now.push_back(went[i]);
            continue;
        }
        const auto found = std::find(now.begin(), now.end(), came[i]);
        if (i < went.size() && !has_item(now, went[i])) {
            *found = went[i];
        } else {
            now.erase(found);
        }
    }
    return now;
}

json object_without_change(const json& before, const json& after, const json& now,
                           const std::string& path, std::vector<std::string>& left) {
    const json nothing;
    const auto part = [&](const json& object, const std::string& name) -> const json& {
        const auto found = object.find(name);
        return found == object.end() ? nothing : *found;
    };
    std::set<std::string> names;
    for (const json* object : {&before, &after, &now}) {
        for (const auto& [name, value] : object->items()) names.insert(name);
    }
    json result = json::object();
    for (const std::string& name : names) {
        json value = without_change(part(before, name), part(after, name), part(now, name),
                                    path.empty() ? name : path + "." + name, left);
        if (!value.is_null()) result[name] = std::move(value);
    }
    return result;
}

// Null is what is not there.
json without_change(const json& before, const json& after, const json& now, const std::string& path,
                    std::vector<std::string>& left) {
    if (now == after) return before;
    if (before == after || now == before) return now;
    const auto all = [&](bool (json::*is)() const noexcept) {
        const auto fits = [&](const json& value) { return value.is_null() || (value.*is)(); };
        return fits(before) && fits(after) && (now.*is)();
    };
    const auto or_empty = [](const json& value, json empty) {
        return value.is_null() ? empty : value;
    };
    if (all(&json::is_object)) {
        return object_without_change(or_empty(before, json::object()),
                                     or_empty(after, json::object()), now, path, left);
    }
    if (all(&json::is_array)) {
        json list = list_without_change(or_empty(before, json::array()),
                                        or_empty(after, json::array()), now, path, left);
        return list.empty() ? json() : list;
    }
    left.push_back(path);
    return now;
}

}  // namespace

Combined combined_fields(const Schema& schema, Kind kind, const json& kept, const json& other,
                         const std::set<std::string>& take) {
    Combined out;
    out.fields = kept;
    Combiner(take, out).object(schema.fields(kind), {}, out.fields, other);
    return out;
}

TakenBack taken_back(const json& before, const json& after, const json& now) {
    TakenBack out;
    out.fields = without_change(before, after, now, {}, out.left);
    return out;
}

}  // namespace custos::vault
