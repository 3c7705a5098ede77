// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/statements.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/kdf.h"
#include "vault/publication_key.h"
#include "vault/publish/approve.h"
#include "vault/publish/earlier.h"
#include "vault/publish/fingerprint.h"
#include "vault/publish/guarded.h"
#include "vault/publish/handles.h"
#include "vault/publish/markup.h"
#include "vault/publish/pdf.h"
#include "vault/publish/phrases.h"
#include "vault/publish/rare.h"
#include "vault/publish/read_exhibit.h"
#include "vault/publish/registrar.h"
#include "vault/publish/rotate.h"
#include "vault/publish/shown_exhibits.h"
#include "vault/publish/withheld.h"
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

    // Call after gather().
    Guarded guarded() {
        for (const Kind kind : {Kind::case_, Kind::incident, Kind::act, Kind::involvement,
                                Kind::testimony, Kind::source, Kind::intervention, Kind::exhibit}) {
            each_record(vault_, kind, [&](const Record& record) {
                if (record.fields.is_object())
                    guard_record(guarded_, vault_.schema().fields(kind), record.code,
                                 record.fields);
            });
        }
        return std::move(guarded_);
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
    Guarded guarded_;
    Material out_;
};

std::vector<Problem> missing_fields(const Statement& statement) {
    std::vector<Problem> problems;
    const auto need = [&](const std::string& value, const char* name) {
        if (!value.empty()) return;
        problems.push_back(
            {"incomplete", statement.code, 0, std::string("the statement has no ") + name,
             "set it with: custos edit " + statement.code + " --set " + name + "=..."});
    };
    need(statement.index, "index");
    need(statement.title, "title");
    need(statement.date, "date");
    need(statement.body, "body");
    return problems;
}

Finding as_finding(const Problem& problem) {
    Finding finding;
    finding.rule = problem.rule;
    finding.severity = Severity::exact;
    finding.file = "statement";
    finding.record = problem.record;
    finding.line = problem.line;
    finding.form = "text";
    finding.next = problem.message + "; " + problem.next;
    return finding;
}

bool is_accepted(const Finding& finding, const std::vector<Acceptance>& accepted) {
    return finding.severity == Severity::fuzzy &&
           std::any_of(accepted.begin(), accepted.end(), [&](const Acceptance& each) {
               return each.rule == finding.rule && each.record == finding.record;
           });
}

bool same(const Problem& a, const Problem& b) {
    return a.rule == b.rule && a.record == b.record && a.message == b.message;
}

// Withheld passages must show as such, whatever else the text holds.
std::vector<Problem> withheld_problems(const Material& material, const Edition& edition) {
    WithheldPassages withheld =
        take_out_withheld(material.statement.body, phrases_for(edition.language).marker_withheld);
    const auto& blocks = edition.markup.blocks;
    const auto markers = std::count_if(blocks.begin(), blocks.end(), [](const Block& block) {
        return block.kind == kWithheldBlock;
    });
    if (static_cast<std::size_t>(markers) != withheld.texts.size()) {
        withheld.problems.push_back(
            {"withheld", material.statement.code, 0,
             "a withheld passage stands within a list, a quotation or the like",
             "put it between two paragraphs"});
    }
    return std::move(withheld.problems);
}

// Plans and renders the statement in another language. Its new mentions join the rows.
void add_translation(const Material& material, const Translation& translation, Preview& out) {
    const Material other = translated(material, translation);
    Plan plan = make_plan(other, &out.plan);
    Edition edition = edition_of(other, plan);
    std::vector<Problem> problems = missing_fields(other.statement);
    for (Problem& problem : withheld_problems(other, edition))
        problems.push_back(std::move(problem));
    problems.insert(problems.end(), plan.problems.begin(), plan.problems.end());
    for (Problem& problem : markup_problems(edition.markdown))
        problems.push_back(std::move(problem));
    for (Problem& problem : problems) {
        const bool said = std::any_of(out.problems.begin(), out.problems.end(),
                                      [&](const Problem& each) { return same(each, problem); });
        if (said) continue;
        if (problem.line > 0) problem.message += " (in the text in " + translation.language + ")";
        out.problems.push_back(std::move(problem));
    }
    for (PlanRow& row : plan.rows) {
        const bool known =
            std::any_of(out.plan.rows.begin(), out.plan.rows.end(),
                        [&](const PlanRow& each) { return each.handle == row.handle; });
        if (!known) out.plan.rows.push_back(std::move(row));
    }
    for (const std::string& code : plan.named) {
        auto& named = out.plan.named;
        if (std::find(named.begin(), named.end(), code) == named.end()) named.push_back(code);
    }
    for (const std::string& code : plan.pictures) {
        auto& pictures = out.plan.pictures;
        if (std::find(pictures.begin(), pictures.end(), code) == pictures.end())
            pictures.push_back(code);
    }
    out.plan.letters = std::move(plan.letters);
    out.plan.exhibits = std::move(plan.exhibits);
    out.edition.translations.push_back(std::move(edition));
}

