// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/assign.h"

#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check.h"
#include "vault/records/json_input.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// A path longer than this is none of ours: the deepest has five steps.
constexpr std::size_t kPathSizeMax = 500;
constexpr std::size_t kStepsMax = 16;

using Path = std::vector<std::string_view>;

[[noreturn]] void refuse(const std::string& message, std::string hint = {}) {
    throw Error{ErrorCode::usage, message, std::move(hint)};
}

std::string shown(const Path& path, std::size_t steps) {
    std::string text;
    for (std::size_t i = 0; i < steps && i < path.size(); ++i) {
        if (i > 0) text += '.';
        text += harmless_excerpt(path[i], 40);
    }
    return text;
}

Path split(std::string_view text) {
    if (text.size() > kPathSizeMax) refuse("the name of a field is longer than any field's");
    Path steps;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t dot = std::min(text.find('.', begin), text.size());
        steps.push_back(text.substr(begin, dot - begin));
        begin = dot + 1;
    }
    if (steps.size() > kStepsMax)
        refuse("no field lies so deep as \"" + harmless_excerpt(text) + "\"");
    return steps;
}

// Every path of the schema that ends with `name`: "place.country" for "country".
void paths_ending(FieldList fields, std::string_view name, const std::string& before,
                  std::vector<std::string>& found) {
    for (const Field& field : fields) {
        const std::string path = before + std::string(field.name);
        if (!before.empty() && field.name == name) found.push_back(path);
        const bool list = field.type == FieldType::object_list;
        paths_ending(field.children, name, path + (list ? ".1." : "."), found);
    }
}

const Field& require_field(FieldList fields, const Path& path, std::size_t step) {
    if (const Field* field = find_field(fields, path[step])) {
        if (!field->retired) return *field;
        refuse("the field \"" + shown(path, step + 1) + "\" is not in use any more",
               "records keep what they hold; custos field add brings it back");
    }
    std::vector<std::string_view> names;
    for (const Field& field : fields) names.push_back(field.name);
    std::vector<std::string> near = nearest(path[step], names);
    if (near.size() < 3) paths_ending(fields, path[step], {}, near);
    if (near.size() > 3) near.resize(3);
    const std::string before = step == 0 ? std::string() : shown(path, step) + ".";
    for (std::string& name : near) name.insert(0, before);
    refuse("there is no field called \"" + shown(path, step + 1) + "\"",
           near.empty() ? std::string("custos schema lists the fields")
                        : "did you mean " + either(near) + "?");
}

// Position in a list, from 0; `limit` is the first that is not taken.
std::size_t require_position(const Path& path, std::size_t step, std::size_t limit) {
    const std::string_view text = path[step];
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) {
        refuse("\"" + shown(path, step) + "\" is a list, and \"" + harmless_excerpt(text, 40) +
                   "\" is no position in it",
               "items are counted from 1: " + shown(path, step) + ".1");
    }
    if (number < 1 || number > limit) {
        refuse("there is no \"" + shown(path, step + 1) + "\"",
               limit == 0 ? "the list is empty" : "positions are 1 to " + std::to_string(limit));
    }
    return number - 1;
}

bool is_map(const Field& field) {
    return field.type == FieldType::term_map || field.type == FieldType::reference_map;
}

// What `path` names up to `steps` has no parts, and the path goes on.
[[noreturn]] void refuse_part(const Path& path, std::size_t steps) {
    refuse("\"" + shown(path, steps) + "\" has no part \"" + harmless_excerpt(path[steps], 40) +
           "\"");
}

[[noreturn]] void refuse_parted(const Field& field, const std::string& path) {
    const std::string part =
        field.children.empty() ? "NAME" : std::string(field.children.begin()->name);
    refuse(path + " has parts", "write " + path + "." + part + "=… or " + path + "={…}");
}

// The key under which a map has, or would have, the entry that a person calls `written`.
std::string key_in(const Schema& schema, const Field& field, const json& map,
                   std::string_view written) {
    if (field.type == FieldType::term_map) {
        const Term* term = find_written_term(schema.vocabulary(field.key_vocabulary), written);
        return std::string(term == nullptr ? written : term->key);
    }
    const std::optional<IdQuery> query = parse_id_query(written);
    std::string found(written);
    std::size_t matches = 0;
    for (const auto& [key, value] : map.items()) {
        const std::optional<IdQuery> id = parse_id_query(key);
        if (!query || !id || id->kind != query->kind ||
            id->digits.compare(0, query->digits.size(), query->digits) != 0)
            continue;
        found = key;
        ++matches;
    }
    return matches == 1 ? found : std::string(written);
}

json parsed(std::string_view value, const std::string& path, char bracket) {
    if (value.front() != bracket) return nullptr;
    try {
        return parse_json(value);
    } catch (const Error& error) {
        refuse("cannot read the value of " + path + ": " + error.what());
    }
}

json single_value(FieldType type, std::string_view value, const std::string& path) {
    if (type == FieldType::boolean) {
        if (value == "true" || value == "yes") return true;
        if (value == "false" || value == "no") return false;
        refuse(path + " must be true or false");
    }
    if (type == FieldType::integer) {
        std::int64_t number = 0;
        const auto [end, error] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        if (error == std::errc{} && end == value.data() + value.size()) return number;
        refuse(path + " must be a whole number");
    }
    return std::string(value);
}

