// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/statements.h"

#include <algorithm>
#include <set>
#include <utility>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/kdf.h"
#include "vault/publication_key.h"
#include "vault/publish/approve.h"
#include "vault/publish/earlier.h"
#include "vault/publish/fingerprint.h"
#include "vault/publish/gather.h"
#include "vault/publish/judge.h"
#include "vault/publish/own_text.h"
#include "vault/publish/pdf.h"
#include "vault/publish/preview.h"
#include "vault/publish/printed.h"
#include "vault/publish/rare.h"
#include "vault/publish/registrar.h"
#include "vault/publish/rotate.h"
#include "vault/publish/shown_exhibits.h"
#include "vault/publish/verify.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

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

// Who may not be named is looked for, whatever the level: P1 without a consent, and who refused.
std::vector<Person> guarded_persons(const Material& material) {
    std::set<std::string_view> asked;
    for (const Consent& consent : material.consents) asked.insert(consent.person);
    const Judge judge(material);
    std::vector<Person> persons = material.persons;
    for (Person& person : persons) {
        if (is_protected(person)) continue;
        const bool may_be_named = asked.contains(person.code)
                                      ? judge.judge(person).most == Appearance::named
                                      : person.protection == Protection::open;
        if (!may_be_named) person.protection = Protection::confidential;
    }
    return persons;
}

// Files as readers get at them, without what is nobody's: pixels, and what every package says.
Files to_be_scanned(const Check& check, const crypto::minisign::SecretKey& key) {
    const OwnText own(check.edition, key);
    Files files = without_pictures(readable(check.package));
    for (auto& [name, bytes] : files)
        bytes = to_bytes(bytes_of(own.taken_out_of(std::string(custos::text_of(bytes)))));
    return files;
}

// Those that the scan, which knows persons, has not found by itself.
void add_code_findings(const Vault& vault, const Edition& edition, std::vector<Finding>& found) {
    for (const Problem& problem : code_problems(vault, edition)) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const Finding& each) {
            return each.rule == problem.rule && each.record == problem.record;
        });
        if (!known) found.push_back(as_finding(problem));
    }
}

// What this program cannot verify, readers could not. The proof is made when it is logged.
void add_unverifiable(Check& check, const crypto::minisign::PublicKey& key) {
    const Verification verification = verify_package(MemoryReader(check.package), key);
    for (const Doubt& doubt : verification.doubts) {
        if (doubt.file.starts_with(kProofFile)) continue;
        check.findings.push_back(
            as_finding({"package",
                        {},
                        0,
                        "readers could not verify it: " + doubt.file + ": " + doubt.what,
                        "make the statement shorter, or two of it"}));
    }
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
    const Material material = gather(vault, id);
    Guarded guarded = gather_guarded(vault);
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

    std::vector<Person> persons = guarded_persons(material);
    persons.insert(persons.end(), guarded.persons.begin(), guarded.persons.end());
    std::vector<std::string> own = contacts_in(material.statement.contact);
    own.push_back(fingerprint_of(crypto::minisign::public_key_of(key)));
    LeakScan scan(persons, shown.plan.named, std::move(own), guarded.terms);
    const crypto::DerivedKey id_key =
        crypto::derive_key(vault.master_key(), crypto::Purpose::findings, vault.header().id);
    scan.key_ids(id_key.reveal());
    std::vector<Finding> found = picture_findings(check.package);
    for (Finding& finding : scan.scan(to_be_scanned(check, key)))
        found.push_back(std::move(finding));
    for (Finding& finding : rare_combinations(material, printed)) {
        finding.id = finding_id(id_key.reveal(), finding.rule, finding.record, finding.next);
        found.push_back(std::move(finding));
    }
    add_code_findings(vault, check.edition, found);
    for (const Edition& other : check.edition.translations) add_code_findings(vault, other, found);
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
    add_unverifiable(check, crypto::minisign::public_key_of(key));
    return check;
}

}  // namespace custos::vault::publish
