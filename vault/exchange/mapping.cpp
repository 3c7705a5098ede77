// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/mapping.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/date.h"
#include "vault/records/json_input.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr auto kKeys = std::to_array<std::string_view>(
    {"schema", "kind", "encoding", "delimiter", "columns", "constants", "others"});
constexpr auto kColumnKeys =
    std::to_array<std::string_view>({"to", "separator", "values", "date", "calendar", "optional"});

[[noreturn]] void refuse(const std::string& where, const std::string& why,
                         const std::vector<std::string>& choices = {}) {
    throw Error{ErrorCode::usage,
                "cannot use this mapping: " + where + (where.empty() ? "" : ": ") + why,
                choices.empty() ? "docs/formats/mapping.md explains mappings"
                                : "did you mean " + either(choices) + "?"};
}

template <std::size_t N>
void only(const json& object, const std::array<std::string_view, N>& known,
          const std::string& where) {
    if (!object.is_object()) refuse(where, "must be a JSON object, not " + json_kind(object));
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        refuse(where + (where.empty() ? "" : ".") + harmless_excerpt(key, 40),
               "there is no such key", nearest(key, {known.begin(), known.end()}));
    }
}

std::string text_in(const json& object, const char* key, const std::string& where,
                    const std::string& otherwise) {
    const auto found = object.find(key);
    if (found == object.end()) return otherwise;
    if (!found->is_string()) refuse(where + key, "must be text, not " + json_kind(*found));
    return found->get<std::string>();
}

// A value as `--set` takes it: text stays, numbers and lists are written as JSON.
std::string value_text(const json& value, const std::string& where) {
    if (value.is_null()) refuse(where, "is null");
    std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (text.empty()) refuse(where, "is empty");
    return text;
}

// "DD", "M", "YYYY" or one other character at the front of a form.
std::string_view token_of(std::string_view form) {
    const char c = form.front();
    if (c != 'D' && c != 'M' && c != 'Y') return form.substr(0, 1);
    return form.substr(0, std::min(form.find_first_not_of(c), form.size()));
}

void check_form(std::string_view form, const std::string& where) {
    if (form.size() > kDateFormSizeMax) refuse(where, "is longer than 40 bytes");
    int years = 0;
    int months = 0;
    int days = 0;
    for (std::string_view rest = form; !rest.empty();) {
        const std::string_view token = token_of(rest);
        rest.remove_prefix(token.size());
        const char c = token.front();
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (token == "YYYY")
            ++years;
        else if (token == "MM" || token == "M")
            ++months;
        else if (token == "DD" || token == "D")
            ++days;
        else if (letter)
            refuse(where, "is made of DD, D, MM, M, YYYY and what stands between", {});
    }
    if (years != 1 || months > 1 || days > 1 || (days == 1 && months == 0))
        refuse(where, "needs YYYY, may have MM, and DD with it, each once");
}

DateForms dates_of(const json& rule, const std::string& where) {
    DateForms dates;
    const json& given = rule.at("date");
    const json forms = given.is_array() ? given : json::array({given});
    if (forms.empty() || forms.size() > kDateFormsMax)
        refuse(where + ".date", "is not a list of 1 to 20 forms");
    for (const json& form : forms) {
        if (!form.is_string()) refuse(where + ".date", "must be text such as DD/MM/YYYY");
        dates.forms.push_back(form.get<std::string>());
        check_form(dates.forms.back(), where + ".date");
    }
    const std::string calendar = text_in(rule, "calendar", where + ".", "gregorian");
    dates.thai_solar = calendar == "thai_solar";
    if (!dates.thai_solar && calendar != "gregorian")
        refuse(where + ".calendar", "is gregorian or thai_solar");
    return dates;
}

