// SPDX-License-Identifier: GPL-3.0-or-later
// Checks the fields of a record against the schema. Nothing is ever dropped: what the schema does
// not know is refused by its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/id.h"

namespace custos::vault {

class Schema;

inline constexpr std::size_t kTextSizeMax = std::size_t{1} << 20;    // bytes of one text
inline constexpr std::size_t kListItemsMax = 10'000;                 // of one list or map
inline constexpr std::size_t kRecordSizeMax = std::size_t{8} << 20;  // bytes of all names and texts
// Integers that every JSON reader keeps exactly.
inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;
// After so many problems the rest is not looked at.
inline constexpr std::size_t kProblemsMax = 100;

struct Problem {
    std::string path;     // "paragraphs.2.basis": items are counted from 1. Empty: the whole record
    std::string message;  // lower case, no full stop, without the value
    std::string value;    // what was given, harmless and short, or empty
    std::vector<std::string> choices;  // what was probably meant, nearest first
    // A date that may be right, but hardly: after tomorrow, or of another calendar. One that a
    // record holds already is not asked about again.
    bool question = false;
};
// "place.country: no such country: "TX" (did you mean TH, TW or TG?)"
[[nodiscard]] std::string to_text(const Problem& problem);

// What the store knows about a reference as typed.
struct Resolved {
    std::optional<RecordId> id;        // the record, if there is exactly one
    std::vector<std::string> choices;  // codes that it could mean, if there are several
};
// Called with text that parse_id_query() accepts and whose kind the field allows.
using Resolver = std::function<Resolved(std::string_view text)>;
// Takes full ids without asking whether there is such a record: for stored fields.
[[nodiscard]] Resolved resolve_full_id(std::string_view text);

struct Checked {
    nlohmann::json fields;  // with references as full ids, codes and terms as the tables write them
    std::vector<Problem> problems;
    // What was read as something else: "date: 2562-12-22 in thai_solar is 2019-12-22".
    std::vector<std::string> notes;

    bool ok() const { return problems.empty(); }
};

// `given` may be any JSON value. Checking checked fields again changes nothing. `today`, in days
// since 1970-01-01, is for questions about what is said to have happened later; none without it.
[[nodiscard]] Checked check_fields(const Schema& schema, Kind kind, const nlohmann::json& given,
                                   const Resolver& resolve,
                                   std::optional<std::int64_t> today = std::nullopt);

// Takes away the questions about what `before`, the fields of a stored revision, holds already.
void drop_answered(std::vector<Problem>& problems, const nlohmann::json& before,
                   const nlohmann::json& now);

// Error{usage} that names every problem (the first ten in full), each on a line of its own.
[[nodiscard]] Error problems_error(Kind kind, const std::vector<Problem>& problems);

}  // namespace custos::vault
