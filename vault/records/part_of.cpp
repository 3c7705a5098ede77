// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/part_of.h"

#include <map>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"

namespace custos::vault {

using nlohmann::json;

namespace {

// What a record is said to be part of. A record that is still to come is part of nothing yet.
std::vector<RecordId> wholes_of(const Vault& vault, const RecordId& part) {
    std::vector<RecordId> wholes;
    const auto row = find_row(vault.database(), part);
    if (!row || row->state == State::purged) return wholes;
    const Record record = get_record(vault, part);
    for (const Link& link : record.links) {
        if (link.role == kPartOf) wholes.push_back(link.to);
    }
    const auto field = record.fields.find(std::string(kPartOf));
    if (field != record.fields.end() && field->is_string()) {
        if (const auto id = parse_id(field->get_ref<const std::string&>())) wholes.push_back(*id);
    }
    return wholes;
}

std::string written(const Vault& vault, const RecordId& id) {
    return find_row(vault.database(), id) ? code_of(vault, id) : code_text(id, kCodeDigitsMin);
}

}  // namespace

void refuse_cycle(const Vault& vault, const RecordId& part, const RecordId& whole) {
    std::map<RecordId, RecordId> reached_from;  // each record, and the one that is part of it
    std::vector<RecordId> open = {whole};
    reached_from.emplace(whole, part);
    while (!open.empty() && !(open.back() == part)) {
        const RecordId at = open.back();
        open.pop_back();
        for (const RecordId& next : wholes_of(vault, at)) {
            if (reached_from.emplace(next, at).second) open.push_back(next);
        }
    }
    if (open.empty()) return;

    std::string way = written(vault, part);
    for (RecordId at = part;;) {
        at = reached_from.at(at);
        way.insert(0, written(vault, at) + " is part of ");
        if (at == part) break;
    }
    throw Error{ErrorCode::usage, "nothing can be part of itself: " + way,
                "take one of these links or fields away first"};
}

void refuse_cycle(const Vault& vault, const RecordId& part, const json& fields) {
    const auto field = fields.find(std::string(kPartOf));
    if (field == fields.end() || !field->is_string()) return;
    if (const auto whole = parse_id(field->get_ref<const std::string&>()))
        refuse_cycle(vault, part, *whole);
}

}  // namespace custos::vault
