// SPDX-License-Identifier: GPL-3.0-or-later
// Persons and consents as publication sees them: who must not be found in what leaves the vault.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace custos::vault::publish {

// In order of danger. A person without a level is taken for `confidential`.
enum class Protection { open, internal, confidential, protected_, extreme };  // P0 to P4

[[nodiscard]] std::optional<Protection> protection_named(std::string_view text);
[[nodiscard]] std::string_view text_of(Protection protection);

struct PersonName {
    std::string text;
    std::string kind;      // legal, common, alias, codename, ...; may be empty
    std::string language;  // BCP 47; may be empty
    // Another spelling of a name before it, or the same in Latin letters.
    enum class Form { own, transliteration, spelling } form = Form::own;
};
// Whether it is what others call the person: guarded even where the person is named.
[[nodiscard]] bool is_alias(const PersonName& name);

struct Person {
    std::string code;
    Protection protection = Protection::confidential;
    std::vector<PersonName> names;
    std::vector<std::string> aliases;
    std::vector<std::string> numbers;   // identifiers: passports, cards, plates
    std::vector<std::string> contacts;  // phones, addresses, accounts, code phrases
    std::string role;
    std::string pseudonym;  // chosen for publications; empty: Custos gives a letter
};

// From the fields of a person record. Tolerant: what is not as the schema says is passed over.
[[nodiscard]] Person read_person(std::string code, const nlohmann::json& fields);

// Whether the leak scan looks for this person whatever they consented to: everyone from P2 on.
[[nodiscard]] bool is_protected(const Person& person);

struct Consent {
    std::string person;                         // code
    std::string given;                          // a date; later ones count
    std::map<std::string, std::string> scopes;  // publish_named: granted, refused, withdrawn, ...
    std::string valid_until;                    // a date; empty: no end
    std::vector<std::string> subjects;          // codes of what it is limited to; empty: everything
    bool withdrawn = false;                     // all of it
};

[[nodiscard]] Consent read_consent(std::string person_code, const nlohmann::json& fields);

enum class ConsentState { none, not_asked, refused, withdrawn, expired, granted };
[[nodiscard]] std::string_view text_of(ConsentState state);

struct ConsentQuestion {
    std::string_view person;  // code
    std::string_view scope;
    std::string_view subject;  // code of the statement: a consent limited to others is none for it
    std::string_view today;    // "2019-12-27"
};

// What the newest consent that speaks of it says. Of two given on one day, the one that allows less
// counts. An unreadable end is in the past.
[[nodiscard]] ConsentState consent_state(const std::vector<Consent>& consents,
                                         const ConsentQuestion& question);

}  // namespace custos::vault::publish
