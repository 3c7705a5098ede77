// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/plan.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "vault/publish/handles.h"
#include "vault/publish/incident_words.h"
#include "vault/publish/judge.h"
#include "vault/publish/phrases.h"
#include "vault/publish/plan_exhibits.h"
#include "vault/publish/printed_name.h"
#include "vault/publish/shown_exhibits.h"

namespace custos::vault::publish {
namespace {

std::optional<Appearance> appearance_named(std::string_view text) {
    for (const Appearance each :
         {Appearance::withheld, Appearance::role, Appearance::pseudonym, Appearance::named}) {
        if (text_of(each) == text) return each;
    }
    return std::nullopt;
}

class Planner {
public:
    Planner(const Material& material, const Plan* first)
        : material_(material),
          judge_(material),
          phrases_(phrases_for(material.statement.language)),
          open_handles_(open_handles(material.statement)) {
        for (const Person& person : material.persons) persons_.emplace(person.code, &person);
        if (first == nullptr) return;
        plan_.letters = first->letters;
        plan_.exhibits = first->exhibits;
    }

    Plan plan() {
        read_own_plan();
        look_through(material_.statement.title, Place::title);
        look_through(material_.statement.body, Place::body);
        for (const ExhibitWords& words : material_.statement.exhibits) {
            look_through(words.alt, Place::title);
            look_through(words.caption, Place::title);
        }
        check_sources();
        check_exhibits();
        return std::move(plan_);
    }

private:
    enum class Place { title, body };

    void problem(std::string rule, std::string record, std::size_t line, std::string message,
                 std::string next) {
        plan_.problems.push_back(
            {std::move(rule), std::move(record), line, std::move(message), std::move(next)});
    }

    // Resolves what the statement wrote; empty with a problem if it is nothing.
    std::string code_of(const std::string& written, std::size_t line, const std::string& where) {
        const auto found = material_.known.find(written);
        if (found != material_.known.end()) return found->second;
        problem("handle", written, line,
                where + " " + written + ", which is no record, or one in the trash",
                "look for it with: custos search, or bring it back with: custos restore");
        return {};
    }

    // The statement's own plan, checked whether or not the text mentions the person.
    void read_own_plan() {
        for (const auto& [written, value] : material_.statement.plan) {
            const std::string code = code_of(written, 0, "the plan names");
            if (code.empty()) continue;
            const auto person = persons_.find(code);
            if (person == persons_.end()) {
                if (value != "withheld" && value != "generalised" && value != "named") {
                    problem("plan", code, 0,
                            "the plan says " + value + " of " + code + ", which is no person",
                            "say withheld, generalised or named");
                }
                own_.emplace(code, value);
                continue;
            }
            const auto wanted = appearance_named(value);
            if (!wanted) {
                problem("plan", code, 0, "the plan says " + value + " of " + code,
                        "say named, pseudonym, role or withheld");
                continue;
            }
            own_.emplace(code, value);
            const Verdict verdict = judge_.judge(*person->second);
            if (!allows(verdict, *wanted)) {
                refuse(*person->second, *wanted, verdict);
            } else if (*wanted == Appearance::named) {
                plan_.named.push_back(code);
            }
        }
    }

    void refuse(const Person& person, Appearance wanted, const Verdict& verdict) {
        problem("consent", person.code, 0,
                "the plan shows " + person.code + " as " + std::string(text_of(wanted)) + ", but " +
                    verdict.missing,
                person.protection == Protection::extreme
                    ? "set the plan to withheld"
                    : "record the consent with: custos add consent, or show less in the plan");
    }

    void look_through(const std::string& text, Place place) {
        for (const Handle& handle : handles_in(text)) {
            if (plan_.shown.count(handle.key()) != 0) continue;
            const std::size_t line = place == Place::body ? line_of(text, handle.begin) : 0;
            const std::string code = code_of(handle.id, line, "the text mentions");
            plan_.shown.emplace(handle.key(), std::string(phrases_.name_withheld));
            if (!code.empty()) add(handle, code, line);
        }
    }

    void add(const Handle& handle, const std::string& code, std::size_t line) {
        PlanRow row;
        row.handle = handle.key();
        row.record = code;
        const auto person = persons_.find(code);
        const auto incident = material_.incidents.find(code);
        const auto exhibit = material_.exhibits.find(code);
        bool known = false;
        if (person != persons_.end()) {
            known = handle.aspect.empty() || handle.aspect == "role" || handle.aspect == "letter";
            if (known) show_person(*person->second, handle.aspect, row);
        } else if (incident != material_.incidents.end()) {
            known = show_incident(incident->second, handle.aspect, row);
        } else if (exhibit != material_.exhibits.end()) {
            known = handle.aspect.empty();
            if (known) show_exhibit(exhibit->second, line, row);
        } else if (material_.sources.count(code) != 0) {
            known = handle.aspect.empty();
            if (known) show_source(code, row);
        }
        if (!known) {
            problem("handle", code, line,
                    "the text mentions " + handle.key() + ", which has no form in a statement",
                    "use {P-...}, {P-...:role}, {P-...:letter}, {I-...:date}, {I-...:place}, "
                    "{I-...:title}, {E-...} or {D-...}");
            return;
        }
        plan_.shown[handle.key()] = row.shown;
        plan_.rows.push_back(std::move(row));
    }

