// SPDX-License-Identifier: GPL-3.0-or-later
// What a vault says now, without how it came to say it: state, fields and links of each record.
#pragma once

#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "vault/records/store.h"

namespace custos::vault {

using Snapshot = std::map<std::string, nlohmann::json>;

inline nlohmann::json state_of(const Record& record) {
    std::multiset<std::pair<std::string, std::string>> links;
    for (const Link& link : record.links) links.emplace(link.role, to_text(link.to));
    nlohmann::json shown = nlohmann::json::array();
    for (const auto& [role, to] : links) shown.push_back({role, to});
    return {{"state", name_of(record.state)}, {"fields", record.fields}, {"links", shown}};
}

inline Snapshot snapshot_of(const Vault& vault) {
    Snapshot snapshot;
    each_record(vault, std::nullopt,
                [&](const Record& record) { snapshot[to_text(record.id)] = state_of(record); });
    return snapshot;
}

}  // namespace custos::vault
