// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a condition as a person writes it.
#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/filter.h"
#include "vault/records/text.h"
#include "vault/records/values.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {

using nlohmann::json;

namespace {

using Test = Condition::Test;
using Form = Condition::Form;
using std::string_view;

constexpr string_view kHint =
    "write FIELD=VALUE; other comparisons are != < <= > >= ~ (contains) ^= (begins with), "
    "in (A,B), is set, is not set";

Error cannot_read(string_view expression, const std::string& why = {}) {
    return Error{ErrorCode::usage,
                 "cannot read the filter \"" + harmless_excerpt(expression) + "\"" +
                     (why.empty() ? "" : ": " + why),
                 std::string(kHint)};
}

string_view trimmed(string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Splits at `comma`s outside of double quotes, which may hold \" and \\.
std::vector<std::string> split(string_view text, char comma) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\' && i + 1 < text.size()) {
            parts.back().append({c, text[++i]});
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (c == comma && !quoted) {
            parts.emplace_back();
        } else {
            parts.back().push_back(c);
        }
    }
    return parts;
}

std::string unquoted(string_view text) {
    text = trimmed(text);
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    std::string out;
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        out.push_back(text[i]);
    }
    return out;
}

std::pair<string_view, string_view> cut_path(string_view path) {
    const std::size_t dot = path.find('.');
    if (dot == string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

Form form_of(FieldType type) {
    switch (type) {
        case FieldType::long_text: return Form::long_text;
        case FieldType::edtf_date: return Form::date;
        case FieldType::language: return Form::language;
        case FieldType::integer:
        case FieldType::boolean:
        case FieldType::decimal_text: return Form::number;
        case FieldType::reference: return Form::reference;
        case FieldType::time_of_day:
        case FieldType::timezone:
        case FieldType::country:
        case FieldType::term:
        case FieldType::term_map:
        case FieldType::reference_map: return Form::word;
        default: return Form::text;
    }
}

std::int64_t number_from(string_view text, FieldType type, string_view expression) {
    if (type == FieldType::boolean) {
        if (text == "true" || text == "yes") return 1;
        if (text == "false" || text == "no") return 0;
        throw cannot_read(expression, "write true or false");
    }
    if (type == FieldType::decimal_text) {
        if (const auto decimal = decimal_value(text)) return *decimal;
        throw cannot_read(expression, "write a number, such as 13.75");
    }
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure == std::errc() && end == text.data() + text.size()) return number;
    throw cannot_read(expression, "write a whole number");
}

DateBounds date_from(string_view text) {
    const ParsedDate parsed = parse_date(text);
    if (parsed.date) return parsed.date->bounds;
    throw Error{ErrorCode::usage,
                "cannot read the date \"" + harmless_excerpt(text) + "\": " + parsed.refusal.why,
                parsed.refusal.instead.empty() ? "write 2019, 2019-11 or 2019-11-29"
                                               : "did you mean " + parsed.refusal.instead + "?"};
}

// Terms by key, label or HURIDOCS code, each with the narrower ones.
class Terms {
public:
    explicit Terms(const Vocabulary& words) : words_(words) {}

    void add(string_view key) {
        for (const string_view each : with_narrower(words_, key)) keys_.emplace_back(each);
    }
    // Error{usage} if there is none.
    void equal(string_view text) {
        for (const Term& term : words_.terms) {
            if (!term.huridocs.empty() && term.huridocs == text) add(term.key);
        }
        if (!keys_.empty()) return;
        const CheckedValue checked = check_term(words_, text);
        if (checked.problem) throw Error{ErrorCode::usage, to_text(*checked.problem)};
        add(checked.value.get_ref<const std::string&>());
    }
    void prefix(string_view folded, TextFolder& folder) {
        for (const Term& term : words_.terms) {
            if (term.huridocs.starts_with(folded) || term.key.starts_with(folded) ||
                folder.fold(term.label).starts_with(folded))
                add(term.key);
        }
    }
    void contains(string_view folded, TextFolder& folder) {
        for (const Term& term : words_.terms) {
            if (term.key.find(folded) != string_view::npos ||
                folder.fold(term.label).find(folded) != std::string::npos)
                add(term.key);
        }
    }
    std::vector<std::string> take() { return std::move(keys_); }

private:
    const Vocabulary& words_;
    std::vector<std::string> keys_;
};

class Reader {
public:
    Reader(const Vault& vault, Kind kind, string_view expression)
        : vault_(vault), schema_(vault.schema()), whole_(expression) {
        condition_.kind = kind;
    }

    Condition read(const std::string& before) {
        if (whole_.size() > kFilterBytesMax || !is_utf8(whole_))
            throw cannot_read(
                whole_, "it is no text of at most " + std::to_string(kFilterBytesMax) + " bytes");
        string_view rest = trimmed(whole_);
        const std::size_t end = rest.find_first_of(" !<>=~^[(");
        if (end == 0 || end == string_view::npos) throw cannot_read(whole_);
        condition_.path = before + std::string(rest.substr(0, end));
        rest = trimmed(rest.substr(end));
        if (rest.starts_with('[')) {
            read_item(rest, before);
        } else if (condition_.path == "about" || condition_.path.starts_with("link:")) {
            read_link(read_test(rest));
        } else {
            read_field(rest);
        }
        return std::move(condition_);
    }

private:
    // Takes the comparison off and returns the operands as they are written.
    std::vector<std::string> read_test(string_view rest) {
        if (rest == "is set" || rest == "is not set") {
            condition_.test = Test::set;
            condition_.negated = rest == "is not set";
            return {};
        }
        condition_.negated = rest.starts_with("not ");
        if (condition_.negated) rest = trimmed(rest.substr(4));
        if (rest.starts_with("in ") || rest.starts_with("in(")) {
            rest = trimmed(rest.substr(2));
            if (!rest.starts_with('(') || !rest.ends_with(')'))
                throw cannot_read(whole_, "the values of \"in\" stand in parentheses");
            std::vector<std::string> values;
            for (const std::string& part : split(rest.substr(1, rest.size() - 2), ','))
                values.push_back(unquoted(part));
            if (values.size() > kFilterValuesMax)
                throw cannot_read(
                    whole_, "it has more than " + std::to_string(kFilterValuesMax) + " values");
            return values;
        }
        if (condition_.negated) throw cannot_read(whole_);
        static constexpr std::array<std::pair<string_view, Test>, 8> kTests = {{
            {"!=", Test::equal},
            {"<=", Test::less_equal},
            {">=", Test::greater_equal},
            {"^=", Test::prefix},
            {"=", Test::equal},
            {"<", Test::less},
            {">", Test::greater},
            {"~", Test::contains},
        }};
        const auto* const found = std::find_if(kTests.begin(), kTests.end(), [&](const auto& row) {
            return rest.starts_with(row.first);
        });
        if (found == kTests.end()) throw cannot_read(whole_);
        condition_.test = found->second;
        condition_.negated = found->first == "!=";
        return {unquoted(rest.substr(found->first.size()))};
    }

    void read_item(string_view rest, const std::string& before) {
        if (!before.empty()) throw cannot_read(whole_, "one list at a time");
        if (!rest.ends_with(']')) throw cannot_read(whole_, "the ] is missing");
        const FieldList fields = schema_.fields(condition_.kind);
        (void)require_path(schema_, condition_.kind, condition_.path);
        const Field* list = field_at(fields, condition_.path);
        if (list == nullptr || list->type != FieldType::object_list)
            throw cannot_read(whole_, condition_.path + " is no list of parts");
        condition_.test = Test::item;
        for (const std::string& part : split(rest.substr(1, rest.size() - 2), ',')) {
            Reader reader(vault_, condition_.kind, part);
            condition_.inner.push_back(reader.read(condition_.path + "."));
            if (condition_.inner.size() > kFilterConditionsMax)
                throw cannot_read(whole_, "it has too many conditions");
        }
    }

    void read_link(const std::vector<std::string>& values) {
        if (condition_.test != Test::equal)
            throw cannot_read(whole_, "write " + condition_.path + "=ID");
        condition_.test = condition_.path == "about" ? Test::about : Test::link;
        if (condition_.test == Test::link) read_role();
        for (const std::string& value : values) condition_.ids.push_back(resolve(vault_, value));
    }

    // A link role, or the name of a field that refers.
    void read_role() {
        condition_.role = condition_.path.substr(std::string_view("link:").size());
        const Field* field = field_at(schema_.fields(condition_.kind), condition_.role);
        if (field != nullptr && form_of(item_of(*field)) == Form::reference) return;
        const Term* term =
            find_written_term(schema_.vocabulary(VocabularyId::link_role), condition_.role);
        if (term == nullptr) {
            throw cannot_read(
                whole_, "there is no link role \"" + harmless_excerpt(condition_.role) + "\"");
        }
        condition_.role = term->key;
    }

    static FieldType item_of(const Field& field) {
        return is_list(field.type) ? item_type(field.type) : field.type;
    }

    void read_field(string_view rest) {
        const std::vector<std::string> values = read_test(rest);
        // What is held under an own name that nobody defined can still be looked for.
        const bool own = is_own_name(condition_.path);
        const Field* field = field_at(schema_.fields(condition_.kind), condition_.path);
        if (field == nullptr && !own)
            field = &require_path(schema_, condition_.kind, condition_.path);
        condition_.repeated = own || is_repeated(schema_.fields(condition_.kind), condition_.path);
        condition_.form = field == nullptr ? Form::own : form_of(item_of(*field));
        if (own && field != nullptr) fit_own();
        if (condition_.form == Form::long_text && !condition_.repeated)
            condition_.form = Form::text;
        if (field != nullptr && field->type == FieldType::reference_map) name_entry(*field);
        for (const std::string& value : values) {
            if (value.empty())
                throw cannot_read(whole_, "there is no value; to look for that, write " +
                                              harmless_excerpt(condition_.path) + " is not set");
            if (condition_.form == Form::own &&
                (field == nullptr || field->vocabulary == VocabularyId::none)) {
                read_own(value);
            } else if (condition_.form == Form::own) {
                read_term(schema_.vocabulary(field->vocabulary), value);
            } else {
                read_operand(*field, value);
            }
        }
    }

    // The index has own values as they are: texts folded, whole numbers, ids.
    void fit_own() {
        if (condition_.form == Form::date || condition_.form == Form::number) {
            condition_.by_body = true;
        } else {
            condition_.form = Form::own;
        }
    }

    // "plan.P-7K3QD" is kept under the full id.
    void name_entry(const Field& field) {
        const std::string_view path = condition_.path;
        const std::size_t at = path.rfind(std::string(field.name) + ".");
        if (at == string_view::npos) return;
        const std::size_t key = at + field.name.size() + 1;
        condition_.path =
            std::string(path.substr(0, key)) + to_text(resolve(vault_, path.substr(key)));
        condition_.repeated = true;
    }

    void read_own(const std::string& value) {
        condition_.texts.push_back(folder_.fold(value));
        std::int64_t number = 0;
        const auto [end, failure] =
            std::from_chars(value.data(), value.data() + value.size(), number);
        if (failure == std::errc() && end == value.data() + value.size())
            condition_.numbers.push_back(number);
        if (value == "true" || value == "false") condition_.numbers.push_back(value == "true");
        if (!parse_id_query(value)) return;
        try {
            condition_.ids.push_back(resolve(vault_, value));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
        }
    }

    void read_operand(const Field& field, const std::string& value) {
        const FieldType type = item_of(field);
        if (field.type == FieldType::object || field.type == FieldType::object_list)
            throw cannot_read(whole_, condition_.path + " has parts: compare one of them");
        const bool loose = condition_.test == Test::contains || condition_.test == Test::prefix;
        if (loose && (condition_.form == Form::number || condition_.form == Form::date ||
                      condition_.form == Form::reference))
            throw cannot_read(whole_, condition_.path + " holds " + std::string(described(type)) +
                                          ": compare with = or <");
        switch (condition_.form) {
            case Form::number:
                condition_.numbers.push_back(number_from(value, type, whole_));
                break;
            case Form::date: condition_.dates.push_back(date_from(value)); break;
            case Form::reference: condition_.ids.push_back(resolve(vault_, value)); break;
            case Form::word:
            case Form::language: read_word(field, type, value); break;
            default: condition_.texts.push_back(folder_.fold(value)); break;
        }
    }

    void read_word(const Field& field, FieldType type, const std::string& value) {
        if (type == FieldType::reference_map && parse_id_query(value)) {
            condition_.form = Form::reference;
            condition_.ids.push_back(resolve(vault_, value));
        } else if (field.vocabulary != VocabularyId::none) {
            read_term(schema_.vocabulary(field.vocabulary), value);
        } else if (condition_.test == Test::equal) {
            CheckedValue code = check_value(schema_, field, type, json(value));
            if (code.problem) throw Error{ErrorCode::usage, to_text(*code.problem)};
            condition_.texts.push_back(code.value.get<std::string>());
        } else {
            condition_.texts.push_back(value);
        }
    }

    void read_term(const Vocabulary& words, const std::string& value) {
        Terms terms(words);
        const std::string folded = folder_.fold(value);
        switch (condition_.test) {
            case Test::equal: terms.equal(value); break;
            case Test::prefix: terms.prefix(folded, folder_); break;
            case Test::contains: terms.contains(folded, folder_); break;
            default: {  // an order of the keys: protection>=P2
                const CheckedValue checked = check_term(words, value);
                if (checked.problem) throw Error{ErrorCode::usage, to_text(*checked.problem)};
                condition_.texts.push_back(checked.value.get<std::string>());
                return;
            }
        }
        condition_.test = Test::equal;
        for (std::string& key : terms.take()) condition_.texts.push_back(std::move(key));
    }

    const Vault& vault_;
    const Schema& schema_;
    string_view whole_;
    TextFolder folder_;
    Condition condition_;
};

}  // namespace

bool is_repeated(FieldList fields, string_view path) {
    while (true) {
        const auto [name, rest] = cut_path(path);
        const Field* field = find_field(fields, name);
        if (field == nullptr) return false;
        if (is_list(field->type)) return true;
        if (rest.empty()) return false;
        fields = field->children;
        path = rest;
    }
}

const Field& require_path(const Schema& schema, Kind kind, string_view path) {
    const FieldList fields = schema.fields(kind);
    if (const Field* field = field_at(fields, path)) return *field;
    std::vector<string_view> names;
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

Condition read_condition(const Vault& vault, Kind kind, string_view expression) {
    return Reader(vault, kind, expression).read({});
}

}  // namespace custos::vault
