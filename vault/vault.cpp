// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/vault.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/minisign.h"
#include "crypto/random.h"
#include "vault/anchor.h"
#include "vault/db/migrations.h"
#include "vault/records/index.h"
#include "vault/records/own_rows.h"
#include "vault/records/schema.h"
#include "vault/replay.h"
#include "vault/search/index.h"
#include "vault/tables.h"

namespace custos::vault {

using nlohmann::json;

struct Vault::Parts {
    Path directory;
    Surroundings surroundings;
    Access access;
    Lock lock;
    Header header;
    Unlocked keys;
    Database database;
    Log log;
    IndexWriter index;
    bool anchored = false;
    std::optional<Schema> schema;  // read when it is first asked for

    Parts(Path where, Surroundings with, Access how, Lock held, Header head, Unlocked unlocked,
          Database opened)
        : directory(std::move(where)),
          surroundings(std::move(with)),
          access(how),
          lock(std::move(held)),
          header(head),
          keys(std::move(unlocked)),
          database(std::move(opened)),
          log(database, header.id),
          index(database) {}
};

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

Bytes body_of(const json& object) { return to_bytes(bytes_of(object.dump())); }

Error older_than_seen(const std::string& what) {
    return Error{ErrorCode::integrity,
                 "cannot open the vault: " + what + " that this device has seen before",
                 "somebody may have put an old copy back; compare with custos log checkpoint of a "
                 "backup, and restore from the newest one"};
}

// Everyone who may sign the log, under its origin.
std::vector<crypto::NoteKey> signers_of(Database& database, const Log& log) {
    std::vector<crypto::NoteKey> signers;
    Query query(database, "SELECT key FROM author");
    query.bind();
    while (query.step()) {
        crypto::NoteKey signer{log.origin(), {}};
        const ByteView key = query.blob(0);
        if (key.size() != signer.key.bytes.size()) continue;
        std::copy(key.begin(), key.end(), signer.key.bytes.begin());
        signers.push_back(std::move(signer));
    }
    return signers;
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

// Writes only what is new: most commands change nothing.
void note_head(const Vault& vault) {
    const Path& directory = vault.surroundings().state_directory;
    if (directory.empty()) return;
    const Anchor now = {vault.header().generation, vault.log().newest_checkpoint().value_or("")};
    if (read_anchor(directory, vault.header().id) != now)
        write_anchor(directory, vault.header().id, now);
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

// ---- making and opening ------------------------------------------------------------------------

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

Vault::Vault(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;
Vault::~Vault() = default;

const Path& Vault::directory() const { return parts_->directory; }
Path Vault::objects_directory() const { return parts_->directory / kObjectsDirectory; }
const Header& Vault::header() const { return parts_->header; }
Access Vault::access() const { return parts_->access; }
const Surroundings& Vault::surroundings() const { return parts_->surroundings; }
Database& Vault::database() const { return parts_->database; }
Log& Vault::log() const { return parts_->log; }
IndexWriter& Vault::index() const { return parts_->index; }
const crypto::MasterKey& Vault::master_key() const { return parts_->keys.master; }
const crypto::SigningSeed& Vault::author_seed() const { return parts_->keys.author; }
std::size_t Vault::slot() const { return parts_->keys.slot; }
bool Vault::has_anchor() const { return parts_->anchored; }

const Schema& Vault::schema() const {
    if (!parts_->schema) parts_->schema.emplace(read_own_rows(*this));
    return *parts_->schema;
}

Author Vault::author() const {
    const AuthorId id = author_id_of(crypto::verify_key_of(author_seed()));
    if (auto known = author(id)) return *known;
    throw Error{ErrorCode::integrity, "the key of this passphrase is not known to the log",
                "run custos check"};
}

std::optional<Author> Vault::author(const AuthorId& id) const {
    Query query(database(), "SELECT since, key, name FROM author WHERE id = ?");
    if (!query.bind(id).step()) return std::nullopt;
    Author author;
    author.id = id;
    author.since = static_cast<std::uint64_t>(query.integer(0));
    const ByteView key = query.blob(1);
    if (key.size() != author.key.bytes.size()) {
        throw Error{ErrorCode::integrity, "the key of an author is damaged", "run custos check"};
    }
    std::copy(key.begin(), key.end(), author.key.bytes.begin());
    author.name = query.text(2);
    return author;
}

std::optional<std::uint64_t> Vault::setting_index(Verb verb) const {
    Query query(database(), "SELECT idx FROM setting WHERE verb = ?");
    if (!query.bind(name_of(verb)).step()) return std::nullopt;
    return static_cast<std::uint64_t>(query.integer(0));
}

std::optional<json> Vault::setting(Verb verb) const {
    const auto index = setting_index(verb);
    const StoredEntry stored = index ? log().at(*index) : StoredEntry{};
    if (!stored.body) return std::nullopt;
    return json::parse(stored.body->begin(), stored.body->end());
}

std::optional<Milliseconds> Vault::last_time(Verb verb) const {
    const auto index = setting_index(verb);
    const auto entry = index ? decode_entry(log().at(*index).entry) : std::nullopt;
    return entry ? std::optional(entry->time) : std::nullopt;
}

namespace {

// Which author each slot in use belongs to: with every change of one, so that the newest tells all.
json slots_json(const std::vector<Holder>& holders) {
    json slots = json::array();
    for (const Holder& holder : holders)
        slots.push_back({{"slot", holder.slot}, {"author", crypto::hex(holder.author.id)}});
    return slots;
}

}  // namespace

void Vault::change_passphrase(const SecretBytes& passphrase) {
    Change change(*this);
    Header header = parts_->header;
    write_slot(header, slot(), passphrase, master_key(), author_seed());
    change.append(
        {Verb::unlock_policy,
         std::string(kVaultSubject),
         {},
         body_of({{"change", "passphrase"}, {"slot", slot()}, {"slots", slots_json(holders())}})});
    change.commit();
    put_header(header);
}

// ---- persons -----------------------------------------------------------------------------------

std::vector<crypto::NoteKey> Vault::log_signers() const { return signers_of(database(), log()); }

std::vector<Holder> Vault::holders() const {
    // A succession, or a vault of one person who never changed a slot: whoever unlocked it.
    const auto policy = setting(Verb::unlock_policy);
    std::vector<Holder> holders;
    if (policy && policy->contains("slots") &&
        setting_index(Verb::unlock_policy) > setting_index(Verb::succession)) {
        for (const json& slot : policy->at("slots")) {
            const auto id = crypto::from_hex(slot.at("author").get_ref<const std::string&>());
            if (!id || id->size() != AuthorId{}.size()) continue;
            AuthorId author_id{};
            std::copy(id->begin(), id->end(), author_id.begin());
            const auto known = author(author_id);
            if (known) holders.push_back({slot.at("slot").get<std::size_t>(), *known});
        }
    }
    if (holders.empty()) holders.push_back({slot(), author()});
    return holders;
}

Holder Vault::add_holder(const std::string& name, const SecretBytes& passphrase) {
    if (name.empty() || name.size() > kAuthorNameMax)
        throw Error{ErrorCode::usage, "cannot add a person without a name of 1 to 200 bytes"};
    std::vector<Holder> now = holders();
    std::size_t free = 0;
    const auto is_taken = [&](const Holder& holder) { return holder.slot == free; };
    while (std::any_of(now.begin(), now.end(), is_taken)) ++free;
    if (free >= kSlotCount)
        throw Error{ErrorCode::refused, "cannot add a person: every slot is in use",
                    "remove one with: custos key remove"};
    if (std::any_of(now.begin(), now.end(),
                    [&](const Holder& holder) { return holder.author.name == name; })) {
        throw Error{ErrorCode::conflict, "cannot add a person: one of this name is there already",
                    "see who is there with: custos key list"};
    }
    const auto seed = crypto::SigningSeed::random();
    const crypto::VerifyKey key = crypto::verify_key_of(seed);
    Header header = parts_->header;
    write_slot(header, free, passphrase, master_key(), seed);

    Change change(*this);
    const Entry entry =
        change.append({Verb::author,
                       std::string(kVaultSubject),
                       {},
                       body_of({{"key", crypto::base64(key.bytes)}, {"name", name}})});
    now.push_back({free, {author_id_of(key), key, name, entry.index}});
    change.append({Verb::unlock_policy,
                   std::string(kVaultSubject),
                   {},
                   body_of({{"change", "add"}, {"slot", free}, {"slots", slots_json(now)}})});
    change.commit();
    put_header(header);
    return now.back();
}

void Vault::remove_holder(const AuthorId& id) {
    std::vector<Holder> now = holders();
    const auto found = std::find_if(now.begin(), now.end(),
                                    [&](const Holder& each) { return each.author.id == id; });
    if (found == now.end())
        throw Error{ErrorCode::not_found, "cannot remove this person: they cannot open the vault",
                    "see who can with: custos key list"};
    const std::size_t removed = found->slot;
    if (removed == slot())
        throw Error{ErrorCode::refused, "cannot remove the person who opened the vault",
                    "somebody else must do it"};
    now.erase(found);
    Header header = parts_->header;
    clear_slot(header, removed, master_key());
    // The other way round from adding: if this is interrupted, the slot must not open.
    Change change(*this);
    put_header(header);
    change.append({Verb::unlock_policy,
                   std::string(kVaultSubject),
                   {},
                   body_of({{"change", "remove"},
                            {"slot", removed},
                            {"author", crypto::hex(id)},
                            {"slots", slots_json(now)}})});
    change.commit();
}

void Vault::put_header(const Header& header) {
    write_file_atomically(directory() / kHeaderFile, encode(header));
    parts_->header = header;
    note_head(*this);
}

// ---- changing ----------------------------------------------------------------------------------

namespace {

Database& writable(Vault& vault) {
    if (vault.access() == Access::write) return vault.database();
    throw Error{ErrorCode::usage, "cannot change a vault that was opened for reading"};
}

}  // namespace

Change::Change(Vault& vault)
    : vault_(vault), author_(author_id_of(crypto::verify_key_of(vault.author_seed()))) {
    transaction_.emplace(writable(vault));
}

Change::~Change() {
    if (committed_) return;
    transaction_.reset();  // rolls back
    vault_.log().forget_unsaved();
    vault_.parts_->schema.reset();
    vault_.index().forget_unsaved();
}

Entry Change::append(Draft draft) {
    const std::optional<Bytes> body = draft.body;
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, body);
    return entry;
}

Entry Change::append(Draft draft, const json& body) {
    draft.body = body_of(body);
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, body);
    return entry;
}

Entry Change::append(Draft draft, const Content& content) {
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, content);
    return entry;
}

Entry Change::append_to_log(Draft draft) {
    appended_ = true;
    if (draft.verb == Verb::define) vault_.parts_->schema.reset();
    return vault_.log().append(*transaction_, author_, vault_.surroundings().clock(),
                               std::move(draft));
}

void Change::note(std::string text) {
    const bool known = std::find(notes_.begin(), notes_.end(), text) != notes_.end();
    if (!known && notes_.size() < kNotesMax) notes_.push_back(std::move(text));
}

void Change::erase_body(std::uint64_t index) { vault_.log().erase_body(*transaction_, index); }

Head Change::commit() {
    Log& log = vault_.log();
    if (!appended_) return log.head();  // nothing to sign; the destructor rolls back
    vault_.index().flush();
    log.seal(*transaction_, vault_.author_seed());
    transaction_->commit();
    committed_ = true;
    note_head(vault_);
    return log.head();
}

}  // namespace custos::vault
