// SPDX-License-Identifier: GPL-3.0-or-later
// The check of a statement of an open vault, and decisions about what it found.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "vault/os/file.h"
#include "vault/publish/claims.h"
#include "vault/publish/earlier.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/package.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault::publish {

// A fuzzy finding that somebody looked at: it is about nobody who must not be found.
struct Acceptance {
    std::string rule;
    std::string record;  // code, or empty where no record is known
};
// "near_name:P-7K3QD" or "phone_number". Error{usage} for anything else.
[[nodiscard]] Acceptance read_acceptance(std::string_view text);

// What was decided about one finding, as the log keeps it.
struct Decision {
    std::string finding;  // Finding::id
    std::string rule;
    std::string record;
    std::string reason;
    bool accept = true;  // false: an earlier one is taken back
};
// Logs that a fuzzy finding is about nobody who must not be found, or takes that back. Error:
// refused for an exact finding, not_found if the statement has no such finding, usage without a
// reason.
void decide(Vault& vault, const RecordId& statement, const std::vector<std::string>& findings,
            bool accept, std::string_view reason);
// The newest decision on each finding of a statement, those taken back left out.
[[nodiscard]] std::vector<Decision> decisions_on(const Vault& vault, const RecordId& statement);

// Whether a package holds statement.pdf.
enum class WithPdf {
    if_possible,  // and Check::pdf_missing says why not
    always,       // a finding, where none can be drawn
    never,
};

struct Check {
    Edition edition;
    Claims claims;  // holds what is withheld: not to be printed
    PackageParts parts;
    ShownPersons persons;           // how each person that it mentions appears
    std::string pdf_missing;        // empty: there is a PDF, or none is wanted
    Files package;                  // signed; not to leave while there are findings
    std::vector<Finding> findings;  // problems first, then what the leak scan found
    std::vector<Finding> accepted;  // fuzzy ones that were accepted
    bool needs_reason = false;      // some were accepted here and now, not decided before
    // Whether it names or shows a person of level P3, for whom two persons have to answer.
    bool needs_approval = false;
    bool is_approved = false;         // these very bytes; then the package says so
    std::string approval_void;        // something else was, once: what differs, and since when
    std::string approval_next;        // and what to do about it
    std::set<std::string> mentioned;  // codes of the records that it mentions
    std::string embargo;              // the day before which it may not leave; may be empty
};

// What was looked at and what was found, as canonical JSON (sorted keys, no spaces): the digest of
// every file, the version of the rules, findings and accepted findings without any of their words.
// Who approves a publication approves this.
[[nodiscard]] std::string scan_report(const Check& check);
[[nodiscard]] crypto::Digest scan_report_digest(const Check& check);

// Renders, signs in memory and scans the final bytes of every file. `messages` of problems stand in
// Finding::next. Exact findings are not accepted, whatever `accepted` says.
[[nodiscard]] Check check_statement(const Vault& vault, const RecordId& id,
                                    const std::vector<Acceptance>& accepted = {},
                                    WithPdf with_pdf = WithPdf::if_possible);

}  // namespace custos::vault::publish