ColumnRule rule_of(const std::string& name, const json& given) {
    const std::string where = "columns." + harmless_excerpt(name, 40);
    ColumnRule rule;
    rule.name = name;
    if (given.is_null()) return rule;
    if (given.is_string()) {
        rule.target = given.get<std::string>();
        if (rule.target.empty()) refuse(where, "is empty; null passes a column over");
        if (rule.target.size() > kTargetSizeMax) refuse(where, "is longer than any field's path");
        return rule;
    }
    only(given, kColumnKeys, where);
    rule.target = text_in(given, "to", where + ".", "");
    if (rule.target.empty()) refuse(where + ".to", "is missing: the field that it goes to");
    if (rule.target.size() > kTargetSizeMax)
        refuse(where + ".to", "is longer than any field's path");
    rule.separator = text_in(given, "separator", where + ".", rule.separator);
    if (rule.separator.empty() || rule.separator.size() > 10)
        refuse(where + ".separator", "is 1 to 10 bytes");
    if (const auto values = given.find("values"); values != given.end()) {
        if (!values->is_object()) refuse(where + ".values", "must be a JSON object");
        for (const auto& [cell, value] : values->items())
            rule.values[cell] = value.is_null() ? "" : value_text(value, where + ".values");
    }
    if (given.contains("date"))
        rule.dates = dates_of(given, where);
    else if (given.contains("calendar"))
        refuse(where + ".calendar", "is of use with \"date\" only");
    if (const auto optional = given.find("optional"); optional != given.end()) {
        if (!optional->is_boolean()) refuse(where + ".optional", "is true or false");
        rule.optional = optional->get<bool>();
    }
    return rule;
}

}  // namespace

std::optional<std::string> edtf_of(const DateForms& forms, std::string_view text) {
    for (const std::string& form : forms.forms) {
        std::string year;
        std::string month;
        std::string day;
        std::string_view rest = text;
        bool fits = true;
        for (std::string_view left = form; fits && !left.empty();) {
            const std::string_view token = token_of(left);
            left.remove_prefix(token.size());
            const char c = token.front();
            if (c != 'D' && c != 'M' && c != 'Y') {
                fits = rest.starts_with(token);
                if (fits) rest.remove_prefix(token.size());
                continue;
            }
            const std::size_t most = c == 'Y' ? 4 : 2;
            const std::size_t digits =
                std::min({rest.find_first_not_of("0123456789"), rest.size(), most});
            fits = c == 'Y' ? digits == 4 : digits >= 1;
            std::string& part = c == 'Y' ? year : c == 'M' ? month : day;
            part = rest.substr(0, digits);
            if (part.size() == 1) part.insert(0, "0");
            rest.remove_prefix(digits);
        }
        if (!fits || !rest.empty()) continue;
        if (forms.thai_solar) {
            int gregorian = 0;
            for (const char c : year) gregorian = gregorian * 10 + (c - '0');
            gregorian -= kThaiSolarOffset;
            if (gregorian < kYearMin) continue;
            year = std::to_string(gregorian);
        }
        return year + (month.empty() ? "" : "-" + month) + (day.empty() ? "" : "-" + day);
    }
    return std::nullopt;
}

Mapping parse_mapping(std::string_view text) {
    if (text.size() > kMappingSizeMax) refuse("", "it is longer than 1 MiB");
    json object;
    try {
        object = parse_json(text);
    } catch (const Error& error) {
        refuse("", error.what());
    }
    only(object, kKeys, "");
    Mapping mapping;
    if (text_in(object, "schema", "", "custos.mapping/1") != "custos.mapping/1")
        refuse("schema", "is custos.mapping/1, or left out");
    if (const std::string name = text_in(object, "kind", "", ""); !name.empty())
        mapping.kind = require_kind(name);
    mapping.csv.encoding = text_in(object, "encoding", "", "");
    if (const std::string name = text_in(object, "delimiter", "", ""); !name.empty()) {
        mapping.csv.delimiter = delimiter_named(name);
        if (mapping.csv.delimiter == '\0') refuse("delimiter", "is comma, semicolon or tab");
    }
    const std::string others = text_in(object, "others", "", "fields");
    if (others != "fields" && others != "skip") refuse("others", "is fields or skip");
    mapping.skip_others = others == "skip";
    if (const auto columns = object.find("columns"); columns != object.end()) {
        if (!columns->is_object() || columns->size() > kColumnsMax)
            refuse("columns", "is not an object of at most 2,000 columns");
        for (const auto& [name, rule] : columns->items())
            mapping.columns.push_back(rule_of(name, rule));
    }
    if (const auto constants = object.find("constants"); constants != object.end()) {
        if (!constants->is_object()) refuse("constants", "must be a JSON object");
        for (const auto& [path, value] : constants->items()) {
            const std::string where = "constants." + harmless_excerpt(path, 40);
            mapping.constants.emplace_back(path, value_text(value, where));
        }
    }
    return mapping;
}

}  // namespace custos::vault
