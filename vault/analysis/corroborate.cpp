// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/corroborate.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "vault/analysis/same_as.h"
#include "vault/records/describe.h"
#include "vault/records/filter.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

bool is_evidence(Kind kind) {
    return kind == Kind::testimony || kind == Kind::source || kind == Kind::exhibit;
}

std::optional<RecordId> id_in(const json& fields, const char* name) {
    const auto found = fields.find(name);
    if (found == fields.end() || !found->is_string()) return std::nullopt;
    return parse_id(found->get_ref<const std::string&>());
}

bool names_id(const json& fields, const char* list, const RecordId& id) {
    const auto found = fields.find(list);
    return found != fields.end() && found->is_array() &&
           std::find(found->begin(), found->end(), json(to_text(id))) != found->end();
}

// The grades that a record or a part of one gives itself.
json grades_of(const json& fields) {
    json grades = json::object();
    for (const char* name : {"reliability", "credibility", "reliability_huridocs", "connection",
                             "locator", "confidence"}) {
        const auto found = fields.find(name);
        if (found != fields.end()) grades[name] = *found;
    }
    return grades;
}

std::optional<Record> live_record(const Vault& vault, const RecordId& id) {
    Record record = get_record(vault, id);
    if (record.state != State::live || record.fields.is_null()) return std::nullopt;
    return record;
}

// Follows evidence to where it comes from.
class Origins {
public:
    explicit Origins(const Vault& vault) : vault_(vault), same_(vault) {}

    std::vector<RecordId> of(const Record& record) {
        std::set<RecordId> seen;
        std::set<RecordId> found;
        follow(record, seen, found);
        if (found.empty()) found.insert(*seen.begin());  // a circle stands for itself
        return {found.begin(), found.end()};
    }

private:
    void follow(const Record& record, std::set<RecordId>& seen, std::set<RecordId>& found) {
        if (!seen.insert(record.id).second) return;
        const json& fields = record.fields;
        for (const char* person : {"witness", "person"}) {
            if (const auto id = id_in(fields, person)) {
                found.insert(same_.of(*id));
                return;
            }
        }
        bool further = false;
        const auto go_on = [&](const RecordId& id) {
            if (!is_evidence(id.kind)) return;
            const auto before = live_record(vault_, id);
            if (!before) return;
            further = true;
            follow(*before, seen, found);
        };
        for (const char* name : {"derived_from", "root"}) {
            if (const auto id = id_in(fields, name)) go_on(*id);
        }
        for (const Link& link : record.links) {
            if (link.role == "derived_from" || link.role == "source") go_on(link.to);
        }
        if (!further) found.insert(same_.of(record.id));
    }

    const Vault& vault_;
    SameAs same_;
};

class Gatherer {
public:
    Gatherer(const Vault& vault, const RecordId& id, std::string field)
        : vault_(vault), origins_(vault) {
        out_.id = id;
        out_.field = std::move(field);
    }

    Corroboration run() {
        const Record record = get_record(vault_, out_.id);
        if (!out_.field.empty()) {
            (void)require_path(vault_.schema(), out_.id.kind, out_.field);
            read_values(record);
        }
        from_itself(record);
        for (const RecordId& id : referrers_of(vault_, out_.id)) {
            if (const auto referrer = live_record(vault_, id)) from_other(*referrer);
        }
        std::stable_sort(out_.evidence.begin(), out_.evidence.end(),
                         [](const Evidence& a, const Evidence& b) { return a.stance < b.stance; });
        weigh();
        return std::move(out_);
    }

private:
    [[nodiscard]] json value_in(const json& fields) const {
        json at = shown_fields(vault_, out_.id.kind, fields);
        std::size_t begin = 0;
        while (begin <= out_.field.size() && at.is_object()) {
            const std::size_t end = std::min(out_.field.find('.', begin), out_.field.size());
            const auto found = at.find(out_.field.substr(begin, end - begin));
            if (found == at.end()) return {};
            json inner = *found;
            at = std::move(inner);
            begin = end + 1;
        }
        return at;
    }

