// SPDX-License-Identifier: GPL-3.0-or-later
// Where things happened, for maps (RFC 7946), no more exactly than may be published:
// docs/formats/geojson.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vault/exchange/export.h"

namespace custos::vault {

// In order of what they tell.
enum class Precision { none, country, province, district, street, exact };
[[nodiscard]] std::string_view name_of(Precision precision);

// What a place's own precision comes to in a record of this protection. What is not set is a
// province; P3 shows no more than a province, P4 nothing.
[[nodiscard]] Precision shown_precision(std::string_view publish_precision,
                                        std::string_view protection);

// "13.7563" as it may be shown: rounded to the cell of the precision. Nothing for what is no
// decimal number, and below province.
[[nodiscard]] std::optional<double> rounded(std::string_view degrees, Precision precision);

// A feature for each place of each record; places that may not be shown are left out. Properties
// hold codes and terms, no text of anybody's.
ExportCount export_geojson(const Vault& vault, const ExportQuery& query, const WriteText& write);

}  // namespace custos::vault