// Codes of persons who are seen in the pictures.
std::set<std::string> seen_persons(const Material& material, const Plan& plan) {
    std::set<std::string> seen;
    for (const std::string& code : plan.pictures) {
        const auto& persons = material.exhibits.at(code).persons;
        seen.insert(persons.begin(), persons.end());
    }
    return seen;
}

// How each person that the text mentions, or a picture shows, appears, for the log.
ShownPersons shown_persons_of(const Material& material, const Plan& plan,
                              const std::map<std::string, Facts>& printed) {
    std::map<std::string, const Person*> persons;
    for (const Person& person : material.persons) persons.emplace(person.code, &person);
    ShownPersons out;
    for (const PlanRow& row : plan.rows) {
        if (persons.count(row.record) == 0) continue;
        ShownPerson& person = out[row.record];
        // One mention may say more than another; by name is the most.
        if (person.appearance.empty() || row.appearance == "named") {
            person.appearance = row.appearance;
        }
        const auto facts = printed.find(row.record);
        if (facts != printed.end()) person.facts = facts->second;
    }
    // A face names.
    for (const std::string& code : seen_persons(material, plan)) out[code].appearance = "named";
    return out;
}

bool is_decided(const Finding& finding, const std::vector<Decision>& decisions) {
    return finding.severity == Severity::fuzzy && !finding.id.empty() &&
           std::any_of(decisions.begin(), decisions.end(),
                       [&](const Decision& each) { return each.finding == finding.id; });
}

// All that readers see, in every language.
std::string all_text(const Edition& edition) {
    std::string text = edition.title + "\n" + edition.markdown;
    for (const Edition& other : edition.translations) text += "\n" + all_text(other);
    return text;
}

// Salts that nobody can guess who does not have this vault, and the same for the same revision:
// what was checked, and approved, is what is published.
SdJwtIssuer::SaltSource salts_for(const Vault& vault, const Record& statement) {
    return [&vault, about = to_text(statement.id) + "/" + std::to_string(statement.revision) +
                            "/"](std::string_view what) {
        const auto key =
            crypto::derive_key(vault.master_key(), crypto::Purpose::disclosure, vault.header().id);
        const std::string text = about + std::string(what);
        const crypto::Digest digest = crypto::hmac_sha256(key.reveal(), bytes_of(text));
        return to_bytes(digest.view().first(crypto::kSdJwtSaltSize));
    };
}

bool shows_protected_person(const Material& material, const Plan& plan) {
    std::set<std::string> shown = seen_persons(material, plan);
    for (const PlanRow& row : plan.rows) {
        if (row.appearance != "withheld") shown.insert(row.record);
    }
    return std::any_of(material.persons.begin(), material.persons.end(), [&](const Person& each) {
        return each.protection >= Protection::protected_ && shown.contains(each.code);
    });
}

void add_pdf(const Vault& vault, Check& check, Edition& edition, WithPdf with_pdf) {
    PdfOutcome outcome =
        make_pdf(edition, publication_key(vault), vault.surroundings().pdf_program);
    edition.pdf = std::move(outcome.pdf);
    if (outcome.why_not.empty()) return;
    if (check.pdf_missing.empty())
        check.pdf_missing =
            "no PDF in " + edition.language + ": " + outcome.why_not + "; " + outcome.next;
    if (with_pdf == WithPdf::if_possible) return;
    check.findings.push_back(
        as_finding({"pdf",
                    {},
                    0,
                    "there is no PDF in " + edition.language + ": " + outcome.why_not,
                    outcome.next}));
}

// One for each language.
void add_pdfs(const Vault& vault, Check& check, WithPdf with_pdf) {
    if (with_pdf == WithPdf::never) return;
    add_pdf(vault, check, check.edition, with_pdf);
    for (Edition& other : check.edition.translations) add_pdf(vault, check, other, with_pdf);
}

}  // namespace

Material gather(const Vault& vault, const RecordId& id) { return Gatherer(vault, id).gather(); }