    void read_values(const Record& record) {
        out_.value = value_in(record.fields);
        json last;
        for (int revision = 1; revision < record.revision; ++revision) {
            const json value = value_in(get_record(vault_, out_.id, revision).fields);
            const bool first = revision == 1 && !value.is_null();
            if (first || (revision > 1 && value != last)) out_.earlier.push_back({revision, value});
            last = value;
        }
        // What it is now is not an earlier value.
        if (!out_.earlier.empty() && out_.earlier.back().value == out_.value)
            out_.earlier.pop_back();
    }

    // What was said of another field says nothing of this one.
    [[nodiscard]] bool concerns(const json& about) const {
        const auto found = about.find("field");
        if (out_.field.empty() || found == about.end() || !found->is_string()) return true;
        const std::string& field = found->get_ref<const std::string&>();
        return field == out_.field || out_.field.starts_with(field + ".") ||
               field.starts_with(out_.field + ".");
    }

    void add(Stance stance, const Record& record, std::string how, json about) {
        if (!is_evidence(record.id.kind) || !concerns(about)) return;
        const json grades = grades_of(record.fields);
        for (const auto& [name, grade] : grades.items()) {
            if (!about.contains(name)) about[name] = grade;
        }
        out_.evidence.push_back({stance, record.id, record.code,
                                 title_of(vault_.schema(), record.id.kind, record.fields),
                                 std::move(how), std::move(about), origins_.of(record)});
    }

    // What the record itself names as its ground.
    void from_itself(const Record& record) {
        const auto based_on = record.fields.find("based_on");
        if (based_on != record.fields.end() && based_on->is_array()) {
            for (const json& named : *based_on) {
                const auto id = parse_id(named.get_ref<const std::string&>());
                const auto other = id ? live_record(vault_, *id) : std::nullopt;
                if (other) add(Stance::supports, *other, "field based_on", json::object());
            }
        }
        for (const json& link : links_with_fields(vault_, record.id)) {
            const std::string role = link.at("role");
            if (role != "source" && role != "evidence") continue;
            const auto id = parse_id(link.at("to").get_ref<const std::string&>());
            const auto other = id ? live_record(vault_, *id) : std::nullopt;
            if (other) add(Stance::supports, *other, "link " + role, said_of(link));
        }
    }

    static json said_of(json link) {
        link.erase("role");
        link.erase("to");
        return link;
    }

    void from_other(const Record& other) {
        bool said = false;
        for (const json& link : links_with_fields(vault_, other.id)) {
            if (link.at("to") != to_text(out_.id)) continue;
            const std::string role = link.at("role");
            const Stance stance = role == "supports"      ? Stance::supports
                                  : role == "contradicts" ? Stance::contradicts
                                                          : Stance::speaks_of;
            add(stance, other, "link " + role, said_of(link));
            said = said || stance != Stance::speaks_of;
        }
        if (said) return;  // a reference beside it adds nothing
        const auto evaluations = other.fields.find("evaluations");
        if (evaluations != other.fields.end() && evaluations->is_array()) {
            for (const json& evaluation : *evaluations) {
                if (evaluation.value("about", json()) == to_text(out_.id))
                    add(Stance::supports, other, "evaluation", grades_of(evaluation));
            }
        }
        if (other.fields.value("incident", json()) == to_text(out_.id))
            add(Stance::speaks_of, other, "field incident", json::object());
        if (names_id(other.fields, "persons", out_.id))
            add(Stance::speaks_of, other, "field persons", json::object());
    }

    void weigh() {
        std::set<RecordId> for_it;
        std::set<RecordId> against;
        for (const Evidence& evidence : out_.evidence) {
            if (evidence.stance == Stance::speaks_of) continue;
            auto& side = evidence.stance == Stance::supports ? for_it : against;
            side.insert(evidence.origins.begin(), evidence.origins.end());
        }
        out_.independent_for = for_it.size();
        out_.independent_against = against.size();
        std::set_intersection(for_it.begin(), for_it.end(), against.begin(), against.end(),
                              std::back_inserter(out_.both_sides));
    }

    const Vault& vault_;
    Origins origins_;
    Corroboration out_;
};

}  // namespace

std::string_view name_of(Stance stance) {
    switch (stance) {
        case Stance::supports: return "supports";
        case Stance::contradicts: return "contradicts";
        case Stance::speaks_of: return "speaks_of";
    }
    return "";
}

Corroboration corroborate(const Vault& vault, const RecordId& id, const std::string& field) {
    return Gatherer(vault, id, field).run();
}

}  // namespace custos::vault::analysis
