// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/check.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vault/records/check_date.h"
#include "vault/records/check_value.h"
#include "vault/records/coordinates.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr std::size_t kProblemsShown = 10;

std::vector<std::string> nearest_fields(FieldList fields, std::string_view name) {
    std::vector<std::string_view> names;
    for (const Field& field : fields) names.push_back(field.name);
    return nearest(name, names);
}

std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
}

// Walks along the schema, never along the input: input cannot make it go deep.
class Checker {
public:
    Checker(const Schema& schema, const Resolver& resolve, Checked& result)
        : schema_(schema), resolve_(resolve), problems_(result.problems), notes_(result.notes) {}

    json object(FieldList fields, const json& given, const std::string& path) {
        if (!given.is_object()) {
            report({path, "must be an object of named fields, not " + json_kind(given), {}, {}});
            return json::object();
        }
        json checked = json::object();
        for (const auto& [name, value] : given.items()) {
            if (full()) return checked;
            if (!count(name.size())) return checked;
            const Field* field = find_field(fields, name);
            if (field == nullptr) {
                report({below(path, harmless_excerpt(name, 40)),
                        "there is no such field",
                        {},
                        nearest_fields(fields, name)});
                continue;
            }
            checked[name] = this->value(*field, value, below(path, name));
        }
        for (const Field& field : fields) {
            if (field.required && !given.contains(std::string(field.name))) {
                report({below(path, field.name), "is missing: " + std::string(field.help), {}, {}});
            }
        }
        return checked;
    }

private:
    json value(const Field& field, const json& given, const std::string& path) {
        if (given.is_null()) {
            report({path, "is null: leave the field out instead", {}, {}});
            return nullptr;
        }
        switch (field.type) {
            case FieldType::object:
                if (const auto read = with_coordinates(field.children, given, path))
                    return object(field.children, *read, path);
                return object(field.children, given, path);
            case FieldType::term_map:
            case FieldType::reference_map: return map(field, given, path);
            case FieldType::object_list:
            case FieldType::country_list:
            case FieldType::language_list:
            case FieldType::term_list:
            case FieldType::text_list:
            case FieldType::reference_list: return items(field, given, path);
            case FieldType::text:
            case FieldType::long_text:
            case FieldType::edtf_date:
            case FieldType::time_of_day:
            case FieldType::timezone:
            case FieldType::country:
            case FieldType::language:
            case FieldType::url:
            case FieldType::decimal_text:
            case FieldType::integer:
            case FieldType::boolean:
            case FieldType::term:
            case FieldType::reference: return single(field, field.type, given, path);
        }
        return nullptr;
    }

    static std::string text_of(const json& given, const char* name) {
        if (!given.is_object()) return {};
        const auto found = given.find(name);
        return found == given.end() || !found->is_string() ? std::string()
                                                           : found->get<std::string>();
    }

    // A place whose coordinates are written in another form; nothing if they are not.
    std::optional<json> with_coordinates(FieldList fields, const json& given,
                                         const std::string& path) {
        const std::string lat = text_of(given, "lat");
        const std::string lon = text_of(given, "lon");
        if ((lat.empty() && lon.empty()) || find_field(fields, "lat") == nullptr)
            return std::nullopt;
        std::optional<Coordinates> read;
        if (!given.contains("lat") || !given.contains("lon")) {
            read = parse_coordinates(lat.empty() ? lon : lat);
            if (!read) {
                report({below(path, lat.empty() ? "lat" : "lon"),
                        "is missing: latitude and longitude stand together",
                        {},
                        {},
                        true});
                return std::nullopt;
            }
        } else {
            const auto north = decimal_degrees(lat, Axis::latitude);
            const auto east = decimal_degrees(lon, Axis::longitude);
            if (!north || !east) return std::nullopt;  // said by the check of each
            if (beyond(*north, 90) && !beyond(*east, 90))
                report({below(path, "lat"),
                        "is beyond 90: latitude and longitude may be swapped",
                        harmless_excerpt(lat),
                        {lon}});
            read = Coordinates{*north, *east};
        }
        if (read->lat == lat && read->lon == lon) return std::nullopt;
        if (notes_.size() < kProblemsMax)
            notes_.push_back(path + ": the coordinates are " + read->lat + ", " + read->lon);
        json place = given;
        place["lat"] = read->lat;
        place["lon"] = read->lon;
        return place;
    }

    static bool beyond(std::string_view degrees, int limit) {
        if (degrees.starts_with('-')) degrees.remove_prefix(1);
        int whole = 0;
        for (const char c : degrees.substr(0, std::min(degrees.find('.'), degrees.size()))) {
            if (whole < 1000) whole = whole * 10 + (c - '0');
        }
        return whole > limit;
    }

    json single(const Field& field, FieldType type, const json& given, const std::string& path) {
        if (given.is_string() && !count(given.get_ref<const std::string&>().size())) return nullptr;
        CheckedValue checked = type == FieldType::reference
                                   ? check_reference(field, given, resolve_)
                                   : check_value(schema_, field, type, given);
        if (!checked.problem) {
            if (!checked.note.empty() && notes_.size() < kProblemsMax)
                notes_.push_back(path + ": " + checked.note);
            return std::move(checked.value);
        }
        checked.problem->path = path;
        report(std::move(*checked.problem));
        return nullptr;
    }

