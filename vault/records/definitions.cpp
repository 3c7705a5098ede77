// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/definitions.h"

#include "crypto/error.h"

namespace custos::vault {

using nlohmann::json;

namespace {

json value_at(const Vault& vault, std::uint64_t index) {
    const StoredEntry stored = vault.log().at(index);
    if (stored.body) {
        json body = json::parse(stored.body->begin(), stored.body->end(), nullptr, false);
        if (body.is_object() && body.contains("value")) return std::move(body["value"]);
    }
    throw Error{ErrorCode::integrity,
                "the body of log entry " + std::to_string(index) + " is damaged",
                "run custos check, then restore from a backup"};
}

}  // namespace

void define(Change& change, std::string_view what, std::string_view name, const json& value) {
    if (name.empty() || name.size() > kDefinitionNameMax) {
        throw Error{ErrorCode::usage, "a name has 1 to " + std::to_string(kDefinitionNameMax) +
                                          " bytes; this one has " + std::to_string(name.size())};
    }
    const json body = {{"what", what}, {"name", name}, {"value", value}};
    change.append({Verb::define, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
}

std::vector<Definition> definitions(const Vault& vault, std::string_view what) {
    std::vector<Definition> all;
    Query query(vault.database(), "SELECT name, idx FROM definition WHERE what = ? ORDER BY name");
    query.bind(what);
    while (query.step()) {
        all.push_back({std::string(query.text(0)),
                       value_at(vault, static_cast<std::uint64_t>(query.integer(1)))});
    }
    return all;
}

std::optional<json> find_definition(const Vault& vault, std::string_view what,
                                    std::string_view name) {
    Query query(vault.database(), "SELECT idx FROM definition WHERE what = ? AND name = ?");
    if (!query.bind(what, name).step()) return std::nullopt;
    return value_at(vault, static_cast<std::uint64_t>(query.integer(0)));
}

bool is_taken_back(const json& body) {
    const auto removed = body.find("removed");
    if (removed != body.end() && removed->is_boolean() && removed->get<bool>()) return true;
    const auto value = body.find("value");
    return value == body.end() || value->is_null();
}

}  // namespace custos::vault
