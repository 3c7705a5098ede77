// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/keys.h"

#include <nlohmann/json.hpp>

#include "crypto/error.h"

namespace custos::vault {

namespace age = crypto::age;

namespace {

// One secret for each kind: the two algorithms never share one.
age::Identity backup_identity(const crypto::MasterKey& master, const VaultId& vault,
                              age::KeyKind kind) {
    const auto base = crypto::derive_key(master, crypto::Purpose::backup_identity, vault);
    if (kind == age::KeyKind::post_quantum) return {kind, age::IdentitySeed(base.reveal())};
    age::IdentitySeed seed;
    crypto::hkdf_sha256(base.reveal(), {}, bytes_of("custos/v1/backup-identity/x25519"),
                        seed.reveal());
    return {kind, std::move(seed)};
}

}  // namespace

std::vector<age::Identity> backup_identities(const crypto::MasterKey& master,
                                             const VaultId& vault) {
    std::vector<age::Identity> identities;
    identities.push_back(backup_identity(master, vault, age::KeyKind::post_quantum));
    identities.push_back(backup_identity(master, vault, age::KeyKind::x25519));
    return identities;
}

std::vector<age::Recipient> backup_recipients(const Vault& vault) {
    std::optional<age::Recipient> recovery;
    if (const auto setting = vault.setting(Verb::recovery)) {
        recovery = age::Recipient::parse(setting->value("recipient", std::string()));
        if (!recovery) {
            throw Error{ErrorCode::integrity, "the recovery recipient in the log is none",
                        "run custos check"};
        }
    }
    const auto kind = recovery ? recovery->kind() : age::KeyKind::post_quantum;
    std::vector<age::Recipient> recipients = {
        backup_identity(vault.master_key(), vault.header().id, kind).recipient()};
    if (recovery) recipients.push_back(*recovery);
    return recipients;
}

}  // namespace custos::vault
