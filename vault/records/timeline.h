// SPDX-License-Identifier: GPL-3.0-or-later
// What happened when: records that have a date, in the order of their bounds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vault/records/date.h"
#include "vault/records/row_set.h"
#include "vault/records/store.h"

namespace custos::vault {

struct TimelineQuery {
    std::vector<Kind> kinds;  // empty: every kind
    std::optional<RecordId> about_case;
    std::string from, to;  // EDTF: those whose bounds overlap
    std::size_t offset = 0;
    std::size_t limit = 0;  // 0: all
};

struct TimelineItem {
    RecordId id;
    std::string code;
    std::string date;  // as written, EDTF
    DateBounds bounds;
    bool certain = false;  // one day, and nobody doubts it
    std::string title;     // stored text: make it harmless before printing
};

struct Timeline {
    std::size_t total = 0;  // without limit and offset
    std::vector<TimelineItem> items;
};

// Live records only. Error{usage} for a date that cannot be read.
[[nodiscard]] Timeline timeline_of(const Vault& vault, const TimelineQuery& query);

// Of a case: what names it or links to it, and what does that to those, four steps on.
[[nodiscard]] RowSet rows_of_case(const Vault& vault, const RecordId& id);
// Rows whose dates overlap; an empty text sets no bound. Error{usage}.
[[nodiscard]] RowSet rows_dated(Database& database, RowSet among, const std::string& from,
                                const std::string& to);

}  // namespace custos::vault
