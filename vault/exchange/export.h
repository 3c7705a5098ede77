// SPDX-License-Identifier: GPL-3.0-or-later
// Records out of a vault, as plain text. The lines are those that import reads; what is in the
// trash is left out, and so are the files of exhibits.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "vault/records/store.h"

namespace custos::vault {

struct ExportQuery {
    std::optional<Kind> kind;
    std::vector<std::string> where;  // as for lists; Error{usage} without a kind
};

struct ExportCount {
    std::size_t records = 0;
    std::map<Kind, std::size_t> kinds;
    std::map<std::string, std::size_t> protection;  // by level; "" for those without
    std::size_t exhibits_with_files = 0;
    std::size_t missing = 0;     // records that those written point at, of a whole vault, and that
                                 // are not written: they are in the trash, or purged
    std::size_t links_cut = 0;   // of a table: more is said of them than their role
    std::size_t long_cells = 0;  // of a table: longer than a spreadsheet keeps
};

using WriteText = std::function<void(std::string_view)>;

// The live records that the query chooses, in order of creation.
void each_chosen(const Vault& vault, const ExportQuery& query,
                 const std::function<void(const Record&)>& visit);

// One JSON object a line: docs/formats/import-jsonl.md. References are full ids.
ExportCount export_jsonl(const Vault& vault, const ExportQuery& query, const WriteText& write);

// A table: docs/formats/csv.md. Error{usage} if a record does not fit into one.
ExportCount export_csv(const Vault& vault, const ExportQuery& query, char delimiter,
                       const WriteText& write);

// {"kind":…,"id":…,"revision":…,"fields":{…},"links":[…]}
[[nodiscard]] nlohmann::json line_of(const Vault& vault, const Record& record);

// What the log keeps of an export: how much of what, never what it said.
void log_export(Change& change, std::string_view format, const ExportCount& count,
                const crypto::Digest& digest);

// Counts a record towards the whole.
void count_record(ExportCount& count, const Record& record);

}  // namespace custos::vault