    json items(const Field& field, const json& given, const std::string& path) {
        json checked = json::array();
        if (!given.is_array()) {
            report({path,
                    "must be " + std::string(described(field.type)) + ", not " + json_kind(given),
                    {},
                    {}});
            return checked;
        }
        if (!few_enough(given, path)) return checked;
        std::size_t number = 0;
        for (const json& item : given) {
            if (full()) return checked;
            const std::string item_path = below(path, std::to_string(++number));
            checked.push_back(field.type == FieldType::object_list
                                  ? object(field.children, item, item_path)
                                  : single(field, item_type(field.type), item, item_path));
        }
        return checked;
    }

    json map(const Field& field, const json& given, const std::string& path) {
        json checked = json::object();
        if (!given.is_object()) {
            report({path,
                    "must be " + std::string(described(field.type)) + ", not " + json_kind(given),
                    {},
                    {}});
            return checked;
        }
        if (!few_enough(given, path)) return checked;
        for (const auto& [name, value] : given.items()) {
            if (full() || !count(name.size())) return checked;
            const std::string entry_path = below(path, harmless_excerpt(name, 40));
            CheckedValue key = field.type == FieldType::reference_map
                                   ? check_reference(field, json(name), resolve_)
                                   : check_term(schema_.vocabulary(field.key_vocabulary), name);
            if (key.problem) {
                key.problem->path = entry_path;
                report(std::move(*key.problem));
                continue;
            }
            json word = single(field, FieldType::term, value, entry_path);
            const std::string& written = key.value.get_ref<const std::string&>();
            if (checked.contains(written)) {
                report({entry_path, "is there twice, written in two ways", {}, {}});
                continue;
            }
            checked[written] = std::move(word);
        }
        return checked;
    }

    bool few_enough(const json& given, const std::string& path) {
        if (given.size() <= kListItemsMax) return true;
        report({path, "has more than 10,000 items", {}, {}});
        return false;
    }

    // Adds to the size of the record; says so once when it is too large.
    bool count(std::size_t bytes) {
        if (size_ > kRecordSizeMax) return false;
        size_ += bytes;
        if (size_ <= kRecordSizeMax) return true;
        report({{}, "is longer than 8 MiB: attach long material as a file", {}, {}});
        return false;
    }

    bool full() const { return problems_.size() >= kProblemsMax || size_ > kRecordSizeMax; }

    void report(Problem problem) {
        if (problems_.size() < kProblemsMax) problems_.push_back(std::move(problem));
    }

    const Schema& schema_;
    const Resolver& resolve_;
    std::vector<Problem>& problems_;
    std::vector<std::string>& notes_;
    std::size_t size_ = 0;
};

std::string names_of(std::span<const std::string_view> names) {
    return either(std::vector<std::string>(names.begin(), names.end()));
}

}  // namespace

Checked check_fields(const Schema& schema, Kind kind, const nlohmann::json& given,
                     const Resolver& resolve, std::optional<std::int64_t> today) {
    Checked result;
    const auto read = with_calendar(kind, given, result.problems);
    const json& fields = read ? *read : given;
    Checker checker(schema, resolve, result);
    const KindSchema& rows = schema.kind(kind);
    result.fields = checker.object(rows.fields, fields, {});
    keep_words(kind, fields, result);
    if (today) question_later(kind, rows.fields, *today, result);
    const bool says_something =
        rows.any_of.empty() ||
        std::any_of(rows.any_of.begin(), rows.any_of.end(), [&](std::string_view name) {
            return given.is_object() && given.contains(std::string(name));
        });
    if (given.is_object() && !says_something && result.problems.size() < kProblemsMax) {
        result.problems.push_back({{}, "needs at least one of " + names_of(rows.any_of), {}, {}});
    }
    return result;
}

Resolved resolve_full_id(std::string_view text) { return {parse_id(text), {}}; }

std::string to_text(const Problem& problem) {
    std::string text = problem.path;
    if (!text.empty()) text += ": ";
    text += problem.message;
    if (!problem.value.empty()) text += ": \"" + problem.value + "\"";
    if (!problem.choices.empty()) text += " (did you mean " + either(problem.choices) + "?)";
    return text;
}

Error problems_error(Kind kind, const std::vector<Problem>& problems) {
    const std::string name(name_of(kind));
    std::string message = "cannot store this " + name + ": ";
    if (problems.size() == 1) {
        message += to_text(problems.front());
    } else {
        message += std::to_string(problems.size()) + " problems";
        for (std::size_t i = 0; i < problems.size() && i < kProblemsShown; ++i) {
            message += "\n  " + to_text(problems[i]);
        }
        if (problems.size() > kProblemsShown) {
            message += "\n  and " + std::to_string(problems.size() - kProblemsShown) + " more";
        }
    }
    return Error{ErrorCode::usage, message,
                 "fields and words are listed by: custos schema " + name};
}

}  // namespace custos::vault
