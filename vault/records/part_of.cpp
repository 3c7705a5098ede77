// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/part_of.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"

namespace custos::vault {

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

std::vector<RecordId> way_round(const RecordId& part, const RecordId& whole,
                                const WholesOf& wholes) {
    std::map<RecordId, RecordId> reached_from;  // each record, and the one that is part of it
    std::vector<RecordId> open = {whole};
    reached_from.emplace(whole, part);
    while (!open.empty() && !(open.back() == part)) {
        const RecordId at = open.back();
        open.pop_back();
        for (const RecordId& next : wholes(at)) {
            if (reached_from.emplace(next, at).second) open.push_back(next);
        }
    }
    if (open.empty()) return {};
    std::vector<RecordId> way = {part};
    do way.push_back(reached_from.at(way.back()));
    while (!(way.back() == part));
    std::reverse(way.begin(), way.end());
    return way;
}

void refuse_cycle(const Vault& vault, const RecordId& part, const RecordId& whole) {
    const auto way =
        way_round(part, whole, [&](const RecordId& each) { return wholes_of(vault, each); });
    if (way.empty()) return;
    std::string text;
    for (const RecordId& id : way) {
        const bool known = find_row(vault.database(), id).has_value();
        text += (text.empty() ? "" : " is part of ") +
                (known ? code_of(vault, id) : code_text(id, kCodeDigitsMin));
    }
    throw Error{ErrorCode::usage, "nothing can be part of itself: " + text,
                "take one of these links or fields away first"};
}

void refuse_cycle(const Vault& vault, const RecordId& part,
                  const std::vector<FieldReference>& references) {
    for (const FieldReference& reference : references) {
        if (reference.path == kPartOf) refuse_cycle(vault, part, reference.to);
    }
}

}  // namespace custos::vault
