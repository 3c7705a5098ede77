// SPDX-License-Identifier: GPL-3.0-or-later
// `--where FIELD OP VALUE`: which records a list shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/records/schema.h"
#include "vault/records/store.h"

namespace custos::vault {

class Filter {
public:
    // "field=value", "!=", "<", "<=", ">", ">=", and "~" for "contains", whatever the case. A field
    // of a part is written with dots ("place.country"); a list matches if one of its items does. A
    // value for a reference is the code or id of a record; a broader term finds its narrower ones.
    // Error{usage} for an unknown field, term, country or language, with the nearest ones.
    Filter(const Vault& vault, Kind kind, std::string_view expression);

    // `record` must be of the kind, with fields.
    [[nodiscard]] bool matches(const Record& record) const;

private:
    enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal, contains };
    [[nodiscard]] bool compares(const std::string& text) const;
    [[nodiscard]] bool any_matches(const nlohmann::json& value, std::string_view path) const;

    std::string path_;
    Comparison comparison_ = Comparison::equal;
    std::vector<std::string> values_;  // more than one only for terms with narrower ones
};

// The text of a field by its path (the first item of lists), for sorting. Empty if it is not there.
[[nodiscard]] std::string field_text(const nlohmann::json& fields, std::string_view path);

// The field that `path` names; Error{usage}, with the nearest names, if there is none.
const Field& require_path(const Schema& schema, Kind kind, std::string_view path);

}  // namespace custos::vault
