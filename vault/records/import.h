// SPDX-License-Identifier: GPL-3.0-or-later
// Records from JSON lines, in one change: all of them, or none.
//
//   {"kind":"person","ref":"dara","fields":{"names":[{"text":"Sok Dara"}]}}
//   {"kind":"act","fields":{"victim":"dara","type":"abduction"},"links":[{"role":"about","to":"case1"}]}
//
// "ref" is a name inside this file. It may be used, before or after its own line, wherever an id
// may stand: in reference fields, in links, and as a handle in the body of a statement ("{dara}").
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/store.h"

namespace custos::vault {

inline constexpr std::size_t kImportSizeMax = std::size_t{2} << 30;
inline constexpr std::size_t kImportNameMax = 100;     // bytes of a "ref"
inline constexpr std::size_t kImportLinksMax = 1'000;  // of one record
inline constexpr std::size_t kImportProblemsMax = 10;  // told before the rest is not looked at

struct Imported {
    std::size_t line = 0;  // of the text; the first is 1
    std::string ref;       // empty if it has none
    RecordId id;
};

// Empty lines are left out. Error{usage} names the first problems with their lines; the change must
// be given up then. `tick` is called with the number of bytes read so far.
std::vector<Imported> import_jsonl(Change& change, std::string_view text,
                                   const std::function<void(std::size_t)>& tick);

}  // namespace custos::vault
