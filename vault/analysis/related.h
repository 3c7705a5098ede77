// SPDX-License-Identifier: GPL-3.0-or-later
// Who did what to whom: a record, and what is one or two steps away by references and links, in
// both directions.
//
// An involvement is no step of its own: with it come its act and its perpetrator, so that two steps
// from a victim reach those who are alleged to have done it. Nothing is looked for beyond a case
// unless one began there: records that only share a case are not related. Trashed, merged and
// purged records are left out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "vault/records/store.h"

namespace custos::vault::analysis {

inline constexpr int kHopsMax = 2;
// Records that an answer has at most; the nearest come first.
inline constexpr std::size_t kRelatedMax = 500;

struct RelatedRecord {
    Record record;
    int hops = 0;  // steps from the beginning
};

// `from` names `to` in the field `role` (without numbers: "evaluations.about"), or is linked to it.
struct Relation {
    RecordId from;
    std::string role;
    bool is_link = false;
    RecordId to;
    int hops = 0;  // of the farther of the two
};

// What one act says, with the alleged perpetrators that were reached.
struct Deed {
    struct Part {
        RecordId involvement;
        std::optional<RecordId> perpetrator;
        std::string degree;
    };
    RecordId act;
    std::optional<RecordId> victim;
    std::optional<RecordId> incident;
    std::vector<Part> by;
};

struct Related {
    std::vector<RelatedRecord> records;  // the first is where it began
    std::vector<Relation> relations;     // between these records, the nearest first; each once
    std::vector<Deed> deeds;             // the acts among them
    std::size_t left_out = 0;            // further records, beyond `limit`: at least so many

    [[nodiscard]] const RelatedRecord* find(const RecordId& id) const;
};

// `hops` is 1 or 2. Error{not_found}, or Error{refused} for a record that is not live.
[[nodiscard]] Related related_to(const Vault& vault, const RecordId& id, int hops,
                                 std::size_t limit = kRelatedMax);

}  // namespace custos::vault::analysis
