// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/same_as.h"

#include <algorithm>

#include "vault/db/database.h"
#include "vault/records/rows.h"

namespace custos::vault::analysis {

SameAs::SameAs(const Vault& vault) {
    Query links(vault.database(),
                "SELECT record.id, link.to_id FROM link "
                "CROSS JOIN record ON record.row = link.from_row "
                "CROSS JOIN record AS other ON other.id = link.to_id "
                "WHERE link.role = 'same_as' AND record.state = 0 AND other.state = 0");
    while (links.step()) join(id_of_key(links.blob(0)), id_of_key(links.blob(1)));
}

RecordId SameAs::of(const RecordId& id) const {
    RecordId at = id;
    for (auto found = leader_.find(at); found != leader_.end(); found = leader_.find(at))
        at = found->second;
    return at;
}

// The smaller id leads, so that the answer does not depend on the order of the links.
void SameAs::join(const RecordId& a, const RecordId& b) {
    const auto [low, high] = std::minmax({of(a), of(b)});
    if (low != high) leader_[high] = low;
}

}  // namespace custos::vault::analysis