void set_whole(const Field& field, json& object, std::string_view value, const std::string& path) {
    json& place = object[std::string(field.name)];
    if (field.type == FieldType::object || is_map(field)) {
        json whole = parsed(value, path, '{');
        if (whole.is_null()) refuse_parted(field, path);
        place = std::move(whole);
    } else if (is_list(field.type)) {
        json whole = parsed(value, path, '[');
        if (!whole.is_null()) {
            place = std::move(whole);
            return;
        }
        json item = field.type == FieldType::object_list ? parsed(value, path, '{')
                                                         : json(std::string(value));
        if (item.is_null()) {
            const std::string part(field.children.begin()->name);
            refuse(path + " is a list of parts",
                   "write " + path + ".1." + part + "=… or " + path + "={\"" + part + "\":…}");
        }
        if (!place.is_array()) place = json::array();
        place.push_back(std::move(item));
    } else {
        place = single_value(field.type, value, path);
    }
}

void set(const Schema& schema, FieldList fields, json& object, const Path& path, std::size_t step,
         std::string_view value);

// `step` is that of the item's position.
void set_item(const Schema& schema, const Field& field, json& list, const Path& path,
              std::size_t step, std::string_view value) {
    if (!list.is_array()) list = json::array();
    const std::size_t at = require_position(path, step, list.size() + 1);
    if (at == list.size()) list.push_back(nullptr);
    const bool last = step + 1 == path.size();
    if (field.type != FieldType::object_list) {
        if (!last) refuse_part(path, step + 1);
        list[at] = std::string(value);
    } else if (last) {
        list[at] = parsed(value, shown(path, path.size()), '{');
        if (list[at].is_null()) refuse_parted(field, shown(path, path.size()));
    } else {
        set(schema, field.children, list[at], path, step + 1, value);
    }
}

// Sets what `path` names from `step` on within `object`.
void set(const Schema& schema, FieldList fields, json& object, const Path& path, std::size_t step,
         std::string_view value) {
    const Field& field = require_field(fields, path, step);
    if (!object.is_object()) object = json::object();
    if (step + 1 == path.size()) return set_whole(field, object, value, shown(path, path.size()));

    json& inside = object[std::string(field.name)];
    if (field.type == FieldType::object)
        return set(schema, field.children, inside, path, step + 1, value);
    if (is_list(field.type)) return set_item(schema, field, inside, path, step + 1, value);
    if (!is_map(field) || step + 2 != path.size()) refuse_part(path, step + 1);
    if (!inside.is_object()) inside = json::object();
    inside[key_in(schema, field, inside, path[step + 1])] = std::string(value);
}

[[noreturn]] void refuse_unset(const Path& path) {
    refuse("\"" + shown(path, path.size()) + "\" is not set");
}

void unset(const Schema& schema, FieldList fields, json& object, const Path& path,
           std::size_t step) {
    const Field& field = require_field(fields, path, step);
    const std::string name(field.name);
    if (!object.is_object() || !object.contains(name)) refuse_unset(path);
    if (step + 1 == path.size()) {
        object.erase(name);
        return;
    }
    json& inside = object[name];
    if (field.type == FieldType::object)
        return unset(schema, field.children, inside, path, step + 1);
    if (is_list(field.type) && inside.is_array()) {
        const std::size_t at = require_position(path, step + 1, inside.size());
        if (step + 2 == path.size()) {
            inside.erase(at);
            return;
        }
        if (field.type == FieldType::object_list)
            return unset(schema, field.children, inside[at], path, step + 2);
    }
    if (is_map(field) && inside.is_object() && step + 2 == path.size()) {
        if (inside.erase(key_in(schema, field, inside, path[step + 1])) == 0) refuse_unset(path);
        return;
    }
    refuse("\"" + shown(path, step + 1) + "\" has no part \"" + harmless_excerpt(path.back(), 40) +
           "\"");
}

}  // namespace

void assign(const Schema& schema, Kind kind, json& fields, std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        refuse("\"" + harmless_excerpt(assignment) + "\" sets nothing",
               "write FIELD=VALUE, such as title=\"…\"");
    }
    const Path path = split(assignment.substr(0, equals));
    const std::string_view value = assignment.substr(equals + 1);
    if (value.empty()) {
        require_field(schema.fields(kind), path, 0);
        refuse("no value for " + shown(path, path.size()),
               "to remove it: --unset " + shown(path, path.size()));
    }
    if (value.size() > kTextSizeMax)
        refuse("the value of " + shown(path, path.size()) + " is longer than 1 MiB");
    json changed = fields;
    set(schema, schema.fields(kind), changed, path, 0, value);
    fields = std::move(changed);
}

void assign_value(const Schema& schema, Kind kind, json& fields, std::string_view path_text,
                  std::string_view value) {
    const Path path = split(path_text);
    if (value.size() > kTextSizeMax)
        refuse("the value of " + shown(path, path.size()) + " is longer than 1 MiB");
    set(schema, schema.fields(kind), fields, path, 0, value);
}

void unassign(const Schema& schema, Kind kind, json& fields, std::string_view path_text) {
    const Path path = split(path_text);
    json changed = fields;
    unset(schema, schema.fields(kind), changed, path, 0);
    fields = std::move(changed);
}

}  // namespace custos::vault
