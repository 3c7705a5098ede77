// SPDX-License-Identifier: GPL-3.0-or-later
// Making and opening a vault.
#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <utility>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/anchor.h"
#include "vault/db/migrations.h"
#include "vault/replay.h"
#include "vault/search/index.h"
#include "vault/tables.h"
#include "vault/vault_parts.h"

namespace custos::vault {

using nlohmann::json;

namespace {

Database open_database(const Path& directory, const Header& header, const crypto::MasterKey& master,
                       Database::Mode mode) {
    const auto key = crypto::derive_key(master, crypto::Purpose::database, header.id);
    Database database = Database::open(directory / kDatabaseFile, key, header.database_salt, mode);
    register_search(database);
    if (mode == Database::Mode::read_only) {
        require_version(database, log_steps().size());
    } else {
        migrate(database, log_steps());
    }
    if (mode == Database::Mode::create) {
        Transaction transaction(database);
        make_index_tables(database);
        set_derived_version(transaction, kIndexVersion);
        transaction.commit();
    }
    return database;
}

Error older_than_seen(const std::string& what) {
    return Error{ErrorCode::integrity,
                 "cannot open the vault: " + what + " that this device has seen before",
                 "somebody may have put an old copy back; compare with custos log checkpoint of a "
                 "backup, and restore from the newest one"};
}

void require_signed_head(Database& database, const Log& log) {
    const auto newest = log.newest_checkpoint();
    const auto signed_head =
        newest ? crypto::open_checkpoint(*newest, signers_of(database, log)) : std::nullopt;
    if (signed_head && signed_head->origin == log.origin() && signed_head->head() == log.head())
        return;
    throw Error{ErrorCode::integrity,
                "cannot open the vault: its newest state is not one that was signed",
                "run custos check on a copy, or restore from a backup"};
}

// An index of an older version is made again from the log, all or nothing, before anybody reads it:
// also for readers, who need the lock of a writer that long.
Database open_up_to_date(const Path& directory, const Header& header,
                         const crypto::MasterKey& master, Access access,
                         std::optional<Lock>& lock) {
    const auto mode =
        access == Access::write ? Database::Mode::read_write : Database::Mode::read_only;
    {
        Database database = open_database(directory, header, master, mode);
        if (derived_version(database, kIndexVersion) == kIndexVersion) return database;
    }
    lock.reset();
    lock.emplace(directory / kLockFile, Access::write);
    {
        Database database = open_database(directory, header, master, Database::Mode::read_write);
        if (derived_version(database, kIndexVersion) != kIndexVersion) {
            Transaction transaction(database);
            const Log log(database, header.id);
            rebuild_index(log, header.id, transaction);
            require_signed_head(database, log);
            transaction.commit();
        }
    }
    lock.reset();
    lock.emplace(directory / kLockFile, access);
    return open_database(directory, header, master, mode);
}

// The state must be one that its author signed, and not older than what this device saw last.
bool compare_with_anchor(const Vault& vault) {
    const Log& log = vault.log();
    const Head head = log.head();
    require_signed_head(vault.database(), log);
    const auto anchor = read_anchor(vault.surroundings().state_directory, vault.header().id);
    if (!anchor) return false;
    const auto seen = crypto::peek_checkpoint(anchor->checkpoint);
    if (!seen || seen->origin != log.origin()) throw older_than_seen("it is not the one");
    if (vault.header().generation < anchor->generation) {
        throw older_than_seen("vault.hdr is older than the one");
    }
    if (head.size < seen->size) throw older_than_seen("it is older than the state");
    const auto same = log.checkpoint(seen->size);
    const auto ours = same ? crypto::peek_checkpoint(*same) : std::nullopt;
    if (!ours || !(ours->head() == seen->head())) {
        throw older_than_seen("its history is not the one");
    }
    return true;
}

// The first entries of a log: who writes it, who can recover it, with what it publishes.
void introduce(Change& change, const NewVault& options) {
    const Vault& vault = change.vault();
    const crypto::VerifyKey key = crypto::verify_key_of(vault.author_seed());
    change.append({Verb::author,
                   std::string(kVaultSubject),
                   {},
                   body_of({{"key", crypto::base64(key.bytes)}, {"name", options.author_name}})});
    if (!options.recovery_recipient.empty()) {
        change.append({Verb::recovery,
                       std::string(kVaultSubject),
                       {},
                       body_of({{"recipient", options.recovery_recipient}})});
    }
    // The organisation's key signs publications. It lives in the log, so that backups hold it.
    const auto seed = crypto::SigningSeed::random();
    std::string text = crypto::base64(seed.reveal());
    const crypto::VerifyKey public_key = crypto::verify_key_of(seed);
    json body = {{"key", crypto::base64(public_key.bytes)},
                 {"key_number", crypto::hex(crypto::random_bytes(8))},
                 {"seed", text}};
    change.append({Verb::publication_key, std::string(kVaultSubject), {}, body_of(body)});
    wipe(body["seed"].get_ref<std::string&>());
    wipe(text);
}

}  // namespace

void Vault::require(const Path& directory) {
    std::error_code ignored;
    if (std::filesystem::exists(directory / kHeaderFile, ignored)) return;
    throw Error{
        ErrorCode::no_vault,
        "there is no vault in " + (directory.filename().empty() ? std::string("this directory")
                                                                : directory.filename().string()),
        "make one with custos init, or name another with --vault"};
}

Vault Vault::create(const Path& directory, const SecretBytes& passphrase, const NewVault& options,
                    const Surroundings& surroundings) {
    std::error_code ignored;
    const bool was_there = std::filesystem::exists(directory, ignored);
    if (was_there && !names_in(directory).empty()) {
        throw Error{ErrorCode::conflict,
                    "cannot make a vault in " + directory.filename().string() + ": it is not empty",
                    "name a new directory"};
    }
    try {
        make_directory(directory);
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
        Header header = new_header(surroundings.argon2.chosen);
        Unlocked keys{crypto::MasterKey::random(), crypto::SigningSeed::random(), 0};
        write_slot(header, keys.slot, passphrase, keys.master, keys.author);

        Lock lock(directory / kLockFile, Access::write);
        make_directory(directory / kObjectsDirectory);
        Database database = open_database(directory, header, keys.master, Database::Mode::create);
        Vault vault(std::make_unique<Parts>(directory, surroundings, Access::write, std::move(lock),
                                            header, std::move(keys), std::move(database)));
        {
            Change change(vault);
            introduce(change, options);
            change.commit();
        }
        // Last: a directory with a header is a vault.
        write_new_file(directory / kHeaderFile, encode(header));
        vault.parts_->anchored = !surroundings.state_directory.empty();
        return vault;
    } catch (const std::exception&) {
        for (const char* name :
             {kHeaderFile, kDatabaseFile, "vault.db-journal", kObjectsDirectory, kLockFile}) {
            std::filesystem::remove(directory / name, ignored);
        }
        if (!was_there) std::filesystem::remove(directory, ignored);
        throw;
    }
}

Vault Vault::rebuild(const Path& directory, const Header& header, Unlocked keys,
                     const Surroundings& surroundings,
                     const std::function<void(Transaction&, Log&)>& fill) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(directory, ignored))) {
        throw Error{ErrorCode::conflict, "cannot make a vault in " + directory.filename().string() +
                                             ": it exists already"};
    }
    try {
        make_directory(directory);
        Lock lock(directory / kLockFile, Access::write);
        make_directory(directory / kObjectsDirectory);
        Database database = open_database(directory, header, keys.master, Database::Mode::create);
        Vault vault(std::make_unique<Parts>(directory, surroundings, Access::write, std::move(lock),
                                            header, std::move(keys), std::move(database)));
        {
            Transaction transaction(vault.database());
            fill(transaction, vault.log());
            vault.log().save_frontier(transaction);
            transaction.commit();
        }
        require_signed_head(vault.database(), vault.log());
        write_new_file(directory / kHeaderFile, encode(header));
        return vault;
    } catch (const std::exception&) {
        std::filesystem::remove_all(directory, ignored);
        throw;
    }
}