    // How the person appears here, and why.
    Appearance appearance_of(const Person& person, const std::string& aspect, PlanRow& row) {
        const Verdict verdict = judge_.judge(person);
        Appearance appearance = verdict.usual;
        row.reason = verdict.reason;
        const auto own = own_.find(person.code);
        if (own != own_.end()) {
            appearance = appearance_named(own->second).value_or(Appearance::withheld);
            row.reason = kAsTheStatementSays;
            // Refused above; what is shown meanwhile in a preview is not more than is allowed.
            if (!allows(verdict, appearance)) appearance = verdict.usual;
        }
        // In one place by role: less than a name, and as much as a pseudonym.
        if (aspect == "role" && appearance > Appearance::role) {
            appearance = Appearance::role;
            row.reason += "; by role in this place";
        }
        if (appearance == Appearance::role && person.role.empty()) {
            problem(
                "plan", person.code, 0, person.code + " is to appear by role, but has none",
                "set it with: custos edit " + person.code + " --set role=..., or choose pseudonym");
            appearance = Appearance::withheld;
        }
        row.reason += said_before(person.code);
        return appearance;
    }

    // What readers know already: the newest publication that has the person.
    std::string said_before(const std::string& code) const {
        for (auto it = material_.earlier.rbegin(); it != material_.earlier.rend(); ++it) {
            const auto person = it->persons.find(code);
            if (person == it->persons.end()) continue;
            return "; " +
                   (person->second.appearance.empty() ? "mentioned" : person->second.appearance) +
                   " in " + it->index + " of " + it->date;
        }
        return {};
    }

    void show_person(const Person& person, const std::string& aspect, PlanRow& row) {
        const Appearance appearance = appearance_of(person, aspect, row);
        row.appearance = text_of(appearance);
        switch (appearance) {
            case Appearance::withheld: row.shown = phrases_.name_withheld; break;
            case Appearance::role: row.shown = person.role; break;
            case Appearance::pseudonym: row.shown = pseudonym_of(person, aspect); break;
            case Appearance::named:
                row.shown = printed_name(person, material_.statement.language);
                if (row.shown.empty()) row.shown = phrases_.name_withheld;
                if (std::find(plan_.named.begin(), plan_.named.end(), person.code) ==
                    plan_.named.end()) {
                    plan_.named.push_back(person.code);
                }
                break;
        }
    }

    std::string pseudonym_of(const Person& person, const std::string& aspect) {
        if (!person.pseudonym.empty()) {
            check_pseudonym(person);
            return person.pseudonym;
        }
        const auto [it, fresh] = plan_.letters.emplace(person.code, plan_.letters.size());
        static_cast<void>(fresh);
        const std::string letter = letter_of(it->second);
        const std::string words = std::string(phrases_.person) + " " + letter;
        take_pseudonym(words, person);
        return aspect == "letter" ? letter : words;
    }

    // A pseudonym of the record's own gives nothing of the name away.
    void check_pseudonym(const Person& person) {
        if (!take_pseudonym(person.pseudonym, person) || !is_made_from_name(person)) return;
        problem("plan", person.code, 0,
                "the pseudonym of " + person.code + " is made from the person's name",
                "choose another one with: custos edit " + person.code +
                    " --set pseudonym=..., or take it away: custos gives a letter");
    }

    // A pseudonym stands for one person, whoever chose it. Whether nobody had it before.
    bool take_pseudonym(std::string words, const Person& person) {
        for (char& c : words) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const auto [it, fresh] = pseudonyms_.emplace(std::move(words), person.code);
        if (it->second != person.code) {
            problem("plan", person.code, 0,
                    person.code + " and " + it->second + " have the same pseudonym",
                    "give one of them another one with: custos edit " + person.code +
                        " --set pseudonym=...");
        }
        return fresh;
    }

    std::string own_word(const std::string& code) const {
        const auto own = own_.find(code);
        return own == own_.end() ? std::string() : own->second;
    }

    bool show_incident(const Incident& incident, const std::string& aspect, PlanRow& row) {
        if (aspect == "date") {
            show_date(incident, own_word(incident.code), material_.statement.language, row);
            if (!incident.date.empty()) refuse_more(incident, row);
        } else if (aspect == "place") {
            show_place(incident, own_word(incident.code), material_.statement.language, row);
            refuse_more(incident, row);
        } else if (aspect.empty() || aspect == "title") {
            row.appearance = "as_recorded";
            row.shown = incident.title;
            row.reason = "the title is checked like the text";
            if (incident.protection.value_or(Protection::internal) >= Protection::protected_) {
                problem("handle", incident.code, 0,
                        "the text shows the title of " + incident.code + ", which is of level " +
                            std::string(text_of(*incident.protection)),
                        "say in the statement's own words what may be known, or use {" +
                            incident.code + ":date} and {" + incident.code +
                            ":place}, which show less");
                row.appearance = "withheld";
                row.shown = "[…]";
            }
        } else {
            return false;
        }
        return true;
    }

