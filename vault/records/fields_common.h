// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that several kinds share, and parts that several fields share. Only schema.cpp and the
// other tables of fields include this.
#pragma once

#include <array>

#include "vault/records/check.h"
#include "vault/records/schema.h"

namespace custos::vault::fields {

// A row a line, to be read down the page.
// clang-format off
using Type = FieldType;
using Words = VocabularyId;

template <std::size_t N>
constexpr FieldList list(const std::array<Field, N>& table) {
    return {table.data(), N};
}

template <std::size_t A, std::size_t B>
constexpr std::array<Field, A + B> joined(const std::array<Field, A>& a, const std::array<Field, B>& b) {
    std::array<Field, A + B> both{};
    for (std::size_t i = 0; i < A; ++i) both[i] = a[i];
    for (std::size_t i = 0; i < B; ++i) both[A + i] = b[i];
    return both;
}

// Every kind ends with these.
inline constexpr auto kEveryKind = std::to_array<Field>({
    {.name = "protection", .type = Type::term, .help = "how closely the record is guarded", .example = "P3", .huridocs = "x08", .vocabulary = Words::protection},
    {.name = "language", .type = Type::language, .help = "language that the texts of this record are in", .example = "en"},
    {.name = "tags", .type = Type::text_list, .help = "words of your own to find it by", .example = "urgent", .searchable = true},
    {.name = "notes", .type = Type::long_text, .help = "anything else; never published", .example = "Ask again in March.", .huridocs = "x65", .searchable = true},
    {.name = "received", .type = Type::edtf_date, .help = "when it came to us", .example = "2019-12-23", .huridocs = "x60", .happened = true},
    {.name = "grouping", .type = Type::text, .help = "set of records that it came with", .example = "Border files 2019", .huridocs = "x68", .searchable = true},
    {.name = "project", .type = Type::text, .help = "project that it was recorded for", .example = "Border monitoring 2019", .huridocs = "x63", .searchable = true},
});

inline constexpr auto kOfCase = std::to_array<Field>({
    {.name = "case", .type = Type::reference, .help = "case that it belongs to", .example = "C-7K3QD", .kinds = {Kind::case_}},
});

// Texts of what was said, beside the date that it was understood as.
inline constexpr auto kAsGiven = std::to_array<Field>({
    {.name = "date_verbatim", .type = Type::text, .help = "the date in the words in which it was given", .example = "22 ธันวาคม 2562", .searchable = true},
    {.name = "calendar", .type = Type::term, .help = "calendar in which the date was given", .example = "thai_solar", .vocabulary = Words::calendar},
});

inline constexpr auto kTimeOfDay = std::to_array<Field>({
    {.name = "time", .type = Type::time_of_day, .help = "time of day, local", .example = "21:30"},
    {.name = "time_precision", .type = Type::term, .help = "how exact the time is", .example = "approximate", .vocabulary = Words::time_precision},
    {.name = "timezone", .type = Type::timezone, .help = "time zone of the time", .example = "Asia/Bangkok"},
});

inline constexpr auto kPlace = std::to_array<Field>({
    {.name = "text", .type = Type::text, .help = "the place in words, in its own script", .example = "ซอยตัวอย่าง 7 กรุงเทพฯ", .searchable = true},
    {.name = "language", .type = Type::language, .help = "language of those words", .example = "th"},
    {.name = "transliteration", .type = Type::text, .help = "the same in Latin letters", .example = "Soi Tua Yang 7, Bangkok", .searchable = true},
    {.name = "country", .type = Type::country, .help = "country", .example = "TH"},
    {.name = "admin1", .type = Type::text, .help = "province, state or region", .example = "Bangkok", .searchable = true},
    {.name = "admin2", .type = Type::text, .help = "district", .example = "Bang Rak", .searchable = true},
    {.name = "admin3", .type = Type::text, .help = "subdistrict, commune, ward", .example = "Si Lom", .huridocs = "0112", .searchable = true},
    {.name = "address", .type = Type::text, .help = "street and number", .example = "14/2 Soi Tua Yang 7", .identity = true, .searchable = true},
    {.name = "lat", .type = Type::decimal_text, .help = "latitude in degrees, as text", .example = "13.75", .min = -90, .max = 90, .identity = true},
    {.name = "lon", .type = Type::decimal_text, .help = "longitude in degrees, as text", .example = "100.50", .min = -180, .max = 180, .identity = true},
    {.name = "uncertainty_m", .type = Type::integer, .help = "how far off the coordinates may be, in metres", .example = "5000", .min = 0, .max = 20'100'000},
    {.name = "method", .type = Type::term, .help = "how the coordinates were found", .example = "map_pin", .vocabulary = Words::place_method},
    {.name = "location_type", .type = Type::term, .help = "kind of place", .example = "street", .huridocs = "2153", .vocabulary = Words::location_type},
    {.name = "geo_code", .type = Type::text, .help = "number in a geographical thesaurus", .example = "030453", .huridocs = "0111"},
    {.name = "publish_precision", .type = Type::term, .help = "how exactly it may be published", .example = "district", .vocabulary = Words::publish_precision},
});

constexpr Field place(std::string_view name, std::string_view help, std::string_view huridocs = {}) {
    return {.name = name, .type = Type::object, .help = help, .example = R"({"text":"Bangkok","country":"TH"})", .huridocs = huridocs, .children = list(kPlace)};
}

// clang-format on

}  // namespace custos::vault::fields
