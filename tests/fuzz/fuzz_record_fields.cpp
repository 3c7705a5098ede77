// SPDX-License-Identifier: GPL-3.0-or-later
// Strict JSON and the check of fields. The first byte picks the kind. What is taken is taken again
// unchanged, can be written and read, and can be described.
#include <cstdint>

#include <nlohmann/json.hpp>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "vault/records/check.h"
#include "vault/records/describe.h"
#include "vault/records/json_input.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

// Knows every record whose id begins as written.
Resolved resolve_any(std::string_view text) {
    const auto query = parse_id_query(text);
    require(query.has_value());
    const std::string digits = query->digits + std::string(kIdDigits - query->digits.size(), '0');
    return {parse_id(std::string(1, prefix_of(query->kind)) + "-" + digits), {}};
}

void describe(Kind kind, const nlohmann::json& fields) {
    require(!title_of(builtin_schema(), kind, fields).empty());
    require(is_utf8(title_of(builtin_schema(), kind, fields)));
    for (const FieldText& text : searchable_text(builtin_schema(), kind, fields))
        require(is_utf8(text.text));
    (void)sort_dates(kind, fields);
    (void)countries_in(builtin_schema(), kind, fields);
    (void)languages_in(builtin_schema(), kind, fields);
    for (const FieldReference& reference : references(builtin_schema(), kind, fields))
        require(!reference.path.empty());
    (void)with_references(builtin_schema(), kind, fields,
                          [](const RecordId& id) { return code_text(id, kCodeDigitsMin); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Kind kind = kKinds[data[0] % kKinds.size()].kind;
    nlohmann::json given;
    try {
        given = parse_json(text_of({data + 1, size - 1}));
    } catch (const Error& error) {
        require(error.code() == ErrorCode::usage);
        require(is_utf8(error.what()));
        return 0;
    }
    require(parse_json(given.dump()) == given);
    describe(kind, given);

    const Checked checked = check_fields(builtin_schema(), kind, given, resolve_any);
    for (const Problem& problem : checked.problems) require(is_utf8(to_text(problem)));
    if (!checked.ok()) {
        require(!std::string(problems_error(kind, checked.problems).what()).empty());
        return 0;
    }
    // A date in another calendar keeps the words in which it was given, in a field beside it.
    require(checked.fields.size() >= given.size());
    const Checked again = check_fields(builtin_schema(), kind, checked.fields, resolve_full_id);
    require(again.ok() && again.fields == checked.fields);
    describe(kind, checked.fields);
    return 0;
}
