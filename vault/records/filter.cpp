// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/filter.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {

using nlohmann::json;

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string text_of_scalar(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::pair<std::string_view, std::string_view> cut_path(std::string_view path) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

// Numbers compare as numbers, everything else (dates too) as text.
int order_of(const std::string& a, const std::string& b) {
    long long left = 0;
    long long right = 0;
    const auto read = [](const std::string& text, long long& number) {
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
        return failure == std::errc() && end == text.data() + text.size();
    };
    if (read(a, left) && read(b, right)) return left < right ? -1 : left > right ? 1 : 0;
    return a.compare(b);
}

bool is_reference(FieldType type) {
    return type == FieldType::reference || type == FieldType::reference_list;
}

// The value as records hold it, by the same rules by which they were checked.
std::vector<std::string> stored_values(const Schema& schema, const Field& field,
                                       std::string_view value) {
    const FieldType type = is_list(field.type) ? item_type(field.type) : field.type;
    if (type == FieldType::term || type == FieldType::term_map ||
        type == FieldType::reference_map) {
        const CheckedValue term = check_term(schema.vocabulary(field.vocabulary), value);
        if (term.problem) throw Error{ErrorCode::usage, to_text(*term.problem)};
        const auto keys = with_narrower(schema.vocabulary(field.vocabulary),
                                        term.value.get_ref<const std::string&>());
        return {keys.begin(), keys.end()};
    }
    if (type == FieldType::country || type == FieldType::language) {
        CheckedValue code = check_value(schema, field, type, json(std::string(value)));
        if (code.problem) throw Error{ErrorCode::usage, to_text(*code.problem)};
        return {code.value.get<std::string>()};
    }
    return {std::string(value)};
}

}  // namespace

const Field& require_path(const Schema& schema, Kind kind, std::string_view path) {
    const FieldList fields = schema.fields(kind);
    if (const Field* field = field_at(fields, path)) return *field;
    std::vector<std::string_view> names;
    const Field* outer = field_at(fields, cut_path(path).first);
    const bool in_part = outer != nullptr && !outer->children.empty();
    for (const Field& each : in_part ? outer->children : fields) names.push_back(each.name);
    auto near = nearest(in_part ? cut_path(path).second : path, names);
    for (std::string& name : near) {
        if (in_part) name.insert(0, std::string(outer->name) + ".");
    }
    throw Error{ErrorCode::usage,
                "a record of the kind " + std::string(name_of(kind)) + " has no field \"" +
                    harmless_excerpt(path) + "\"",
                near.empty() ? "custos schema " + std::string(name_of(kind)) + " lists its fields"
                             : "did you mean " + either(near) + "?"};
}

Filter::Filter(const Vault& vault, Kind kind, std::string_view expression) {
    static constexpr std::array<std::pair<std::string_view, Comparison>, 7> kOperators = {{
        {"!=", Comparison::not_equal},
        {"<=", Comparison::less_equal},
        {">=", Comparison::greater_equal},
        {"=", Comparison::equal},
        {"<", Comparison::less},
        {">", Comparison::greater},
        {"~", Comparison::contains},
    }};
    const std::size_t at = expression.find_first_of("!<>=~");
    const std::string_view from_operator =
        at == std::string_view::npos ? std::string_view() : expression.substr(at);
    const auto found = std::find_if(kOperators.begin(), kOperators.end(), [&](const auto& row) {
        return from_operator.starts_with(row.first);
    });
    if (at == 0 || found == kOperators.end()) {
        throw Error{ErrorCode::usage,
                    "cannot read the filter \"" + harmless_excerpt(expression) + "\"",
                    "write FIELD=VALUE; other comparisons are != < <= > >= and ~ for \"contains\""};
    }
    path_ = expression.substr(0, at);
    while (!path_.empty() && path_.back() == ' ') path_.pop_back();
    comparison_ = found->second;
    std::string_view value = from_operator.substr(found->first.size());
    while (value.starts_with(' ')) value.remove_prefix(1);
    const Field& field = require_path(vault.schema(), kind, path_);
    const bool whole = comparison_ == Comparison::equal || comparison_ == Comparison::not_equal;
    if (is_reference(field.type)) {
        values_ = {to_text(resolve(vault, value))};
    } else if (whole) {
        values_ = stored_values(vault.schema(), field, value);
    } else {
        values_ = {comparison_ == Comparison::contains ? lower(value) : std::string(value)};
    }
}

bool Filter::compares(const std::string& text) const {
    switch (comparison_) {
        case Comparison::equal:
        case Comparison::not_equal:  // matches() turns it round
            return std::find(values_.begin(), values_.end(), text) != values_.end();
        case Comparison::less: return order_of(text, values_.front()) < 0;
        case Comparison::less_equal: return order_of(text, values_.front()) <= 0;
        case Comparison::greater: return order_of(text, values_.front()) > 0;
        case Comparison::greater_equal: return order_of(text, values_.front()) >= 0;
        case Comparison::contains: return lower(text).find(values_.front()) != std::string::npos;
    }
    return false;
}

bool Filter::any_matches(const json& value, std::string_view path) const {
    if (value.is_array()) {
        return std::any_of(value.begin(), value.end(),
                           [&](const json& item) { return any_matches(item, path); });
    }
    if (path.empty()) return !value.is_object() && compares(text_of_scalar(value));
    if (!value.is_object()) return false;
    const auto [name, rest] = cut_path(path);
    const auto member = value.find(std::string(name));
    return member != value.end() && any_matches(*member, rest);
}

bool Filter::matches(const Record& record) const {
    const bool any = any_matches(record.fields, path_);
    return comparison_ == Comparison::not_equal ? !any : any;
}

std::string field_text(const json& fields, std::string_view path) {
    if (fields.is_array()) return fields.empty() ? std::string() : field_text(fields.front(), path);
    if (path.empty())
        return fields.is_structured() || fields.is_null() ? "" : text_of_scalar(fields);
    if (!fields.is_object()) return {};
    const auto [name, rest] = cut_path(path);
    const auto member = fields.find(std::string(name));
    return member == fields.end() ? std::string() : field_text(*member, rest);
}

}  // namespace custos::vault