Preview preview(const Material& material) {
    Preview out;
    out.plan = make_plan(material);
    out.edition = edition_of(material, out.plan);
    out.problems = missing_fields(material.statement);
    for (Problem& problem : withheld_problems(material, out.edition))
        out.problems.push_back(std::move(problem));
    for (const Problem& problem : out.plan.problems) out.problems.push_back(problem);
    for (Problem& problem : markup_problems(out.edition.markdown))
        out.problems.push_back(std::move(problem));
    std::vector<std::string> languages = {out.edition.language};
    for (const Translation& translation : material.statement.translations) {
        if (std::find(languages.begin(), languages.end(), translation.language) !=
            languages.end()) {
            out.problems.push_back({"incomplete", material.statement.code, 0,
                                    "the statement has two texts in " + translation.language,
                                    "take one of them out of translations"});
            continue;
        }
        languages.push_back(translation.language);
        add_translation(material, translation, out);
    }
    return out;
}

Acceptance read_acceptance(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    Acceptance acceptance{std::string(text.substr(0, colon)),
                          std::string(text.substr(std::min(colon + 1, text.size())))};
    const bool plausible =
        !acceptance.rule.empty() && (colon == text.size() || !acceptance.record.empty()) &&
        acceptance.rule.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!plausible) {
        throw Error{ErrorCode::usage, "cannot accept this: it names no rule",
                    "write RULE:RECORD as custos statement check shows them, such as "
                    "near_name:P-7K3QD, or RULE alone "
                    "where no record is known"};
    }
    return acceptance;
}

Check check_statement(const Vault& vault, const RecordId& id,
                      const std::vector<Acceptance>& accepted, WithPdf with_pdf) {
    Gatherer gatherer(vault, id);
    const Material material = gatherer.gather();
    Guarded guarded = gatherer.guarded();
    Preview shown = preview(material);
    release(guarded, material.persons, shown.plan.named);
    guard_incidents(guarded, material, shown.plan);
    const auto printed = printed_facts(material, shown.plan, all_text(shown.edition));

    Check check;
    check.persons = shown_persons_of(material, shown.plan, printed);
    check.edition = std::move(shown.edition);
    add_pdfs(vault, check, with_pdf);
    const auto key = publication_secret_key(vault);
    check.claims = make_claims(material, shown.plan, check.edition, key,
                               salts_for(vault, get_record(vault, id)));
    check.needs_approval = shows_protected_person(material, shown.plan);
    check.embargo = material.statement.embargo;
    for (const auto& [written, code] : material.known) check.mentioned.insert(code);
    check.parts.claims = check.claims.published();
    check.parts.log_key =
        crypto::write_vkey({vault.log().origin(), crypto::verify_key_of(vault.author_seed())});
    check.parts.replaces = replaced_index(vault, material.statement, check.edition.index);
    const KeyHistory keys = key_history(vault);
    if (!keys.empty()) check.parts.keys = write_key_history(keys);
    check.package = make_package(check.edition, key, check.parts);
    for (const Problem& problem : shown.problems) check.findings.push_back(as_finding(problem));

    std::vector<Person> persons = material.persons;
    persons.insert(persons.end(), guarded.persons.begin(), guarded.persons.end());
    std::vector<std::string> own = contacts_in(material.statement.contact);
    own.push_back(fingerprint_of(crypto::minisign::public_key_of(key)));
    LeakScan scan(persons, shown.plan.named, std::move(own), guarded.terms);
    const crypto::DerivedKey id_key =
        crypto::derive_key(vault.master_key(), crypto::Purpose::findings, vault.header().id);
    scan.key_ids(id_key.reveal());
    std::vector<Finding> found = picture_findings(check.package);
    for (Finding& finding : scan.scan(without_pictures(readable(check.package))))
        found.push_back(std::move(finding));
    for (Finding& finding : rare_combinations(material, printed)) {
        finding.id = finding_id(id_key.reveal(), finding.rule, finding.record, finding.next);
        found.push_back(std::move(finding));
    }
    const std::vector<Decision> decisions = decisions_on(vault, id);
    for (Finding& finding : found) {
        const bool decided = is_decided(finding, decisions);
        const bool passed = decided || is_accepted(finding, accepted);
        check.needs_reason = check.needs_reason || (passed && !decided);
        (passed ? check.accepted : check.findings).push_back(std::move(finding));
    }
    // The approval and the manifest that names it: digests and keys, no text.
    if (add_approval(vault, id, check))
        check.package = make_package(check.edition, key, check.parts);
    return check;
}

}  // namespace custos::vault::publish
