// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/guarded.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>
#include <unicode/uchar.h>

#include "vault/publish/day_spellings.h"
#include "vault/publish/fold.h"
#include "vault/publish/forms.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

constexpr std::size_t kNameBytesMax = 120;
constexpr std::size_t kAddressBytesMin = 8;
constexpr std::size_t kDegreeDigitsMin = 5;

// Words of a text, split at spaces.
std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

bool begins_like_name(std::string_view word) {
    std::size_t at = 0;
    const char32_t c = next_character(word, at);
    const auto character = static_cast<UChar32>(c);
    return c != kNoCharacter && u_isalpha(character) != 0 && u_isULowercase(character) == 0;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

class Walk {
public:
    Walk(Guarded& guarded, const std::string& code) : guarded_(guarded), code_(code) {}

    void object(const FieldList& fields, const json& value) {
        if (!value.is_object()) return;
        for (const Field& field : fields) {
            const auto found = value.find(std::string(field.name));
            if (found == value.end()) continue;
            if (!field.children.empty()) {
                if (found->is_array()) {
                    for (const json& item : *found) object(field.children, item);
                } else {
                    object(field.children, *found);
                }
            } else if (field.identity) {
                texts(field, *found);
            }
        }
    }

private:
    void texts(const Field& field, const json& value) {
        if (value.is_array()) {
            for (const json& item : value) texts(field, item);
        } else if (value.is_string() && field.type != FieldType::long_text) {
            text(field.name, value.get<std::string>());
        }
    }

    void text(std::string_view field, const std::string& value) {
        if (field == "file_name") {
            term(value, Rule::file_name, Severity::fuzzy);
        } else if (field == "lat" || field == "lon") {
            const auto digits = std::count_if(value.begin(), value.end(),
                                              [](char c) { return c >= '0' && c <= '9'; });
            if (static_cast<std::size_t>(digits) >= kDegreeDigitsMin)
                term(value, Rule::place, Severity::exact);
        } else if (field == "address") {
            if (value.size() >= kAddressBytesMin) term(value, Rule::place, Severity::exact);
        } else if (field == "account") {
            term(value, Rule::contact, Severity::exact);
        } else if (looks_like_name(value)) {
            Person person;
            person.code = code_;
            person.protection = Protection::confidential;
            person.names.push_back({value, "alias", {}, PersonName::Form::own});
            guarded_.persons.push_back(std::move(person));
        } else if (words_of(value).size() == 1 && begins_like_name(value)) {
            term(value, Rule::name_part, Severity::fuzzy);
        }
    }

    void term(const std::string& value, Rule rule, Severity severity) {
        guarded_.terms.push_back({value, code_, rule, severity});
    }

    Guarded& guarded_;
    const std::string& code_;
};

bool is_day(const std::string& date) {
    return date.size() >= 10 && date.find('/') == std::string::npos;
}

std::vector<std::string> languages_of(const Statement& statement) {
    std::vector<std::string> languages = {statement.language};
    for (const Translation& other : statement.translations) languages.push_back(other.language);
    return languages;
}

// Whether the statement's own plan shows less of an incident than its record allows.
bool is_shown_less(const Material& material, const std::string& code) {
    const auto& plan = material.statement.plan;
    return std::any_of(plan.begin(), plan.end(), [&](const auto& each) {
        const auto known = material.known.find(each.first);
        return known != material.known.end() && known->second == code && each.second != "named";
    });
}

}  // namespace

bool looks_like_name(std::string_view text) {
    if (text.size() > kNameBytesMax) return false;
    const std::vector<std::string_view> words = words_of(text);
    return words.size() >= 2 && std::all_of(words.begin(), words.end(), begins_like_name);
}

void guard_record(Guarded& guarded, const FieldList& schema, const std::string& code,
                  const json& fields) {
    Walk(guarded, code).object(schema, fields);
}

