// SPDX-License-Identifier: GPL-3.0-or-later
// How we know: which testimonies, sources and exhibits speak for a record, or against it, and from
// how many origins that come to us.
//
// Evidence is what is linked with `supports` or `contradicts`, what the record names in "based_on",
// or as its `source` or `evidence`, what evaluates it, and what is about it. The origin of a piece
// of evidence is the witness of a testimony, the person behind a source, and otherwise what it was
// derived from, as far back as the vault says. Ten articles that repeat one witness are one origin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/store.h"

namespace custos::vault::analysis {

enum class Stance { supports, contradicts, speaks_of };
[[nodiscard]] std::string_view name_of(Stance stance);

struct Evidence {
    Stance stance = Stance::speaks_of;
    RecordId id;
    std::string code;
    std::string title;
    std::string how;       // "link supports", "field based_on", "evaluation"
    nlohmann::json about;  // grades, locator, note, field, ...: of the link, else of the record
    std::vector<RecordId> origins;
};

struct EarlierValue {
    int revision = 0;
    nlohmann::json value;  // null: it was not there
};

struct Corroboration {
    RecordId id;
    std::string field;                // empty: the record as a whole
    nlohmann::json value;             // of the field now, references as codes
    std::vector<Evidence> evidence;   // by stance, then in order of the records
    std::size_t independent_for = 0;  // origins
    std::size_t independent_against = 0;
    std::vector<RecordId> both_sides;   // origins that speak for and against
    std::vector<EarlierValue> earlier;  // values that the field had before, the oldest first
};

// With `field`: what was said about this field, or about the record as a whole. Error{usage} for a
// field that there is not.
[[nodiscard]] Corroboration corroborate(const Vault& vault, const RecordId& id,
                                        const std::string& field);

}  // namespace custos::vault::analysis