    // The plan may show less of an incident than its record allows, and never more.
    void refuse_more(const Incident& incident, const PlanRow& row) {
        const std::string wanted = own_word(incident.code);
        const bool is_less = (wanted == "named" && row.appearance != "as_recorded") ||
                             (wanted == "generalised" && row.appearance == "withheld");
        if (!is_less) return;
        problem("plan", incident.code, 0,
                "the plan shows " + row.handle + " as " + wanted + ", but it can only be " +
                    row.appearance + ": " + row.reason,
                "change protection or publish_precision of " + incident.code +
                    ", or show less in the plan");
    }

    void show_exhibit(const Exhibit& exhibit, std::size_t line, PlanRow& row) {
        const auto [it, fresh] = plan_.exhibits.emplace(exhibit.code, plan_.exhibits.size());
        static_cast<void>(fresh);
        row.appearance = "pseudonym";
        row.shown = std::string(phrases_.exhibit) + " " + std::to_string(it->second + 1);
        row.reason = "exhibits appear by number";
        if (exhibit.file == Exhibit::File::none || own_word(exhibit.code) == "withheld") return;
        if (!open_handles_.contains(row.handle)) {
            row.reason += "; it stands in a withheld passage";
            return;
        }
        if (exhibit.file == Exhibit::File::original) {
            problem("exhibit", exhibit.code, line,
                    "the text shows " + exhibit.code +
                        ", which is an original: its file tells more than is seen",
                    "write the id of what custos exhibit clean " + exhibit.code +
                        " makes; or set the plan to withheld, and it is mentioned by number");
            return;
        }
        for (Problem& each : picture_problems(material_, persons_, judge_, exhibit, line))
            plan_.problems.push_back(std::move(each));
        plan_.pictures.push_back(exhibit.code);
        row.appearance = "as_recorded";
        row.reason = "cleaned picture, as " + exhibit_file_name(it->second + 1, exhibit.media_type);
    }

    // Words for what is not shown may say what should not be said.
    void check_exhibits() {
        for (const ExhibitWords& words : material_.statement.exhibits) {
            const std::string code = code_of(words.exhibit, 0, "the field exhibits names");
            const auto& shown = plan_.pictures;
            if (code.empty() || std::find(shown.begin(), shown.end(), code) != shown.end())
                continue;
            problem("exhibit", code, 0,
                    "the statement has words for " + code + ", which its text does not show",
                    "write {" + code + "} into the text, or take the words out of exhibits");
        }
        std::uint64_t sum = 0;
        for (const std::string& code : plan_.pictures) sum += material_.exhibits.at(code).size;
        if (plan_.pictures.size() <= kExhibitsMax && sum <= kExhibitsSizeMax) return;
        problem("exhibit", material_.statement.code, 0,
                "the statement shows " + std::to_string(plan_.pictures.size()) + " pictures of " +
                    std::to_string(sum >> 20U) + " MiB together; 20, and 64 MiB, are the most",
                "show fewer, or smaller ones");
    }

    void show_source(const std::string& code, PlanRow& row) {
        const auto& listed = material_.statement.sources;
        std::size_t number = 0;
        for (std::size_t i = 0; i < listed.size(); ++i) {
            const auto known = material_.known.find(listed[i]);
            if (known != material_.known.end() && known->second == code) number = i + 1;
        }
        row.appearance = "as_recorded";
        row.shown = "[" + std::to_string(number) + "]";
        row.reason = "number in the list of sources";
        if (number == 0) {
            problem("source", code, 0,
                    code + " is cited, but is not among the sources of the statement",
                    "add it to the field sources");
        }
    }

    void check_sources() {
        for (const std::string& written : material_.statement.sources)
            code_of(written, 0, "the sources name");
    }

    const Material& material_;
    Judge judge_;
    const Phrases& phrases_;
    std::set<std::string> open_handles_;  // by Handle::key()
    std::map<std::string, const Person*> persons_;
    std::map<std::string, std::string> own_;         // by code
    std::map<std::string, std::string> pseudonyms_;  // in small letters: whose
    Plan plan_;
};

}  // namespace

std::string_view text_of(Appearance appearance) {
    static constexpr std::array<std::string_view, 4> kTexts = {"withheld", "role", "pseudonym",
                                                               "named"};
    return kTexts.at(static_cast<std::size_t>(appearance));
}

Plan make_plan(const Material& material, const Plan* first) {
    return Planner(material, first).plan();
}

}  // namespace custos::vault::publish
