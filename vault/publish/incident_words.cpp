// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/incident_words.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "vault/publish/phrases.h"

namespace custos::vault::publish {
namespace {

std::string generalised_interval(const std::string& date, std::size_t keep) {
    const std::size_t slash = date.find('/');
    const std::string from = date.substr(0, std::min(keep, slash));
    const std::string to = date.substr(slash + 1, keep);
    return from == to ? from : from + "/" + to;
}

}  // namespace

void show_date(const Incident& incident, std::string_view own, std::string_view language,
               PlanRow& row) {
    const Protection protection = incident.protection.value_or(Protection::internal);
    std::string date = incident.date;
    row.reason = std::string(text_of(protection));
    row.appearance = "as_recorded";
    if (protection == Protection::extreme || own == "withheld" || date.empty()) {
        row.appearance = "withheld";
        row.shown = phrases_for(language).date_withheld;
        if (own == "withheld") row.reason = kAsTheStatementSays;
        if (date.empty()) row.reason = "no date is recorded";
        return;
    }
    std::size_t keep = date.size();
    if (protection == Protection::protected_) keep = 4;  // the year
    if (protection == Protection::confidential || own == "generalised")
        keep = std::min<std::size_t>(keep, 7);
    if (keep < date.size() && date.find('/') != std::string::npos) {
        date = generalised_interval(date, keep);
        row.appearance = "generalised";
    } else if (keep < date.size()) {
        date.resize(keep);
        row.appearance = "generalised";
    }
    row.shown = date_phrase(date, language);
}

void show_place(const Incident& incident, std::string_view own, std::string_view language,
                PlanRow& row) {
    const Protection protection = incident.protection.value_or(Protection::internal);
    const std::string country =
        incident.country.empty() ? std::string() : country_name(incident.country, language);
    std::string precision = incident.precision.empty() ? "province" : incident.precision;
    row.reason = incident.precision.empty() ? "no publish_precision is set: province"
                                            : "publish_precision " + precision;
    if (protection == Protection::extreme) {
        precision = "none";
        row.reason = std::string(text_of(protection));
    } else if (own == "withheld") {
        precision = "none";
        row.reason = kAsTheStatementSays;
    } else if (own == "generalised" && precision != "none") {
        precision = "country";
        row.reason = kAsTheStatementSays;
    }

    std::vector<std::string> parts;
    if (precision == "exact" || precision == "street") {
        parts = {incident.place, incident.admin1, country};
    } else if (precision == "district") {
        parts = {incident.admin2, incident.admin1, country};
    } else if (precision == "province") {
        parts = {incident.admin1, country};
    } else if (precision == "country") {
        parts = {country};
    }
    for (const std::string& part : parts) {
        if (part.empty() || row.shown.find(part) != std::string::npos) continue;
        if (!row.shown.empty()) row.shown += ", ";
        row.shown += part;
    }
    row.appearance = precision == "exact" ? "as_recorded" : "generalised";
    if (row.shown.empty()) {
        row.appearance = "withheld";
        row.shown = phrases_for(language).place_withheld;
    }
}

}  // namespace custos::vault::publish
