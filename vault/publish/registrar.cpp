// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/registrar.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publication_key.h"
#include "vault/publish/package.h"
#include "vault/publish/render.h"
#include "vault/publish/rotate.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string date_of_today(const Vault& vault) {
    return utc_text(vault.surroundings().clock()).substr(0, 10);
}

std::optional<std::uint64_t> newest_act(const Vault& vault) {
    return std::max(vault.setting_index(Verb::publish), vault.setting_index(Verb::retract));
}

// Digests of the packages that this statement left in, the newest last.
std::vector<std::string> packages_of(const Vault& vault, const RecordId& id) {
    std::vector<std::string> packages;
    for (const HistoryItem& item : history_of(vault, id)) {
        if (item.verb == Verb::publish && item.body.is_object() && item.body.contains("package"))
            packages.push_back(item.body.at("package"));
    }
    return packages;
}

// Neither the reason of a retraction nor anything else may say what a publication may not.
void require_no_known_term(const Vault& vault, const Files& files, const std::string& what) {
    std::vector<Person> persons;
    each_record(vault, Kind::person, [&](const Record& person) {
        if (person.fields.is_object()) persons.push_back(read_person(person.code, person.fields));
    });
    // What was published is in the register with its title: who was named there stays named.
    LeakScan scan(persons, {});
    for (const Finding& finding : scan.scan(files)) {
        if (finding.severity != Severity::exact) continue;
        throw Error{ErrorCode::refused,
                    "cannot " + what + ": it would expose " +
                        (finding.record.empty() ? std::string("somebody") : finding.record),
                    "write it without names, numbers and places of protected persons"};
    }
}

Files signed_files(Files files, const Vault& vault, const std::string& as_of) {
    const auto key = publication_secret_key(vault);
    Manifest manifest;  // for the comments
    manifest.index = "register";
    manifest.date = as_of;
    Files out = files;
    for (const auto& [name, bytes] : files) {
        const std::string signature =
            crypto::minisign::sign(key, crypto::Blake2b512().update(bytes).finish(),
                                   trusted_comment(manifest, name), kUntrustedComment);
        out[name + kSignatureSuffix] = to_bytes(bytes_of(signature));
    }
    return out;
}

}  // namespace

std::vector<RegisterLine> register_lines(const Vault& vault) {
    std::vector<RegisterLine> lines;
    std::optional<std::uint64_t> at = newest_act(vault);
    while (at) {
        const StoredEntry stored = vault.log().at(*at);
        const json body =
            stored.body ? json::parse(stored.body->begin(), stored.body->end()) : json();
        auto line = read_register_line(body);
        if (!line) {
            throw Error{ErrorCode::integrity,
                        "log entry " + std::to_string(*at) + " is no line of the register",
                        "run custos check"};
        }
        lines.push_back(std::move(*line));
        const std::uint64_t before = body.value("previous", *at);
        at = before < *at ? std::optional(before) : std::nullopt;
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

Entry append_register_line(Change& change, RegisterLine& line) {
    const Vault& vault = change.vault();
    const auto before = newest_act(vault);
    line.number = 1;
    if (before) {
        const StoredEntry stored = vault.log().at(*before);
        const json body =
            stored.body ? json::parse(stored.body->begin(), stored.body->end()) : json();
        const auto last = read_register_line(body);
        if (last) line.number = last->number + 1;
    }
    if (line.number > kRegisterLinesMax)
        throw Error{ErrorCode::refused, "cannot publish: the register is full"};
    json body = as_json(line);
    // What is in the log stays in it, and whoever reads the register reads every line.
    if (!read_register_line(body)) {
        throw Error{ErrorCode::refused,
                    "cannot write a line of the register: a text in it is too long",
                    "shorten index and title"};
    }
    if (before) body["previous"] = *before;
    return change.append({line.is_retraction ? Verb::retract : Verb::publish,
                          std::string(kVaultSubject),
                          {},
                          to_bytes(bytes_of(body.dump()))});
}

std::string replaced_index(const Vault& vault, const Statement& statement,
                           const std::string& index) {
    const std::vector<RegisterLine> lines = register_lines(vault);
    std::vector<std::string> corrected;
    if (!statement.corrects.empty()) {
        const auto id = parse_id(statement.corrects);
        if (id) corrected = packages_of(vault, *id);
    }
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        const bool is_corrected =
            std::find(corrected.begin(), corrected.end(), line->package) != corrected.end();
        if (!line->is_retraction && (is_corrected || line->index == index)) return line->index;
    }
    return {};
}

RegisterLine retract_statement(Vault& vault, const RecordId& id, const std::string& index,
                               const std::string& reason) {
    if (reason.empty() || reason.find('\n') != std::string::npos) {
        throw Error{ErrorCode::usage, "cannot retract without a reason of one line",
                    "say why with --reason TEXT; readers will see it"};
    }
    if (reason.size() > kPackageTextMax) {
        throw Error{ErrorCode::usage,
                    "cannot retract with a reason of more than " + std::to_string(kPackageTextMax) +
                        " bytes",
                    "shorten it, and say the rest in a statement that corrects this one"};
    }
    const std::vector<std::string> packages = packages_of(vault, id);
    RegisterLine retraction;
    for (const RegisterLine& line : register_lines(vault)) {
        if (std::find(packages.begin(), packages.end(), line.package) == packages.end()) continue;
        if (!index.empty() && line.index != index) continue;
        if (line.is_retraction && line.package == retraction.package) retraction = {};
        if (!line.is_retraction) retraction = line;
    }
    if (retraction.package.empty()) {
        throw Error{ErrorCode::not_found,
                    "cannot retract " + code_of(vault, id) + ": no publication of it is in force" +
                        (index.empty() ? "" : " under this index"),
                    "see what was published with: custos statement register"};
    }
    retraction.is_retraction = true;
    retraction.date = date_of_today(vault);
    retraction.reason = reason;
    retraction.title.clear();
    retraction.language.clear();
    retraction.replaces.clear();
    require_no_known_term(vault, {{"reason", to_bytes(bytes_of(reason))}}, "retract");

    Change change(vault);
    append_register_line(change, retraction);
    const json body = as_json(retraction);
    change.append({Verb::retract, to_text(id), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
    return retraction;
}

Files make_register(const Vault& vault) {
    const auto key = publication_key(vault);
    Register it;
    it.as_of = utc_text(vault.surroundings().clock());
    it.public_key = crypto::minisign::public_key_line(key);
    it.lines = register_lines(vault);
    it.keys = key_history(vault);
    Files files;
    files[kRegisterFile] = to_bytes(bytes_of(write_register(it)));
    files["index.html"] = to_bytes(bytes_of(render_register(it)));
    files[kKeyFile] = to_bytes(bytes_of(render_key(key)));
    return signed_files(std::move(files), vault, it.as_of.substr(0, 10));
}

void write_register_to(Vault& vault, const Path& directory) {
    const Files files = make_register(vault);
    const crypto::Digest digest = crypto::sha256(files.at(kRegisterFile));
    const json body = {{"register", crypto::hex(digest.view())}};
    Change change(vault);
    change.append({Verb::export_, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
    make_directory(directory);
    for (const auto& [name, bytes] : files) write_file_atomically(directory / name, bytes);
}

}  // namespace custos::vault::publish
