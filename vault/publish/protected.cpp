// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/protected.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "vault/records/date.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string text_in(const json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The elements of a list field; none if it is missing or no list.
std::vector<json> list_in(const json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array()) return {};
    return {found->begin(), found->end()};
}

void add_if_any(std::vector<std::string>& to, std::string text) {
    if (!text.empty()) to.push_back(std::move(text));
}

// A name in every way in which the record has it.
void add_names(Person& person, const json& name) {
    using Form = PersonName::Form;
    const std::string kind = text_in(name, "kind");
    const auto add = [&](std::string text, std::string language, Form form) {
        if (!text.empty())
            person.names.push_back({std::move(text), kind, std::move(language), form});
    };
    add(text_in(name, "text"), text_in(name, "language"), Form::own);
    add(text_in(name, "transliteration"), {}, Form::transliteration);
    for (const json& spelling : list_in(name, "other_spellings")) {
        if (spelling.is_string()) add(spelling.get<std::string>(), {}, Form::spelling);
    }
    std::string parts;
    for (const json& part : list_in(name, "parts")) {
        if (part.is_string()) parts += (parts.empty() ? "" : " ") + part.get<std::string>();
    }
    add(std::move(parts), {}, Form::spelling);
    const std::string given = text_in(name, "given");
    const std::string family = text_in(name, "family");
    if (!given.empty() && !family.empty()) add(given + " " + family, {}, Form::spelling);
}

constexpr std::array<std::string_view, 6> kStates = {"none",      "not_asked", "refused",
                                                     "withdrawn", "expired",   "granted"};

ConsentState state_of(const Consent& consent, const std::string& text,
                      const ConsentQuestion& question) {
    if (consent.withdrawn) return ConsentState::withdrawn;
    if (text == "refused") return ConsentState::refused;
    if (text == "withdrawn") return ConsentState::withdrawn;
    if (text == "expired") return ConsentState::expired;
    if (text != "granted") return ConsentState::not_asked;
    const bool speaks_of_it =
        consent.subjects.empty() || std::find(consent.subjects.begin(), consent.subjects.end(),
                                              question.subject) != consent.subjects.end();
    if (!speaks_of_it) return ConsentState::not_asked;
    if (consent.valid_until.empty()) return ConsentState::granted;

    const auto end = bounds_of(consent.valid_until);
    const auto now = bounds_of(question.today);
    if (!end || !now || now->max > end->max) return ConsentState::expired;
    return ConsentState::granted;
}

// The day it was given, for order; a consent without a date is older than every other.
std::int64_t given_day(const Consent& consent) {
    const auto bounds = bounds_of(consent.given);
    return bounds ? bounds->min : kDayBeforeAll;
}

}  // namespace

std::optional<Protection> protection_named(std::string_view text) {
    if (text.size() != 2 || text[0] != 'P' || text[1] < '0' || text[1] > '4') return std::nullopt;
    return static_cast<Protection>(text[1] - '0');
}

std::string_view text_of(Protection protection) {
    static constexpr std::array<std::string_view, 5> kTexts = {"P0", "P1", "P2", "P3", "P4"};
    return kTexts.at(static_cast<std::size_t>(protection));
}

Person read_person(std::string code, const json& fields) {
    Person person;
    person.code = std::move(code);
    person.protection =
        protection_named(text_in(fields, "protection")).value_or(Protection::confidential);
    person.role = text_in(fields, "role");
    person.pseudonym = text_in(fields, "pseudonym");
    for (const json& name : list_in(fields, "names")) add_names(person, name);
    for (const json& alias : list_in(fields, "aliases")) {
        if (alias.is_string()) add_if_any(person.aliases, alias.get<std::string>());
    }
    for (const json& identifier : list_in(fields, "identifiers")) {
        add_if_any(person.numbers, text_in(identifier, "number"));
    }
    for (const json& contact : list_in(fields, "contacts")) {
        add_if_any(person.contacts, text_in(contact, "value"));
        add_if_any(person.contacts, text_in(contact, "code_phrase"));
    }
    for (const json& relation : list_in(fields, "relations")) {
        add_if_any(person.contacts, text_in(relation, "who"));
    }
    for (const json& address : list_in(fields, "addresses")) {
        add_if_any(person.contacts, text_in(address, "text"));
    }
    if (fields.is_object() && fields.contains("refugee")) {
        add_if_any(person.numbers, text_in(fields.at("refugee"), "number"));
    }
    return person;
}

bool is_alias(const PersonName& name) { return name.kind == "alias" || name.kind == "codename"; }

bool is_protected(const Person& person) { return person.protection >= Protection::confidential; }

Consent read_consent(std::string person_code, const json& fields) {
    Consent consent;
    consent.person = std::move(person_code);
    consent.given = text_in(fields, "given");
    consent.valid_until = text_in(fields, "valid_until");
    consent.withdrawn = !text_in(fields, "withdrawn").empty();
    for (const json& subject : list_in(fields, "subjects")) {
        if (subject.is_string()) consent.subjects.push_back(subject.get<std::string>());
    }
    const auto scopes = fields.is_object() ? fields.find("scopes") : fields.end();
    if (scopes != fields.end() && scopes->is_object()) {
        for (const auto& [scope, state] : scopes->items()) {
            if (state.is_string()) consent.scopes.emplace(scope, state.get<std::string>());
        }
    }
    return consent;
}

std::string_view text_of(ConsentState state) { return kStates.at(static_cast<std::size_t>(state)); }

ConsentState consent_state(const std::vector<Consent>& consents, const ConsentQuestion& question) {
    ConsentState newest = ConsentState::none;
    std::int64_t newest_day = 0;
    for (const Consent& consent : consents) {
        if (consent.person != question.person) continue;
        const auto found = consent.scopes.find(std::string(question.scope));
        if (found == consent.scopes.end()) continue;
        const ConsentState state = state_of(consent, found->second, question);
        const std::int64_t day = given_day(consent);
        if (newest == ConsentState::none || day > newest_day) {
            newest = state;
            newest_day = day;
        } else if (day == newest_day) {
            newest = std::min(newest, state);
        }
    }
    return newest;
}

}  // namespace custos::vault::publish
