// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/statement.h"

#include <utility>

#include <nlohmann/json.hpp>

namespace custos::vault::publish {
namespace {

std::string text_in(const nlohmann::json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Incident read_incident(std::string code, const nlohmann::json& fields) {
    Incident incident;
    incident.code = std::move(code);
    incident.protection = protection_named(text_in(fields, "protection"));
    incident.title = text_in(fields, "title");
    incident.date = text_in(fields, "date");
    if (!fields.is_object() || !fields.contains("place")) return incident;
    const nlohmann::json& place = fields.at("place");
    incident.place = text_in(place, "text");
    incident.country = text_in(place, "country");
    incident.admin1 = text_in(place, "admin1");
    incident.admin2 = text_in(place, "admin2");
    incident.precision = text_in(place, "publish_precision");
    return incident;
}

Source read_source(std::string code, const nlohmann::json& fields) {
    Source source;
    source.code = std::move(code);
    source.title = text_in(fields, "title");
    source.publisher = text_in(fields, "publisher");
    source.date = text_in(fields, "date");
    source.url = text_in(fields, "url");
    return source;
}

}  // namespace custos::vault::publish