Vault Vault::open(const Path& directory, const SecretBytes& passphrase, Access access,
                  const Surroundings& surroundings) {
    require(directory);
    std::optional<Lock> lock(std::in_place, directory / kLockFile, access);
    const Header header = decode_header(read_file(directory / kHeaderFile, kHeaderSize + 1));
    auto keys = unlock(header, passphrase, surroundings.argon2);
    if (!keys) {
        throw Error{
            ErrorCode::wrong_passphrase,
            "cannot open the vault: no key slot accepts this passphrase",
            "check keyboard layout and capitals; if you are sure, vault.hdr may be damaged: "
            "put it back from a backup"};
    }
    return open_unlocked(directory, std::move(lock), header, std::move(*keys), access,
                         surroundings);
}

Vault Vault::open_unlocked(const Path& directory, std::optional<Lock> lock, const Header& header,
                           Unlocked keys, Access access, const Surroundings& surroundings) {
    Database database = open_up_to_date(directory, header, keys.master, access, lock);
    Vault vault(std::make_unique<Parts>(directory, surroundings, access, std::move(*lock), header,
                                        std::move(keys), std::move(database)));
    vault.parts_->anchored = compare_with_anchor(vault);
    note_head(vault);
    return vault;
}

Reopener::Reopener(const Vault& vault)
    : directory_(vault.directory()),
      surroundings_(vault.surroundings()),
      id_(vault.header().id),
      keys_{vault.master_key().duplicate(), vault.author_seed().duplicate(), vault.slot()} {}

Vault Reopener::open(Access access) const {
    Vault::require(directory_);
    std::optional<Lock> lock(std::in_place, directory_ / kLockFile, access);
    const Header header = decode_header(read_file(directory_ / kHeaderFile, kHeaderSize + 1));
    if (header.id != id_ || !is_signed(header, keys_.master)) {
        throw Error{ErrorCode::conflict,
                    "cannot go on with the vault: it was replaced, or has other keys now",
                    "open it anew with its passphrase"};
    }
    Unlocked keys{keys_.master.duplicate(), keys_.author.duplicate(), keys_.slot};
    return Vault::open_unlocked(directory_, std::move(lock), header, std::move(keys), access,
                                surroundings_);
}

}  // namespace custos::vault
