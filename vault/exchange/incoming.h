// SPDX-License-Identifier: GPL-3.0-or-later
// A record as a file gives it, before anything is known of the vault: what a line of JSON or a row
// of a table is turned into.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/json_input.h"

namespace custos::vault {

inline constexpr std::size_t kImportLineSizeMax = kJsonSizeMax;  // 8 MiB
inline constexpr std::size_t kImportLinesMax = 20'000'000;
inline constexpr std::size_t kImportNamesMax = 2'000'000;  // "ref"s of one file
inline constexpr std::size_t kImportNameMax = 100;         // bytes of a "ref"
inline constexpr std::size_t kImportLinksMax = 1'000;      // of one record

// What becomes of a record that is there already.
enum class Update {
    merge,    // fields given replace the record's, null takes one away, the others stay
    replace,  // the record has these fields and no others; links too, if any are given
    refuse,
};
[[nodiscard]] std::optional<Update> update_named(std::string_view text);

struct IncomingLink {
    std::string role;
    std::string to;                                   // an id, or a name of this file
    nlohmann::json about = nlohmann::json::object();  // what is said of it; not checked yet
};

struct Incoming {
    std::optional<Kind> kind;
    std::string ref;  // its name inside the file; empty: none
    std::string id;   // as written; empty: none
    std::optional<Update> update;
    std::optional<int> revision;  // that it was taken out at
    nlohmann::json fields = nlohmann::json::object();
    // FIELD and VALUE as for `--set`, on top of `fields`: cells of a table.
    std::vector<std::pair<std::string, std::string>> cells;
    std::optional<std::vector<IncomingLink>> links;
    std::vector<Problem> problems;  // what could not be read
};

// {"kind":…,"ref":…,"id":…,"update":…,"revision":…,"fields":{…},"links":[{"role":…,"to":…}]}
// Never fails: whatever is wrong is a problem. `number` is that of the line.
[[nodiscard]] Incoming read_json_record(std::string_view line, std::size_t number);

}  // namespace custos::vault
