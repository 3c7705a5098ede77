// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/claims.h"

#include <algorithm>
#include <set>
#include <utility>

#include "crypto/error.h"
#include "vault/publish/phrases.h"
#include "vault/publish/replace_handles.h"
#include "vault/publish/withheld.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

// The words of a passage without its markup.
std::string plain_text(const std::string& markdown, std::string_view language) {
    std::string text;
    for (const Block& block : render_markup(markdown, language).blocks) {
        if (!text.empty()) text += "\n\n";
        text += block.text;
    }
    return text;
}

json names_of(const Person& person) {
    json names = json::array();
    for (const PersonName& name : person.names) names.push_back(name.text);
    return names;
}

// What stands behind a line of the plan; null where readers see all of it.
json fact_behind(const Material& material, const PlanRow& row) {
    if (row.appearance == "named" || row.appearance == "as_recorded") return nullptr;
    const auto person = std::find_if(material.persons.begin(), material.persons.end(),
                                     [&](const Person& each) { return each.code == row.record; });
    if (person != material.persons.end())
        return {{"kind", "person"}, {"shown", row.shown}, {"names", names_of(*person)}};
    const auto incident = material.incidents.find(row.record);
    if (incident == material.incidents.end()) return nullptr;
    const Incident& it = incident->second;
    if (row.handle.find(":date") != std::string::npos)
        return {{"kind", "date"}, {"shown", row.shown}, {"date", it.date}};
    if (row.handle.find(":place") == std::string::npos) return nullptr;
    return {{"kind", "place"},       {"shown", row.shown},  {"text", it.place},
            {"country", it.country}, {"admin1", it.admin1}, {"admin2", it.admin2}};
}

// The statement in one of its languages.
struct Text {
    const std::string& body;  // as it was written
    const Edition& edition;
    const Plan& plan;
    std::string language;  // empty: the statement's own
};

// Its paragraphs as they are signed; each one's disclosure goes to `out`.
json add_paragraphs(SdJwtIssuer& issuer, const Text& text, std::vector<Claims::Paragraph>& out) {
    const Edition& edition = text.edition;
    const std::string place =
        text.language.empty() ? "paragraph/" : "translation/" + text.language + "/paragraph/";
    const WithheldPassages withheld =
        take_out_withheld(text.body, phrases_for(edition.language).marker_withheld);
    auto passage = withheld.texts.begin();
    json all = json::array();
    const json statement = json::parse(render_json(edition));
    for (json value : statement.at("paragraphs")) {
        Claims::Paragraph one;
        one.language = text.language;
        one.number = value.value("number", std::size_t{0});
        one.withheld = value.at("kind") == kWithheldBlock && passage != withheld.texts.end();
        if (one.withheld)
            value["text"] = plain_text(
                with_handles_replaced(*passage++, text.plan, Escape::markdown), edition.language);
        one.disclosure = issuer.add_element(all, value, place + std::to_string(all.size()));
        out.push_back(std::move(one));
    }
    return all;
}

// What an edition in `language` was made of.
const Translation& translation_in(const Material& material, const std::string& language) {
    for (const Translation& each : material.statement.translations) {
        if (each.language == language) return each;
    }
    throw Error{ErrorCode::failed, "a text in " + language + " was made of nothing"};
}

OpenedDisclosure refused(SdJwtVerdict verdict, std::string what) {
    return {verdict, std::move(what), {}};
}

}  // namespace

std::string Claims::published() const {
    std::vector<std::string> open;
    for (const Paragraph& paragraph : paragraphs) {
        if (!paragraph.withheld) open.push_back(paragraph.disclosure);
    }
    return crypto::write_sd_jwt(jwt, open);
}

Claims make_claims(const Material& material, const Plan& plan, const Edition& edition,
                   const crypto::minisign::SecretKey& key, const SdJwtIssuer::SaltSource& salt) {
    SdJwtIssuer issuer(salt);
    Claims out;
    // The same words as in statement.json.
    json claims = json::parse(render_json(edition));
    claims["paragraphs"] =
        add_paragraphs(issuer, {material.statement.body, edition, plan, {}}, out.paragraphs);
    for (const Edition& other : edition.translations) {
        const Translation& written = translation_in(material, other.language);
        const Plan in_it = make_plan(translated(material, written), &plan);
        json& translation = claims["translations"].emplace_back(
            json{{"language", other.language}, {"title", other.title}});
        const json in_language = json::parse(render_json(other));
        if (in_language.contains("exhibits")) translation["exhibits"] = in_language["exhibits"];
        translation["paragraphs"] =
            add_paragraphs(issuer, {written.body, other, in_it, other.language}, out.paragraphs);
    }
    claims["facts"] = json::object();
    std::set<std::pair<std::string, std::string>> told;
    for (const PlanRow& row : plan.rows) {
        const json fact = fact_behind(material, row);
        if (fact.is_null() || !told.emplace(row.record, fact.at("kind")).second) continue;
        Claims::Fact one{out.facts.size() + 1, row.handle, row.record, {}};
        const std::string number = std::to_string(one.number);
        one.disclosure = issuer.add_property(claims["facts"], number, fact, "fact/" + number);
        out.facts.push_back(std::move(one));
    }
    issuer.add_decoys(claims["facts"], kFactsStep, "facts");
    const auto public_key = crypto::minisign::public_key_of(key);
    out.jwt = issue_sd_jwt(std::move(claims), kClaimsType,
                           crypto::minisign::key_id_text(public_key.id), key.seed);
    return out;
}

OpenedDisclosure open_disclosure(std::string_view disclosure, std::string_view published,
                                 const crypto::VerifyKey& key) {
    OpenedSdJwt opened = open_sd_jwt(disclosure, key);
    if (opened.verdict != SdJwtVerdict::authentic)
        return refused(opened.verdict, std::move(opened.what));
    if (!opened.header.contains("typ") || opened.header["typ"] != kClaimsType ||
        !opened.claims.contains("paragraphs") || !opened.claims.contains("facts")) {
        return refused(SdJwtVerdict::malformed, "it is signed, but is no statement");
    }
    const std::string_view signed_part = disclosure.substr(0, disclosure.find('~'));
    if (!published.empty() && published.substr(0, published.find('~')) != signed_part) {
        return refused(SdJwtVerdict::bad_disclosure,
                       "it belongs to another statement than this one");
    }
    return {SdJwtVerdict::authentic, {}, std::move(opened.claims)};
}

}  // namespace custos::vault::publish
