// SPDX-License-Identifier: GPL-3.0-or-later
// What left the vault in statements before, as the log knows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/publish/statement.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// In order of publication. Where an old entry does not say who was in it, the handles of the text
// as it stood then do, with an empty appearance. Of a purged statement the register and what is
// logged about persons is left, in older vaults of those alone of whom something was withheld.
[[nodiscard]] std::vector<EarlierPublication> earlier_publications(const Vault& vault);

// Those that mention the person, also as one of the records that were merged with it: `persons` has
// the given code then too.
[[nodiscard]] std::vector<EarlierPublication> publications_about(const Vault& vault,
                                                                 std::string_view person_code);

// Persons of a publication as its log entry holds them, and back. Tolerant of what is not as
// written.
using ShownPersons = std::map<std::string, ShownPerson>;
[[nodiscard]] nlohmann::json write_shown_persons(const ShownPersons& persons);
[[nodiscard]] ShownPersons read_shown_persons(const nlohmann::json& list);

// Whether a consent's fields take something back, or end: such a consent is a reason to look at
// what was published.
[[nodiscard]] bool takes_back(const nlohmann::json& consent_fields);

}  // namespace custos::vault::publish
