// SPDX-License-Identifier: GPL-3.0-or-later
// `--where`: which records a list shows, by one condition on a field.
//
//     completion=attempted          a term finds its narrower ones; also by label or code
//     type^=03                      begins so: terms by key or HURIDOCS code, texts by letters
//     title~van                     contains; case and marks do not matter, here and in =
//     date=2019-12   date<2020      overlaps; lies before. <= is < or =
//     place.uncertainty_m>=500      numbers
//     status in (open,closed)   status not in (open,closed)
//     victim=P-7K3QD                fields that name a record
//     link:part_of=I-7K3QD          links by role; about=I-7K3QD: names or links it anywhere
//     place.lat is set   notes is not set
//     contacts[type=phone, value~012]    one item of the list fulfils all of it
//
// A list matches if one of its items does; != is true where = is not, also where nothing is. A
// value may stand in double quotes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/date.h"
#include "vault/records/row_set.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"
#include "vault/search/fold_text.h"

namespace custos::vault {

inline constexpr std::size_t kFilterBytesMax = 4096;
inline constexpr std::size_t kFilterValuesMax = 256;     // of in (...)
inline constexpr std::size_t kFilterConditionsMax = 16;  // of one item

struct Condition {
    enum class Test : std::uint8_t {
        equal,
        prefix,
        contains,
        less,
        less_equal,
        greater,
        greater_equal,
        set,
        link,   // `role` to one of `ids`
        about,  // anything to one of `ids`
        item    // all of `inner` in one item
    };
    // How values are held, and so compared.
    enum class Form : std::uint8_t {
        text,       // folded
        word,       // as stored: terms, countries, zones, times
        language,   // a word that finds its subtags: km finds km-Khmr
        number,     // decimals as decimal_value()
        date,       // spans of days
        reference,  // ids
        long_text,  // not in the index
        own         // of a field of the vault's own: whatever it holds
    };

    Kind kind = Kind::case_;
    std::string path;
    Test test = Test::equal;
    Form form = Form::text;
    bool negated = false;
    bool repeated = false;  // some list lies on the path
    bool by_body = false;   // the index has the values in another form
    std::string role;
    std::vector<std::string> texts;  // operands, any of them, by form
    std::vector<std::int64_t> numbers;
    std::vector<DateBounds> dates;
    std::vector<RecordId> ids;
    std::vector<Condition> inner;
};

// Error{usage} for what cannot be read, and for an unknown field, term, country, language or date,
// with the nearest ones; Error{not_found} for an unknown record.
[[nodiscard]] Condition read_condition(const Vault& vault, Kind kind, std::string_view expression);

// The rows of `among` (all of the kind) that match by the index of values. What that does not hold
// (long texts, several dates in one list) makes them those that may: then `exact` becomes false,
// and matches() decides by the body.
[[nodiscard]] RowSet candidates(Database& database, const Condition& condition, const RowSet& among,
                                bool& exact);
[[nodiscard]] bool matches(const Condition& condition, const nlohmann::json& fields,
                           TextFolder& folder);

// Whether a list lies on the path to a field, or the field is one.
[[nodiscard]] bool is_repeated(FieldList fields, std::string_view path);

// The field that `path` names; Error{usage}, with the nearest names, if there is none.
const Field& require_path(const Schema& schema, Kind kind, std::string_view path);

}  // namespace custos::vault
