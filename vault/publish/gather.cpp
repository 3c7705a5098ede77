// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/gather.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/publish/earlier.h"
#include "vault/publish/handles.h"
#include "vault/publish/read_exhibit.h"
#include "vault/records/merge.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

// Reads what a statement mentions out of the store.
class Gatherer {
public:
    Gatherer(const Vault& vault, const RecordId& id) : vault_(vault) {
        const Record record = get_record(vault, id);
        if (id.kind != Kind::statement) {
            throw Error{ErrorCode::usage, record.code + " is no statement",
                        "list them with: custos list statement"};
        }
        if (record.state != State::live) {
            throw Error{ErrorCode::refused, record.code + " is in the trash",
                        "bring it back with: custos restore " + record.code};
        }
        out_.statement = read_statement(record.code, record.fields);
        for (std::string& source : out_.statement.sources) {
            const auto known = parse_id(source);
            if (known && state_of_record(vault, *known)) source = code_of(vault, *known);
        }
        out_.today = utc_text(vault.surroundings().clock()).substr(0, 10);
    }

    Material gather() {
        // Protection does not end in the trash; only a purged person has nothing left to protect.
        std::vector<std::pair<RecordId, Person>> merged;
        each_record(vault_, Kind::person, [&](const Record& person) {
            codes_.emplace(to_text(person.id), person.code);
            if (!person.fields.is_object()) return;
            Person read = read_person(person.code, person.fields);
            guard_own_fields(read, vault_.schema().fields(Kind::person), person.fields);
            const auto into =
                person.state == State::merged ? merged_into(vault_, person.id) : std::nullopt;
            if (into) {
                merged.emplace_back(*into, std::move(read));
                return;
            }
            out_.persons.push_back(std::move(read));
            out_.population.emplace(person.code, facts_of(person.fields));
        });
        for (auto& [into, person] : merged) add_merged(into, std::move(person));
        each_record(vault_, Kind::consent, [&](const Record& consent) {
            if (consent.state == State::live) add_consent(consent.fields);
        });
        add_all_mentioned(out_.statement.title);
        add_all_mentioned(out_.statement.body);
        add_all_mentioned(out_.statement.exhibits);
        for (const Translation& other : out_.statement.translations) {
            add_all_mentioned(other.title);
            add_all_mentioned(other.body);
            add_all_mentioned(other.exhibits);
        }
        for (const std::string& source : out_.statement.sources) add_mentioned(source);
        for (const auto& [written, word] : out_.statement.plan) add_mentioned(written);
        out_.earlier = earlier_publications(vault_);
        add_parts();
        return std::move(out_);
    }

private:
    // A person who was written down twice has the names and numbers of both records, and the
    // stricter protection. If what it was merged into was purged, the rest stands for itself.
    void add_merged(const RecordId& into, Person person) {
        const auto code = codes_.find(to_text(into));
        const auto kept = std::find_if(
            out_.persons.begin(), out_.persons.end(),
            [&](const Person& each) { return code != codes_.end() && each.code == code->second; });
        if (kept == out_.persons.end()) {
            out_.persons.push_back(std::move(person));
            return;
        }
        const auto append = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()),
                      std::make_move_iterator(from.end()));
        };
        kept->protection = std::max(kept->protection, person.protection);
        append(kept->names, person.names);
        append(kept->aliases, person.aliases);
        append(kept->numbers, person.numbers);
        append(kept->contacts, person.contacts);
    }

    static std::string text_in(const json& fields, const char* name) {
        const auto found = fields.is_object() ? fields.find(name) : fields.end();
        return found != fields.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    }

    static Facts facts_of(const json& person) {
        Facts facts;
        for (const char* name : {"role", "gender", "ethnicity", "occupation"}) {
            std::string value = text_in(person, name);
            if (!value.empty()) facts.emplace(name, std::move(value));
        }
        const auto age = person.find("age");
        if (age != person.end() && age->is_number_integer())
            facts.emplace("age", std::to_string(age->get<std::int64_t>()));
        return facts;
    }

    static void join(Facts& to, const Facts& facts) {
        for (const auto& [name, value] : facts) {
            std::string& all = to[name];
            if (("|" + all + "|").find("|" + value + "|") != std::string::npos) continue;
            all += (all.empty() ? "" : "|") + value;
        }
    }

    // Who had a part in which incident, and what is known by that.
    void add_parts() {
        std::map<std::string, std::pair<std::string, Facts>> incidents;  // by full id
        each_record(vault_, Kind::incident, [&](const Record& record) {
            Facts facts;
            const std::string date = text_in(record.fields, "date");
            if (date.size() >= 7) facts.emplace("month", date.substr(0, 7));
            const Incident incident = read_incident(record.code, record.fields);
            if (!incident.country.empty()) facts.emplace("country", incident.country);
            if (!incident.admin1.empty()) facts.emplace("admin1", incident.admin1);
            incidents.emplace(to_text(record.id), std::pair(record.code, std::move(facts)));
        });
        const auto add = [&](const json& fields, const char* role, Facts own) {
            const auto person = codes_.find(text_in(fields, role));
            if (person == codes_.end()) return;
            const auto incident = incidents.find(text_in(fields, "incident"));
            if (incident != incidents.end()) join(own, incident->second.second);
            join(out_.population[person->second], own);
            if (incident == incidents.end() || out_.incidents.count(incident->second.first) == 0)
                return;
            out_.parts.push_back({person->second, incident->second.first, std::move(own)});
        };
        each_record(vault_, Kind::act, [&](const Record& record) {
            std::string type = text_in(record.fields, "type");
            std::replace(type.begin(), type.end(), '_', ' ');
            add(record.fields, "victim", type.empty() ? Facts{} : Facts{{"act", type}});
        });
        each_record(vault_, Kind::testimony,
                    [&](const Record& record) { add(record.fields, "witness", {}); });
    }

    void add_consent(const json& fields) {
        const auto person = fields.find("person");
        if (person == fields.end() || !person->is_string()) return;
        const auto code = codes_.find(person->get<std::string>());
        if (code == codes_.end()) return;
        Consent consent = read_consent(code->second, fields);
        for (std::string& subject : consent.subjects) {
            const auto id = parse_id(subject);
            if (id) subject = code_of(vault_, *id);
        }
        out_.consents.push_back(std::move(consent));
    }

    void add_all_mentioned(const std::string& text) {
        for (const Handle& handle : handles_in(text)) add_mentioned(handle.id);
    }

    void add_all_mentioned(const std::vector<ExhibitWords>& exhibits) {
        for (const ExhibitWords& words : exhibits) {
            add_mentioned(words.exhibit);
            add_all_mentioned(words.alt);
            add_all_mentioned(words.caption);
        }
    }

    // What cannot be resolved to one living record stays unknown; the plan says so by its line.
    void add_mentioned(const std::string& written) {
        if (out_.known.count(written) != 0) return;
        try {
            const RecordId given = resolve(vault_, written);
            const RecordId id = merged_into(vault_, given).value_or(given);
            const Record record = get_record(vault_, id);
            if (record.state != State::live) return;
            out_.known.emplace(written, record.code);
            add_record(record);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
        }
    }

    void add_record(const Record& record) {
        if (record.id.kind == Kind::incident) {
            out_.incidents.emplace(record.code, read_incident(record.code, record.fields));
        } else if (record.id.kind == Kind::exhibit) {
            out_.exhibits.emplace(record.code, read_exhibit(vault_, record, codes_));
        } else if (record.id.kind == Kind::source) {
            out_.sources.emplace(record.code, read_source(record.code, record.fields));
        }
    }

    const Vault& vault_;
    std::map<std::string, std::string> codes_;  // of persons, by full id
    Material out_;
};

}  // namespace

Material gather(const Vault& vault, const RecordId& id) { return Gatherer(vault, id).gather(); }

Guarded gather_guarded(const Vault& vault) {
    Guarded guarded;
    for (const Kind kind : {Kind::case_, Kind::incident, Kind::act, Kind::involvement,
                            Kind::testimony, Kind::source, Kind::intervention, Kind::exhibit}) {
        each_record(vault, kind, [&](const Record& record) {
            if (record.fields.is_object())
                guard_record(guarded, vault.schema().fields(kind), record.code, record.fields);
        });
    }
    return guarded;
}

}  // namespace custos::vault::publish
