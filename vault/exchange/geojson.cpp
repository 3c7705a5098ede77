// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/geojson.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "vault/exchange/escape.h"
#include "vault/records/schema.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct PrecisionRow {
    std::string_view name;
    int decimals;                // of degrees
    std::int64_t uncertainty_m;  // half the diagonal of such a cell at the equator
};
// By Precision.
constexpr auto kRows = std::to_array<PrecisionRow>({{"none", 0, 0},
                                                    {"country", 0, 0},
                                                    {"province", 0, 78'500},
                                                    {"district", 1, 7'850},
                                                    {"street", 3, 79},
                                                    {"exact", 6, 0}});

constexpr const PrecisionRow& row_of(Precision precision) {
    return kRows[static_cast<std::size_t>(precision)];
}

std::string text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void copy_text(const json& from, const char* name, json& to) {
    std::string text = text_in(from, name);
    if (!text.empty()) to[name] = std::move(text);
}

// The date no more exactly than the place: a day and a district can be enough to know an event by.
std::string date_for(const std::string& date, Precision precision) {
    if (precision >= Precision::district || date.find('/') != std::string::npos) return date;
    return date.substr(0, precision == Precision::province ? 7 : 4);
}

json feature_of(const Record& record, std::string_view field, const json& place,
                Precision precision) {
    json properties = {{"id", record.code},
                       {"kind", name_of(record.id.kind)},
                       {"place", field},
                       {"precision", name_of(precision)}};
    copy_text(record.fields, "type", properties);
    copy_text(record.fields, "completion", properties);
    copy_text(place, "country", properties);
    if (precision >= Precision::province) copy_text(place, "admin1", properties);
    if (precision >= Precision::district) copy_text(place, "admin2", properties);
    const std::string date = text_in(record.fields, "date");
    if (!date.empty()) properties["date"] = date_for(date, precision);

    json geometry;
    const std::optional<double> lat = rounded(text_in(place, "lat"), precision);
    const std::optional<double> lon = rounded(text_in(place, "lon"), precision);
    if (lat && lon) {
        std::int64_t uncertainty = row_of(precision).uncertainty_m;
        const auto given = place.find("uncertainty_m");
        if (given != place.end() && given->is_number_integer())
            uncertainty = std::max(uncertainty, given->get<std::int64_t>());
        if (uncertainty > 0) properties["uncertainty_m"] = uncertainty;
        geometry = {{"type", "Point"}, {"coordinates", {*lon, *lat}}};
    }
    return {{"type", "Feature"},
            {"id", record.code + (field == "place" ? "" : ":" + std::string(field))},
            {"geometry", std::move(geometry)},
            {"properties", std::move(properties)}};
}

}  // namespace

std::string_view name_of(Precision precision) { return row_of(precision).name; }

Precision shown_precision(std::string_view publish_precision, std::string_view protection) {
    if (protection == "P4") return Precision::none;
    Precision precision = Precision::province;
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (kRows[i].name == publish_precision) precision = static_cast<Precision>(i);
    }
    return protection == "P3" ? std::min(precision, Precision::province) : precision;
}

std::optional<double> rounded(std::string_view degrees, Precision precision) {
    if (precision < Precision::province) return std::nullopt;
    if (degrees.starts_with('+')) degrees.remove_prefix(1);
    double value = 0;
    const auto [end, error] =
        std::from_chars(degrees.data(), degrees.data() + degrees.size(), value);
    if (degrees.empty() || error != std::errc{} || end != degrees.data() + degrees.size())
        return std::nullopt;
    const double scale = std::pow(10.0, row_of(precision).decimals);
    return std::round(value * scale) / scale + 0.0;  // no "-0"
}

ExportCount export_geojson(const Vault& vault, const ExportQuery& query, const WriteText& write) {
    ExportCount count;
    bool first = true;
    write("{\"type\":\"FeatureCollection\",\"features\":[\n");
    each_chosen(vault, query, [&](const Record& record) {
        bool shown = false;
        for (const Field& field : vault.schema().fields(record.id.kind)) {
            const bool is_place = field.type == FieldType::object &&
                                  find_field(field.children, "publish_precision") != nullptr;
            const auto place = record.fields.find(field.name);
            if (!is_place || place == record.fields.end() || !place->is_object()) continue;
            const Precision precision = shown_precision(text_in(*place, "publish_precision"),
                                                        text_in(record.fields, "protection"));
            if (precision == Precision::none) continue;
            std::string line = json_line(feature_of(record, field.name, *place, precision));
            write((first ? "" : ",") + line);
            first = false;
            shown = true;
        }
        if (shown) count_record(count, record);
    });
    write("]}\n");
    return count;
}

}  // namespace custos::vault
