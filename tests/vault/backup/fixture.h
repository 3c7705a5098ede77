// SPDX-License-Identifier: GPL-3.0-or-later
// A small vault with records of several kinds, an attachment, and a target to back it up to.
#pragma once

#include <nlohmann/json.hpp>

#include "../objects/scratch.h"
#include "../open_vault.h"
#include "vault/backup/follow.h"
#include "vault/backup/keys.h"
#include "vault/backup/restore.h"
#include "vault/backup/verify.h"
#include "vault/check.h"
#include "vault/objects/age_file.h"
#include "vault/objects/attach.h"
#include "vault/objects/catalog.h"
#include "vault/records/store.h"

namespace custos::vault {

struct BackupFixture : VaultFixture {
    Path target = scratch.path / "stick";
    crypto::age::Identity recovery =
        crypto::age::Identity::random(crypto::age::KeyKind::post_quantum);

    Vault create_with_recovery() {
        return Vault::create(directory, passphrase, {"Dara", recovery.recipient().text()},
                             surroundings);
    }

    Path file(const char* name, ByteView content) {
        const Path path = scratch.path / name;
        test::put(path, content);
        return path;
    }

    RecordId add_incident(Vault& vault, const std::string& title) {
        Change change(vault);
        const RecordId id = create_record(change, Kind::incident, {{"title", title}});
        change.commit();
        return id;
    }

    Attached attach(Vault& vault, const RecordId& about, const Path& path) {
        AttachRequest request;
        request.about = about;
        return attach_files(vault, request, {path}, [](std::uint64_t) {}).at(0);
    }

    // Three segments: an incident with an attachment, another incident, a third.
    Vault create_backed_up() {
        Vault vault = create_with_recovery();
        const RecordId incident = add_incident(vault, "Attempted abduction");
        attach(vault, incident, file("photo.jpg", test::pattern(5000)));
        create_backup(vault, target, {});
        add_incident(vault, "Passports cancelled");
        create_backup(vault, target, {});
        add_incident(vault, "Forced return");
        create_backup(vault, target, {});
        return vault;
    }

    Target in_target() const { return Target::find(target); }

    Vault restore(const Path& to, Restored* restored = nullptr) {
        const auto unlocked = unlock_target(in_target(), passphrase, surroundings.argon2);
        const Restored done =
            restore_by_passphrase(in_target(), unlocked, to, surroundings, {}, {});
        if (restored != nullptr) *restored = done;
        return Vault::open(to, passphrase, Access::write, surroundings);
    }

    std::vector<Finding> verify(const Vault& vault) {
        const auto identities = backup_identities(vault.master_key(), vault.header().id);
        return verify_target(in_target(), identities, &vault, {}).findings;
    }
};

inline Bytes content_of(Vault& vault, const RecordId& exhibit) {
    Bytes all;
    extract_to(vault, exhibit, [&](ByteView piece) { append(all, piece); });
    return all;
}

// Every record of the vault as its users see it, in one text.
inline std::string everything(const Vault& vault) {
    nlohmann::json all = nlohmann::json::array();
    each_record(vault, std::nullopt,
                [&](const Record& record) { all.push_back(record_json(vault, record)); });
    return all.dump(1);
}

inline std::size_t errors_in(const std::vector<Finding>& findings) {
    std::size_t errors = 0;
    for (const Finding& finding : findings)
        if (finding.severity == Severity::error) ++errors;
    return errors;
}

inline bool mentions(const std::vector<Finding>& findings, std::string_view text) {
    for (const Finding& finding : findings) {
        if ((finding.where + ": " + finding.what).find(text) != std::string::npos) return true;
    }
    return false;
}

inline std::string listed(const std::vector<Finding>& findings) {
    std::string all;
    for (const Finding& finding : findings) {
        all += std::string(name_of(finding.severity)) + " " + finding.where + ": " + finding.what +
               "\n";
    }
    return all;
}

}  // namespace custos::vault
