// SPDX-License-Identifier: GPL-3.0-or-later
// What a vault defines for itself: fields, terms, saved queries. Each change is an entry of the log
// (verb `define`); the newest value of a name counts. What a value must look like is for those who
// define: this keeps it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/vault.h"

namespace custos::vault {

inline constexpr std::size_t kDefinitionNameMax = 200;  // bytes

struct Definition {
    std::string name;
    nlohmann::json value;
};

// Sets `name` to `value`; null takes it back. Error{usage} for an empty or too long name.
void define(Change& change, std::string_view what, std::string_view name,
            const nlohmann::json& value);

// All that are set, by name.
[[nodiscard]] std::vector<Definition> definitions(const Vault& vault, std::string_view what);
[[nodiscard]] std::optional<nlohmann::json> find_definition(const Vault& vault,
                                                            std::string_view what,
                                                            std::string_view name);

// Whether the body of a `define` entry takes its name back.
[[nodiscard]] bool is_taken_back(const nlohmann::json& body);

}  // namespace custos::vault
