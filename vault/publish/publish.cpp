// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/publish.h"

#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publication_key.h"
#include "vault/publish/approve.h"
#include "vault/publish/proof.h"
#include "vault/publish/registrar.h"
#include "vault/records/date.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

json log_body(const Check& check, const crypto::Digest& digest, std::string_view reason) {
    json body = {{"package", crypto::hex(digest.view())},
                 {"index", check.edition.index},
                 {"title", check.edition.title},
                 {"date", check.edition.date},
                 {"rules", kScanRules},
                 {"files", json::array()},
                 {"accepted", json::array()}};
    body["persons"] = write_shown_persons(check.persons);
    body["report"] = crypto::hex(scan_report_digest(check).view());
    for (const auto& [name, bytes] : check.package) body["files"].push_back(name);
    const auto add_exhibits = [&](const Edition& edition) {
        for (const ShownExhibit& exhibit : edition.exhibits) {
            const json shown = {{"file", exhibit.file},
                                {"record", exhibit.code},
                                {"sha256", crypto::hex(exhibit.sha256.view())}};
            json& all = body["exhibits"];
            if (std::find(all.begin(), all.end(), shown) == all.end()) all.push_back(shown);
        }
    };
    add_exhibits(check.edition);
    for (const Edition& other : check.edition.translations) add_exhibits(other);
    for (const Finding& finding : check.accepted) {
        body["accepted"].push_back({{"id", finding.id},
                                    {"rule", finding.rule},
                                    {"record", finding.record},
                                    {"file", finding.file},
                                    {"offset", finding.offset}});
    }
    if (!check.accepted.empty()) body["reason"] = reason;
    body["claims"] = {{"jwt", check.claims.jwt}, {"paragraphs", json::array()}};
    for (const Claims::Paragraph& paragraph : check.claims.paragraphs) {
        json one = {{"number", paragraph.number},
                    {"withheld", paragraph.withheld},
                    {"disclosure", paragraph.disclosure}};
        if (!paragraph.language.empty()) one["language"] = paragraph.language;
        body["claims"]["paragraphs"].push_back(std::move(one));
    }
    return body;
}

Bytes as_body(const json& body) { return to_bytes(bytes_of(body.dump())); }

// One entry a record, about that record: purging it destroys its facts, and purging the statement
// does not take away how persons appeared in it.
void log_records(Change& change, const Check& check, const RecordId& statement) {
    std::map<std::string, json> bodies;
    const auto body_about = [&](const std::string& code) -> json& {
        return bodies
            .emplace(code, json{{"statement", to_text(statement)},
                                {"index", check.edition.index},
                                {"facts", json::array()}})
            .first->second;
    };
    for (const Claims::Fact& fact : check.claims.facts) {
        body_about(fact.record)["facts"].push_back(
            {{"key", fact.key}, {"number", fact.number}, {"disclosure", fact.disclosure}});
    }
    for (const auto& [code, shown] : check.persons)
        body_about(code)["persons"] = write_shown_persons({{code, shown}});
    for (const auto& [code, body] : bodies) {
        const RecordId about = resolve(change.vault(), code);
        change.append({Verb::publish, to_text(about), {}, as_body(body)});
    }
}

RegisterLine register_line(const Check& check, const crypto::Digest& digest) {
    RegisterLine line;
    line.index = check.edition.index;
    line.date = check.edition.date;
    line.package = crypto::hex(digest.view());
    line.title = check.edition.title;
    line.language = check.edition.language;
    line.replaces = check.parts.replaces;
    return line;
}

// Of an entry that the newest checkpoint covers.
std::string proof_of(const Vault& vault, std::uint64_t index) {
    const StoredEntry stored = vault.log().at(index);
    const std::vector<crypto::Digest> leaves = vault.log().leaves(vault.log().head().size);
    return write_publication_proof({stored.entry, stored.salt.value(), stored.body.value(), index,
                                    crypto::inclusion_proof(leaves, index),
                                    vault.log().newest_checkpoint().value()});
}

void require_second_person(const Vault& vault, const RecordId& id, const Check& check) {
    if (!check.needs_approval || check.is_approved || vault.holders().size() == 1) return;
    const std::string code = code_of(vault, id);
    const bool was_approved = !check.approval_void.empty();
    throw Error{ErrorCode::refused,
                "cannot publish " + code + ": it shows a person of level P3, and " +
                    (was_approved ? "its approval is void: " + check.approval_void
                                  : "no second person has approved it"),
                (was_approved ? check.approval_next + ": " : "somebody who wrote none of it: ") +
                    "custos statement approve " + code};
}

void require_no_embargo(const Vault& vault, const RecordId& id, const Check& check) {
    if (check.embargo.empty()) return;
    const std::string now = utc_text(vault.surroundings().clock()).substr(0, 10);
    const auto today = bounds_of(now);
    const auto embargo = bounds_of(check.embargo);
    if (today && embargo && today->min >= embargo->min) return;
    throw Error{ErrorCode::refused,
                "cannot publish " + code_of(vault, id) + ": its embargo has not ended",
                "wait until " + check.embargo + ", or change the field embargo"};
}

}  // namespace

Published publish_statement(Vault& vault, const RecordId& id, const Path& directory,
                            const std::vector<Acceptance>& accepted, std::string_view reason,
                            WithPdf with_pdf) {
    const Check check = check_statement(vault, id, accepted, with_pdf);
    require_clean(vault, id, check, reason, "publish");
    require_no_embargo(vault, id, check);
    require_second_person(vault, id, check);
    StagedPackage staged(check.package, directory);
    Published published{check.edition.index, package_digest(check.package), {},
                        check.is_approved,   check.approval_void,           check.pdf_missing};

    Change change(vault);
    change.append(
        {Verb::publish, to_text(id), {}, as_body(log_body(check, published.digest, reason))});
    log_records(change, check, id);
    RegisterLine of_register = register_line(check, published.digest);
    const Entry line = append_register_line(change, of_register);
    change.commit();
    const Files proof =
        make_proof_files(check.package, proof_of(vault, line.index), publication_secret_key(vault));
    for (const auto& [name, bytes] : proof) staged.add(name, bytes);
    staged.put_in_place();
    for (const Files& files : {check.package, proof}) {
        for (const auto& [name, bytes] : files) published.files.push_back(name);
    }
    return published;
}

}  // namespace custos::vault::publish
