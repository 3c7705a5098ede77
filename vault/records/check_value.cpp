// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/check_value.h"

#include <algorithm>
#include <array>
#include <vector>

#include "vault/records/calendar.h"
#include "vault/records/codes.h"
#include "vault/records/date.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// When nothing is near, a short vocabulary is shown whole.
constexpr std::size_t kVocabularyShownMax = 12;
constexpr std::size_t kUrlSizeMax = 4096;

CheckedValue refuse(std::string message, std::string_view value = {},
                    std::vector<std::string> choices = {}) {
    return {nullptr, Problem{{}, std::move(message), harmless_excerpt(value), std::move(choices)}};
}

std::string with_article(const std::string& noun) {
    const bool vowel =
        !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + noun;
}

CheckedValue coded(std::optional<std::string> code, const char* what, const std::string& given,
                   std::vector<std::string> (*near)(std::string_view)) {
    if (code) return {std::move(*code), {}};
    return refuse(what, given, near(given));
}

CheckedValue refuse_date(DateRefusal refusal, const std::string& given) {
    std::vector<std::string> choices;
    if (!refusal.instead.empty()) choices.push_back(std::move(refusal.instead));
    // The two ways to say what was meant; the second keeps the words.
    if (reading_of("thai_solar", given) == Reading::calendar) {
        std::string kept = "thai_solar:" + given;
        if (parse_calendar_date(*split_calendar(kept)).parsed.date)
            choices.push_back(std::move(kept));
    }
    return refuse(std::move(refusal.why), given, std::move(choices));
}

CheckedValue check_date(const std::string& given) {
    const auto other = split_calendar(given);
    if (!other) {
        ParsedDate parsed = parse_date(given);
        if (parsed.date) return {std::move(parsed.date->text), {}};
        return refuse_date(std::move(parsed.refusal), given);
    }
    ConvertedDate converted = parse_calendar_date(*other);
    if (!converted.parsed.date) return refuse_date(std::move(converted.parsed.refusal), given);
    CheckedValue value{converted.parsed.date->text, {}};
    if (converted.calendar != "gregorian") {
        value.note = harmless_excerpt(other->text) + " in the calendar " + converted.calendar +
                     " is " + converted.parsed.date->text;
    }
    return value;
}

// Digits with at most one point, compared with whole bounds without a detour over binary fractions.
CheckedValue check_decimal(const Field& field, const std::string& given) {
    std::string_view rest = given;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative) rest.remove_prefix(1);
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
    const auto digits = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (whole.empty() || whole.size() > 9 || fraction.size() > 15 || !digits(whole) ||
        !digits(fraction) || (point != std::string_view::npos && fraction.empty())) {
        return refuse("not a decimal number with a point, such as 13.75", given);
    }
    std::int64_t value = 0;
    for (const char c : whole) value = value * 10 + (c - '0');
    const bool exact =
        std::all_of(fraction.begin(), fraction.end(), [](char c) { return c == '0'; });
    const std::int64_t limit = negative ? -field.min : field.max;
    if (value > limit || (value == limit && !exact)) {
        return refuse(
            "must be from " + std::to_string(field.min) + " to " + std::to_string(field.max),
            given);
    }
    return {given, {}};
}

CheckedValue check_integer(const Field& field, const json& given) {
    if (!given.is_number_integer())
        return refuse("must be a whole number, not " + json_kind(given));
    const bool beyond = given.is_number_unsigned() &&
                        given.get<std::uint64_t>() > static_cast<std::uint64_t>(kIntegerMax);
    const std::int64_t value = beyond ? kIntegerMax : given.get<std::int64_t>();
    if (beyond || value < field.min || value > field.max) {
        return refuse(
            "must be from " + std::to_string(field.min) + " to " + std::to_string(field.max),
            given.dump());
    }
    return {value, {}};
}