void guard_own_fields(Person& person, const FieldList& schema, const json& fields) {
    constexpr std::size_t kNumberDigits = 5;
    constexpr std::size_t kTextMin = 4;
    for (const Field& field : schema) {
        if (!field.own || !field.identity) continue;
        const auto found = fields.find(std::string(field.name));
        if (found == fields.end()) continue;
        const json list = found->is_array() ? *found : json::array({*found});
        for (const json& value : list) {
            if (!value.is_string()) continue;
            std::string text = value.get<std::string>();
            if (text.size() < kTextMin || text.size() > kNameBytesMax) continue;
            const auto digits = std::count_if(text.begin(), text.end(),
                                              [](char c) { return c >= '0' && c <= '9'; });
            const bool number = static_cast<std::size_t>(digits) >= kNumberDigits ||
                                text.find('@') != std::string::npos;
            (number ? person.numbers : person.aliases).push_back(std::move(text));
        }
    }
}

void release(Guarded& guarded, const std::vector<Person>& persons,
             const std::vector<std::string>& named) {
    std::set<std::string> free;
    for (const Person& person : persons) {
        const bool may = person.protection == Protection::open ||
                         std::find(named.begin(), named.end(), person.code) != named.end();
        if (!may) continue;
        for (const PersonName& name : person.names) free.insert(name.text);
    }
    const auto is_free = [&](const std::string& text) { return free.count(text) != 0; };
    auto& others = guarded.persons;
    others.erase(std::remove_if(others.begin(), others.end(),
                                [&](const Person& each) { return is_free(each.names[0].text); }),
                 others.end());
    auto& terms = guarded.terms;
    terms.erase(std::remove_if(terms.begin(), terms.end(),
                               [&](const Term& each) { return is_free(each.text); }),
                terms.end());
}

void guard_incidents(Guarded& guarded, const Material& material, const Plan& plan) {
    // What handles print of one incident is no secret of another one.
    std::string shown;
    for (const PlanRow& row : plan.rows) {
        if (row.handle.rfind("I-", 0) == 0) shown += row.shown + "\n";
    }
    for (const auto& [code, incident] : material.incidents) {
        bool finest = false;
        for (const PlanRow& row : plan.rows) {
            if (row.record != code) continue;
            finest = finest || (ends_with(row.handle, ":date") && row.appearance == "as_recorded");
        }
        const Protection protection = incident.protection.value_or(Protection::internal);
        const bool shows_less = is_shown_less(material, code);
        const bool keeps_day = shows_less || protection >= Protection::confidential;
        if (keeps_day && !finest && is_day(incident.date)) {
            for (const std::string& day :
                 spellings_of_day(incident.date.substr(0, 10), languages_of(material.statement)))
                guarded.terms.push_back({day, code, Rule::date, Severity::fuzzy});
        }
        const bool hidden = shows_less || protection == Protection::extreme;
        const bool keeps_province =
            hidden || incident.precision == "country" || incident.precision == "none";
        if (!hidden && (incident.precision == "exact" || incident.precision == "street")) continue;
        for (const std::string* place :
             {&incident.place, &incident.admin1, &incident.admin2, &incident.admin3}) {
            const bool is_public =
                !keeps_province && incident.admin1.find(*place) != std::string::npos;
            const bool known =
                place->empty() || shown.find(*place) != std::string::npos || is_public ||
                (place == &incident.admin2 && !hidden && incident.precision == "district");
            if (!known) guarded.terms.push_back({*place, code, Rule::place, Severity::fuzzy});
        }
    }
}

std::vector<std::string> contacts_in(const std::string& contact) {
    std::vector<std::string> parts = {contact};
    const auto add = [&](std::string_view part) {
        const std::size_t begin = part.find_first_not_of(' ');
        if (begin == std::string_view::npos) return;
        parts.emplace_back(part.substr(begin, part.find_last_not_of(' ') + 1 - begin));
    };
    for (std::size_t begin = 0; begin < contact.size();) {
        const std::size_t end = std::min(contact.find_first_of(",;|\n", begin), contact.size());
        const std::string_view part = std::string_view(contact).substr(begin, end - begin);
        add(part);
        if (const std::size_t label = part.find(": "); label != std::string_view::npos)
            add(part.substr(label + 2));
        begin = end + 1;
    }
    return parts;
}

}  // namespace custos::vault::publish
