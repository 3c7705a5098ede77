// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/rare.h"

#include <algorithm>
#include <set>
#include <utility>

#include "vault/publish/fold.h"

namespace custos::vault::publish {
namespace {

std::set<std::string> values_of(const std::string& text) {
    std::set<std::string> values;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('|', at), text.size());
        if (end > at) values.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return values;
}

// Whether somebody with `facts` could be meant by `printed`: has one of the values of each.
bool fits(const Facts& facts, const Facts& printed) {
    return std::all_of(printed.begin(), printed.end(), [&](const auto& fact) {
        const auto own = facts.find(fact.first);
        if (own == facts.end()) return false;
        const std::set<std::string> values = values_of(own->second);
        const std::set<std::string> wanted = values_of(fact.second);
        return std::any_of(wanted.begin(), wanted.end(),
                           [&](const std::string& each) { return values.count(each) != 0; });
    });
}

// Text as words with one space around each, for looking up words.
std::string folded_words(std::string_view text) {
    Folder folder;
    Folded folded;
    folder.fold(text, Reading::letters, folded);
    std::string out = " ";
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (i > 0 && folded.edge(i) == Edge::hard) out += ' ';
        out += folded.letters[i];
    }
    return out + " ";
}

std::string list_of(const Facts& facts) {
    std::string out;
    for (const auto& [name, value] : facts) out += (out.empty() ? "" : ", ") + name;
    return out;
}

Finding finding_about(std::string rule, const std::string& code, std::string next) {
    Finding finding;
    finding.rule = std::move(rule);
    finding.severity = Severity::fuzzy;
    finding.file = "statement";
    finding.record = code;
    finding.form = "facts";
    finding.next = std::move(next);
    return finding;
}

}  // namespace

std::map<std::string, Facts> printed_facts(const Material& material, const Plan& plan,
                                           const std::string& text) {
    std::map<std::string, Facts> printed;
    std::set<std::string> dated;
    std::set<std::string> placed;
    for (const PlanRow& row : plan.rows) {
        if (row.appearance == "withheld") continue;
        if (row.handle.find(":date") != std::string::npos) dated.insert(row.record);
        if (row.handle.find(":place") != std::string::npos) placed.insert(row.record);
    }
    const std::string words = folded_words(text);
    for (const PlanRow& row : plan.rows) {
        const auto person = material.population.find(row.record);
        if (person == material.population.end() || row.appearance == "named") continue;
        Facts& facts = printed[row.record];
        for (const Part& part : material.parts) {
            const std::string& incident = part.incident;
            if (part.person != row.record) continue;
            for (const auto& [name, value] : part.facts) {
                const bool shown = name == "month" ? dated.count(incident) != 0
                                   : name == "country" || name == "admin1"
                                       ? placed.count(incident) != 0
                                       : words.find(folded_words(value)) != std::string::npos;
                if (shown) facts[name] = value;
            }
        }
        for (const auto& [name, value] : person->second) {
            if (facts.count(name) != 0 || name == "month" || name == "country" || name == "admin1")
                continue;
            const std::set<std::string> values = values_of(value);
            const bool stands = std::any_of(values.begin(), values.end(), [&](const auto& each) {
                return words.find(folded_words(each)) != std::string::npos;
            });
            if (stands) facts[name] = value;
        }
    }
    return printed;
}

std::vector<Finding> rare_combinations(const Material& material,
                                       const std::map<std::string, Facts>& printed) {
    std::vector<Finding> findings;
    for (const auto& [code, now] : printed) {
        Facts all = now;
        std::string named_in;
        std::size_t earlier = 0;
        for (const EarlierPublication& before : material.earlier) {
            const auto person = before.persons.find(code);
            if (person == before.persons.end() || before.statement == material.statement.code)
                continue;
            if (person->second.appearance == "named") named_in = before.index;
            if (!person->second.facts.empty()) ++earlier;
            all.insert(person->second.facts.begin(), person->second.facts.end());
        }
        if (!named_in.empty()) {
            findings.push_back(finding_about(
                "said_before", code,
                named_in + " named this person, and readers can put the two together; leave the "
                           "person out, or accept it with a reason"));
        }
        if (material.population.size() < kPopulationMin || all.size() < kFactsMin) continue;
        const auto like =
            std::count_if(material.population.begin(), material.population.end(),
                          [&](const auto& person) { return fits(person.second, all); });
        if (static_cast<std::size_t>(like) >= kRareBelow) continue;
        findings.push_back(finding_about(
            "rare_combination", code,
            "only " + std::to_string(like) + " of " + std::to_string(material.population.size()) +
                " persons in the vault share " + list_of(all) +
                (earlier > 0 ? ", earlier publications included" : "") +
                "; show less (the month, the province, no role), or accept it with a reason"));
    }
    return findings;
}

}  // namespace custos::vault::publish