CheckedValue check_url(const std::string& given) {
    constexpr std::array<std::string_view, 5> kActive = {"javascript", "data", "vbscript", "file",
                                                         "blob"};
    const std::size_t colon = given.find(':');
    std::string scheme = given.substr(0, colon);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const bool well_formed =
        colon != std::string::npos && colon > 0 && colon + 1 < given.size() &&
        is_letter(scheme[0]) && std::all_of(scheme.begin(), scheme.end(), [&](char c) {
            return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        });
    if (!well_formed) {
        std::vector<std::string> choices;
        if (given.find('.') != std::string::npos && given.find(' ') == std::string::npos) {
            choices.push_back("https://" + harmless_excerpt(given));
        }
        return refuse("must begin with a scheme, such as https://", given, std::move(choices));
    }
    for (char& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (std::find(kActive.begin(), kActive.end(), scheme) != kActive.end()) {
        return refuse("addresses that run or embed something are not taken", scheme + ":");
    }
    if (given.size() > kUrlSizeMax) return refuse("an address has 4,096 bytes at most", given);
    if (given.find_first_of(" <>\"`{}|\\^") != std::string::npos)
        return refuse("holds a character that no address has", given);
    return {given, {}};
}

CheckedValue check_text(const std::string& given) {
    const bool blank = std::all_of(given.begin(), given.end(),
                                   [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
    if (blank) return refuse("is empty: leave the field out instead");
    return {given, {}};
}

}  // namespace

FieldType item_type(FieldType list) {
    switch (list) {
        case FieldType::country_list: return FieldType::country;
        case FieldType::language_list: return FieldType::language;
        case FieldType::term_list: return FieldType::term;
        case FieldType::reference_list: return FieldType::reference;
        case FieldType::object_list: return FieldType::object;
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
        case FieldType::text_list:
        case FieldType::reference:
        case FieldType::object:
        case FieldType::term_map:
        case FieldType::reference_map: break;
    }
    return FieldType::text;
}

std::string json_kind(const json& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    if (value.is_string()) return "text";
    if (value.is_boolean()) return "true or false";
    if (value.is_number_float()) return "a number with a fraction";
    if (value.is_number()) return "a number";
    return "null";
}

CheckedValue check_term(const Vocabulary& words, std::string_view given) {
    if (const Term* term = find_written_term(words, given)) return {std::string(term->key), {}};
    if (const FormerTerm* former = find_former_term(words, given)) {
        CheckedValue value{std::string(former->now), {}};
        value.note = "\"" + harmless_excerpt(given) + "\" is now " + std::string(former->now);
        if (!former->note.empty()) value.note += ": " + std::string(former->note);
        return value;
    }
    const auto coded = terms_with_code(words, given);
    if (coded.size() == 1) return {std::string(coded.front()->key), {}};
    if (!coded.empty()) {
        std::vector<std::string> keys;
        for (const Term* term : coded) keys.emplace_back(term->key);
        return refuse("several words have this number", given, std::move(keys));
    }

    std::vector<std::string_view> keys;
    std::vector<std::string_view> labels;
    for (const Term& term : words.terms) {
        if (term.retired) continue;
        keys.push_back(term.key);
        labels.push_back(term.label);
    }
    std::vector<std::string> near = nearest(given, keys);
    for (const std::string& label : nearest(given, labels)) {
        const auto at = static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) -
                                                 labels.begin());
        std::string key(keys[at]);
        const bool fresh = std::find(near.begin(), near.end(), key) == near.end();
        if (fresh && near.size() < 3) near.push_back(std::move(key));
    }
    if (near.empty() && keys.size() <= kVocabularyShownMax) near.assign(keys.begin(), keys.end());
    return refuse("not a word of the vocabulary " + std::string(words.name), given,
                  std::move(near));
}

CheckedValue check_reference(const Field& field, const json& given, const Resolver& resolve) {
    if (!given.is_string()) {
        return refuse("must be the id of " + with_article(to_text(field.kinds)) + ", not " +
                      json_kind(given));
    }
    const std::string& text = given.get_ref<const std::string&>();
    const std::optional<IdQuery> query = parse_id_query(text);
    if (!query) {
        const KindRow* example = nullptr;
        for (const KindRow& row : kKinds) {
            if (example == nullptr && field.kinds.contains(row.kind)) example = &row;
        }
        std::string form = "not an id";
        if (example != nullptr) form += std::string(" such as ") + example->prefix + "-7K3QD";
        return refuse(std::move(form), text);
    }
    if (!field.kinds.contains(query->kind)) {
        return refuse("must be " + with_article(to_text(field.kinds)) + ", and this is the id of " +
                          with_article(std::string(name_of(query->kind))),
                      text);
    }
    Resolved resolved = resolve(text);
    if (resolved.id && field.kinds.contains(resolved.id->kind)) return {to_text(*resolved.id), {}};
    if (!resolved.choices.empty())
        return refuse("could be several records", text, std::move(resolved.choices));
    return refuse("there is no such " + std::string(name_of(query->kind)), text);
}

CheckedValue check_value(const Schema& schema, const Field& field, FieldType type,
                         const json& given) {
    if (type == FieldType::integer) return check_integer(field, given);
    if (type == FieldType::boolean) {
        if (given.is_boolean()) return {given, {}};
        return refuse("must be true or false, not " + json_kind(given));
    }
    if (!given.is_string()) {
        return refuse("must be " + std::string(described(type)) + ", not " + json_kind(given));
    }
    const std::string& text = given.get_ref<const std::string&>();
    if (text.size() > kTextSizeMax) return refuse("is longer than 1 MiB: attach it as a file");
    if (const auto refusal =
            text_refusal(text, type == FieldType::long_text ? Lines::many : Lines::one)) {
        return refuse(*refusal);
    }
    switch (type) {
        case FieldType::edtf_date: return check_date(text);
        case FieldType::time_of_day:
            if (parse_time(text)) return {given, {}};
            return refuse("not a time of day in the form 21:30", text);
        case FieldType::timezone:
            return coded(timezone_name(text), "no such time zone", text, nearest_timezones);
        case FieldType::country:
            return coded(country_code(text), "no such country", text, nearest_countries);
        case FieldType::language:
            return coded(language_tag(text), "no such language", text, nearest_languages);
        case FieldType::url: return check_url(text);
        case FieldType::decimal_text: return check_decimal(field, text);
        case FieldType::term: return check_term(schema.vocabulary(field.vocabulary), text);
        case FieldType::text:
        case FieldType::long_text:
        case FieldType::integer:
        case FieldType::boolean:
        case FieldType::country_list:
        case FieldType::language_list:
        case FieldType::term_list:
        case FieldType::text_list:
        case FieldType::reference:
        case FieldType::reference_list:
        case FieldType::object:
        case FieldType::object_list:
        case FieldType::term_map:
        case FieldType::reference_map: break;
    }
    return check_text(text);
}

}  // namespace custos::vault
