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

std::vector<ExhibitWords> exhibit_words_in(const nlohmann::json& fields) {
    std::vector<ExhibitWords> words;
    const auto found = fields.is_object() ? fields.find("exhibits") : fields.end();
    if (found == fields.end() || !found->is_array()) return words;
    for (const auto& each : *found)
        words.push_back({text_in(each, "exhibit"), text_in(each, "alt"), text_in(each, "caption")});
    return words;
}

}  // namespace

Statement read_statement(std::string code, const nlohmann::json& fields) {
    Statement statement;
    statement.code = std::move(code);
    statement.index = text_in(fields, "index");
    statement.title = text_in(fields, "title");
    statement.date = text_in(fields, "date");
    statement.language = text_in(fields, "language");
    statement.organisation = text_in(fields, "organisation");
    statement.contact = text_in(fields, "contact");
    statement.embargo = text_in(fields, "embargo");
    statement.corrects = text_in(fields, "corrects");
    statement.body = text_in(fields, "body");
    statement.exhibits = exhibit_words_in(fields);
    if (!fields.is_object()) return statement;
    const auto sources = fields.find("sources");
    if (sources != fields.end() && sources->is_array()) {
        for (const auto& source : *sources) {
            if (source.is_string()) statement.sources.push_back(source.get<std::string>());
        }
    }
    const auto translations = fields.find("translations");
    if (translations != fields.end() && translations->is_array()) {
        for (const auto& each : *translations) {
            statement.translations.push_back({text_in(each, "language"), text_in(each, "title"),
                                              text_in(each, "body"), exhibit_words_in(each)});
        }
    }
    const auto plan = fields.find("plan");
    if (plan != fields.end() && plan->is_object()) {
        for (const auto& [id, word] : plan->items()) {
            if (word.is_string()) statement.plan.emplace(id, word.get<std::string>());
        }
    }
    return statement;
}

Material translated(const Material& material, const Translation& translation) {
    Material out = material;
    out.statement.language = translation.language;
    out.statement.title = translation.title;
    out.statement.body = translation.body;
    out.statement.exhibits = translation.exhibits;
    out.statement.translations.clear();
    return out;
}

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
    incident.admin3 = text_in(place, "admin3");
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
