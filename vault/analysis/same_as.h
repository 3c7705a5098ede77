// SPDX-License-Identifier: GPL-3.0-or-later
// Records that somebody linked as `same_as`: one person, incident or act, written down twice.
#pragma once

#include <map>

#include "vault/records/store.h"

namespace custos::vault::analysis {

class SameAs {
public:
    // Reads every such link between live records.
    explicit SameAs(const Vault& vault);

    [[nodiscard]] bool empty() const { return leader_.empty(); }
    // The one that stands for all that are the same; `id` itself if nothing is.
    [[nodiscard]] RecordId of(const RecordId& id) const;
    void join(const RecordId& a, const RecordId& b);

private:
    std::map<RecordId, RecordId> leader_;  // towards the one that stands for all
};

}  // namespace custos::vault::analysis
