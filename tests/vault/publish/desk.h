// SPDX-License-Identifier: GPL-3.0-or-later
// A vault in which statements are written, checked and published.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/vault/open_vault.h"
#include "vault/publish/statements.h"
#include "vault/records/store.h"

namespace custos::vault::publish {

struct Desk : VaultFixture {
    Vault vault = create();

    RecordId add(Kind kind, const nlohmann::json& fields) {
        Change change(vault);
        const RecordId id = create_record(change, kind, fields);
        change.commit();
        return id;
    }
    void revise(const RecordId& id, const nlohmann::json& fields) {
        Change change(vault);
        revise_record(change, id, fields);
        change.commit();
    }
    std::string code(const RecordId& id) const { return code_of(vault, id); }

    RecordId person(const std::string& name, const char* level = "P3") {
        const RecordId id =
            add(Kind::person, {{"names", {{{"text", name}}}}, {"protection", level}});
        return id;
    }
    void consent(const RecordId& who, const nlohmann::json& scopes) {
        add(Kind::consent, {{"person", code(who)}, {"given", "2019-12-20"}, {"scopes", scopes}});
    }
    nlohmann::json statement_fields(const std::string& body) const {
        return {{"index", "KEP 1/2019"},
                {"title", "A statement"},
                {"date", "2019-12-27"},
                {"language", "en"},
                {"body", body}};
    }
    std::vector<Finding> findings(const RecordId& statement) {
        return check_statement(vault, statement).findings;
    }
};

inline const Finding* of_rule(const std::vector<Finding>& findings, std::string_view rule) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& each) { return each.rule == rule; });
    return found == findings.end() ? nullptr : &*found;
}

inline bool has_file(const std::vector<Finding>& findings, std::string_view file) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& each) { return each.file == file; });
}

}  // namespace custos::vault::publish
