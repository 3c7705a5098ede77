// SPDX-License-Identifier: GPL-3.0-or-later
// Two records that are one thing become one record, and that can be undone.
//
// The kept record takes the names, identifiers and other items of the other one; every record that
// named the other, or was linked to it, names the kept one in a new revision, the trashed ones too;
// the other keeps its content, aside, in the state `merged`. One entry with the verb `merge` lists
// the entries that did it, so unmerging takes back exactly these, and leaves what was changed
// since. docs/decisions has why.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "vault/records/combine.h"
#include "vault/records/store.h"

namespace custos::vault {

struct Merged {
    RecordId kept;
    RecordId other;
    std::vector<std::string> grown;        // fields of the kept one that took something
    std::vector<FieldConflict> conflicts;  // references as codes
    std::vector<RecordId> changed;         // records that name the kept one now
    std::size_t links = 0;                 // links that were moved
};

// Of two persons or two incidents, both live. Error{usage} for other kinds and for one and the
// same; Error{refused} if one names the other, or is linked to it by anything but same_as.
Merged merge_records(Change& change, const RecordId& kept, const RecordId& other,
                     const std::set<std::string>& take = {});

struct Unmerged {
    RecordId kept;
    RecordId other;
    std::vector<RecordId> changed;  // records that name the other again
    std::size_t links = 0;
    // What was changed since and was left: "I-2M9XA place.country".
    std::vector<std::string> left;
};

// Error{conflict} if it is not merged; Error{refused} if the record that it went into was merged
// itself since: that is undone first.
Unmerged unmerge_record(Change& change, const RecordId& other);

// Where a merged record went, to the end of the way; nothing for one that is not merged.
[[nodiscard]] std::optional<RecordId> merged_into(const Vault& vault, const RecordId& id);
// The records that were merged into this one, not counting those merged into them.
[[nodiscard]] std::vector<RecordId> merged_from(const Vault& vault, const RecordId& id);

}  // namespace custos::vault
