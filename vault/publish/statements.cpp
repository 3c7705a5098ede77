// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/statements.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publication_key.h"
#include "vault/publish/approve.h"
#include "vault/publish/handles.h"
#include "vault/publish/markup.h"
#include "vault/publish/pdf.h"
#include "vault/publish/phrases.h"
#include "vault/publish/registrar.h"
#include "vault/publish/rotate.h"
#include "vault/publish/withheld.h"
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
        each_record(vault_, Kind::person, [&](const Record& person) {
            codes_.emplace(to_text(person.id), person.code);
            if (person.fields.is_object())
                out_.persons.push_back(read_person(person.code, person.fields));
        });
        each_record(vault_, Kind::consent, [&](const Record& consent) {
            if (consent.state == State::live) add_consent(consent.fields);
        });
        for (const Handle& handle : handles_in(out_.statement.title)) add_mentioned(handle.id);
        for (const Handle& handle : handles_in(out_.statement.body)) add_mentioned(handle.id);
        for (const std::string& source : out_.statement.sources) add_mentioned(source);
        for (const auto& [written, word] : out_.statement.plan) add_mentioned(written);
        return std::move(out_);
    }

private:
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

    // What cannot be resolved to one living record stays unknown; the plan says so by its line.
    void add_mentioned(const std::string& written) {
        if (out_.known.count(written) != 0) return;
        try {
            const RecordId id = resolve(vault_, written);
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
            out_.exhibits.emplace(record.code, Exhibit{record.code});
        } else if (record.id.kind == Kind::source) {
            out_.sources.emplace(record.code, read_source(record.code, record.fields));
        }
    }

    const Vault& vault_;
    std::map<std::string, std::string> codes_;  // of persons, by full id
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

// Withheld passages must show as such, whatever else the text holds.
void add_withheld_problems(const Material& material, Preview& shown) {
    const WithheldPassages withheld = take_out_withheld(
        material.statement.body, phrases_for(shown.edition.language).marker_withheld);
    shown.problems.insert(shown.problems.end(), withheld.problems.begin(), withheld.problems.end());
    const auto& blocks = shown.edition.markup.blocks;
    const auto markers = std::count_if(blocks.begin(), blocks.end(), [](const Block& block) {
        return block.kind == kWithheldBlock;
    });
    if (static_cast<std::size_t>(markers) == withheld.texts.size()) return;
    shown.problems.push_back({"withheld", material.statement.code, 0,
                              "a withheld passage stands within a list, a quotation or the like",
                              "put it between two paragraphs"});
}

bool shows_protected_person(const Material& material, const Plan& plan) {
    return std::any_of(plan.rows.begin(), plan.rows.end(), [&](const PlanRow& row) {
        const auto person =
            std::find_if(material.persons.begin(), material.persons.end(),
                         [&](const Person& each) { return each.code == row.record; });
        return person != material.persons.end() && row.appearance != "withheld" &&
               person->protection >= Protection::protected_;
    });
}

void add_pdf(const Vault& vault, Check& check, WithPdf with_pdf) {
    if (with_pdf == WithPdf::never) return;
    PdfOutcome outcome =
        make_pdf(check.edition, publication_key(vault), vault.surroundings().pdf_program);
    check.edition.pdf = std::move(outcome.pdf);
    if (outcome.why_not.empty()) return;
    check.pdf_missing = outcome.why_not + "; " + outcome.next;
    if (with_pdf == WithPdf::if_possible) return;
    check.findings.push_back(
        as_finding({"pdf", {}, 0, "there is no PDF: " + outcome.why_not, outcome.next}));
}

}  // namespace

Material gather(const Vault& vault, const RecordId& id) { return Gatherer(vault, id).gather(); }

Preview preview(const Material& material) {
    Preview out;
    out.plan = make_plan(material);
    out.edition = edition_of(material, out.plan);
    out.problems = missing_fields(material.statement);
    add_withheld_problems(material, out);
    for (const Problem& problem : out.plan.problems) out.problems.push_back(problem);
    for (Problem& problem : markup_problems(out.edition.markdown))
        out.problems.push_back(std::move(problem));
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
    const Material material = gather(vault, id);
    Preview shown = preview(material);
    Check check;
    check.edition = std::move(shown.edition);
    add_pdf(vault, check, with_pdf);
    const auto key = publication_secret_key(vault);
    check.claims = make_claims(material, shown.plan, check.edition, key,
                               salts_for(vault, get_record(vault, id)));
    check.needs_approval = shows_protected_person(material, shown.plan);
    check.embargo = material.statement.embargo;
    check.parts.claims = check.claims.published();
    check.parts.log_key =
        crypto::write_vkey({vault.log().origin(), crypto::verify_key_of(vault.author_seed())});
    check.parts.replaces = replaced_index(vault, material.statement, check.edition.index);
    const KeyHistory keys = key_history(vault);
    if (!keys.empty()) check.parts.keys = write_key_history(keys);
    check.package = make_package(check.edition, key, check.parts);
    for (const Problem& problem : shown.problems) check.findings.push_back(as_finding(problem));

    LeakScan scan(material.persons, shown.plan.named, {material.statement.contact});
    for (Finding& finding : scan.scan(readable(check.package))) {
        auto& list = is_accepted(finding, accepted) ? check.accepted : check.findings;
        list.push_back(std::move(finding));
    }
    // The approval and the manifest that names it: digests and keys, no text.
    if (add_approval(vault, id, check))
        check.package = make_package(check.edition, key, check.parts);
    return check;
}

}  // namespace custos::vault::publish
