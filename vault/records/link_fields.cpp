// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/link_fields.h"

#include <array>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;
using Type = FieldType;
using Words = VocabularyId;

// A row a line, to be read down the page.
// clang-format off
constexpr auto kLinkFields = std::to_array<Field>({
    {.name = "field", .type = Type::text, .help = "field of the other record that it is about", .example = "date"},
    {.name = "reliability", .type = Type::term, .help = "of the source here (Admiralty A to F)", .example = "B", .vocabulary = Words::reliability},
    {.name = "credibility", .type = Type::term, .help = "of what it says here (Admiralty 1 to 6)", .example = "2", .vocabulary = Words::credibility},
    {.name = "reliability_huridocs", .type = Type::term, .help = "the same on the HURIDOCS scale", .example = "likely", .huridocs = "2553", .vocabulary = Words::reliability_huridocs},
    {.name = "connection", .type = Type::term, .help = "how near the source was", .example = "eyewitness", .huridocs = "2509", .vocabulary = Words::source_connection},
    {.name = "paragraph", .type = Type::integer, .help = "number of the paragraph that says it", .example = "3", .min = 1, .max = 10'000},
    {.name = "locator", .type = Type::text, .help = "where it says so", .example = "page 3, second paragraph"},
    {.name = "date", .type = Type::edtf_date, .help = "when the link held", .example = "2012/2017-11"},
    {.name = "confidence", .type = Type::term, .help = "how sure we are", .example = "high", .vocabulary = Words::confidence},
    {.name = "note", .type = Type::long_text, .help = "anything else", .example = "He saw the van from his window."},
});
// clang-format on

const Field& require_link_field(std::string_view name) {
    if (const Field* field = find_field(link_fields(), name)) return *field;
    std::vector<std::string_view> names;
    for (const Field& field : kLinkFields) names.push_back(field.name);
    const auto near = nearest(name, names);
    throw Error{
        ErrorCode::usage, "a link has no field \"" + harmless_excerpt(name) + "\"",
        near.empty() ? "custos help link lists them" : "did you mean " + either(near) + "?"};
}

json checked_value(const Schema& schema, const Field& field, const json& given) {
    CheckedValue checked =
        field.type == Type::term && given.is_string()
            ? check_term(schema.vocabulary(field.vocabulary), given.get<std::string>())
            : check_value(schema, field, field.type, given);
    if (!checked.problem) return std::move(checked.value);
    checked.problem->path = field.name;
    throw Error{ErrorCode::usage, "cannot store this link: " + to_text(*checked.problem)};
}

}  // namespace

FieldList link_fields() { return {kLinkFields.data(), kLinkFields.size()}; }

void assign_link_field(const Schema& schema, json& about, std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos) {
        throw Error{ErrorCode::usage,
                    "cannot read \"" + harmless_excerpt(assignment) + "\": it has no =",
                    "write --set NAME=VALUE, such as --set reliability=B"};
    }
    const Field& field = require_link_field(assignment.substr(0, equals));
    const std::string text(assignment.substr(equals + 1));
    json value = text;
    if (field.type == Type::integer) {
        value = json::parse(text, nullptr, /*allow_exceptions=*/false);
        if (!value.is_number_integer()) value = text;
    }
    about[std::string(field.name)] = checked_value(schema, field, value);
}

json checked_link_fields(const Schema& schema, const json& given) {
    json about = json::object();
    for (const auto& [name, value] : given.items()) {
        if (name == "role" || name == "to") continue;
        about[name] = checked_value(schema, require_link_field(name), value);
    }
    return about;
}

}  // namespace custos::vault
