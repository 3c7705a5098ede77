// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/earlier.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/publish/handles.h"
#include "vault/records/merge.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string text_in(const json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The persons that the handles of a statement's text mean.
ShownPersons mentioned_in(const Vault& vault, const Statement& statement) {
    std::string text = statement.title + "\n" + statement.body;
    for (const Translation& each : statement.translations)
        text += "\n" + each.title + "\n" + each.body;
    ShownPersons persons;
    for (const Handle& handle : handles_in(text)) {
        if (handle.prefix != 'P') continue;
        try {
            persons[code_of(vault, resolve(vault, handle.id))];
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
        }
    }
    return persons;
}

// Adds what the history of one statement tells.
void add_publications(const Vault& vault, const Record& record,
                      std::vector<EarlierPublication>& all) {
    json text;  // the fields as they were last stored
    for (const HistoryItem& item : history_of(vault, record.id)) {
        if (item.verb == Verb::create || item.verb == Verb::revise) text = item.body;
        if (item.verb != Verb::publish) continue;
        EarlierPublication one;
        one.statement = record.code;
        one.published = utc_text(item.time);
        one.index = text_in(item.body, "index");
        one.title = text_in(item.body, "title");
        one.date = text_in(item.body, "date");
        one.package = text_in(item.body, "package");
        const auto persons = item.body.is_object() ? item.body.find("persons") : item.body.end();
        if (item.body.is_object() && persons != item.body.end()) {
            one.persons = read_shown_persons(*persons);
        } else {
            // A body holds the fields, or an object around them.
            const bool wrapped = text.is_object() && text.contains("fields");
            one.persons = mentioned_in(
                vault, read_statement(record.code, wrapped ? text.at("fields") : text));
        }
        all.push_back(std::move(one));
    }
}

json body_of(const StoredEntry& stored) {
    return stored.body ? json::parse(stored.body->begin(), stored.body->end()) : json();
}

// What the entries behind one of a purged statement say of the same publication: about each person,
// and then as the line of the register.
void add_purged(const Vault& vault, const Record& record, const HistoryItem& item,
                std::vector<EarlierPublication>& all) {
    EarlierPublication one;
    one.statement = record.code;
    one.published = utc_text(item.time);
    const std::uint64_t end = vault.log().head().size;
    for (std::uint64_t at = item.index + 1; at < end; ++at) {
        const StoredEntry stored = vault.log().at(at);
        const auto entry = decode_entry(stored.entry);
        if (!entry || entry->verb != Verb::publish) return;
        const json body = body_of(stored);
        if (entry->subject == kVaultSubject) {
            one.index = text_in(body, "index");
            one.title = text_in(body, "title");
            one.date = text_in(body, "date");
            one.package = text_in(body, "package");
            all.push_back(std::move(one));
            return;
        }
        const auto about = parse_id(entry->subject);
        if (!about || about->kind != Kind::person) continue;
        const std::string code = code_of(vault, *about);
        one.persons[code];  // that it is mentioned is known, whatever was purged
        if (!body.is_object() || !body.contains("persons")) continue;
        for (auto& [shown_code, shown] : read_shown_persons(body.at("persons")))
            one.persons[shown_code] = shown;
    }
}

void add_purged(const Vault& vault, const Record& record, std::vector<EarlierPublication>& all) {
    for (const HistoryItem& item : history_of(vault, record.id)) {
        if (item.verb == Verb::publish) add_purged(vault, record, item, all);
    }
}

void add_merged(const Vault& vault, const RecordId& id, std::set<std::string>& codes) {
    codes.insert(code_of(vault, id));
    for (const RecordId& from : merged_from(vault, id)) add_merged(vault, from, codes);
}

// The records that are one person by now, whichever of them is asked for.
std::set<std::string> codes_of_same(const Vault& vault, const std::string& code) {
    const RecordId id = resolve(vault, code);
    std::set<std::string> codes;
    add_merged(vault, merged_into(vault, id).value_or(id), codes);
    return codes;
}

}  // namespace

std::vector<EarlierPublication> earlier_publications(const Vault& vault) {
    std::vector<Record> statements;
    each_record(vault, Kind::statement,
                [&](const Record& record) { statements.push_back(record); });
    std::vector<EarlierPublication> all;
    for (const Record& record : statements) {
        if (record.state == State::purged) {
            add_purged(vault, record, all);
        } else {
            add_publications(vault, record, all);
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const EarlierPublication& a, const EarlierPublication& b) {
                         return a.published < b.published;
                     });
    return all;
}

std::vector<EarlierPublication> publications_about(const Vault& vault,
                                                   std::string_view person_code) {
    const std::string person(person_code);
    const std::set<std::string> same = codes_of_same(vault, person);
    std::vector<EarlierPublication> about;
    for (EarlierPublication& each : earlier_publications(vault)) {
        for (const std::string& code : same) {
            const auto shown = each.persons.find(code);
            if (shown != each.persons.end()) each.persons.emplace(person, shown->second);
        }
        if (each.persons.count(person) != 0) about.push_back(std::move(each));
    }
    return about;
}

json write_shown_persons(const ShownPersons& persons) {
    json list = json::array();
    for (const auto& [code, shown] : persons) {
        list.push_back(
            {{"record", code}, {"appearance", shown.appearance}, {"facts", shown.facts}});
    }
    return list;
}

ShownPersons read_shown_persons(const json& list) {
    ShownPersons persons;
    if (!list.is_array()) return persons;
    for (const json& each : list) {
        const std::string code = text_in(each, "record");
        if (code.empty()) continue;
        ShownPerson& person = persons[code];
        person.appearance = text_in(each, "appearance");
        const auto facts = each.find("facts");
        if (facts == each.end() || !facts->is_object()) continue;
        for (const auto& [name, value] : facts->items()) {
            if (value.is_string()) person.facts.emplace(name, value.get<std::string>());
        }
    }
    return persons;
}

bool takes_back(const json& consent_fields) {
    if (!text_in(consent_fields, "withdrawn").empty()) return true;
    const Consent consent = read_consent({}, consent_fields);
    return std::any_of(consent.scopes.begin(), consent.scopes.end(), [](const auto& scope) {
        return scope.second == "withdrawn" || scope.second == "refused" ||
               scope.second == "expired";
    });
}

}  // namespace custos::vault::publish
