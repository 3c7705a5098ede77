// SPDX-License-Identifier: GPL-3.0-or-later
// An open vault, and one change of it.
//
//   Vault vault = Vault::open(directory, passphrase, Access::write, surroundings);
//   Change change(vault);
//   const RecordId id = create_record(change, Kind::person, fields);   // vault/records/store.h
//   change.commit();                                                  // durable from here on
//
// A Vault holds the lock, the keys and the database until it is destroyed. Not for several threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/kdf.h"
#include "crypto/note.h"
#include "crypto/secret.h"
#include "vault/db/database.h"
#include "vault/keys/header.h"
#include "vault/log/log.h"
#include "vault/os/clock.h"
#include "vault/os/file.h"
#include "vault/os/lock.h"

namespace custos::vault {

class Schema;

// On-disk names. Nothing else names them.
inline constexpr const char* kHeaderFile = "vault.hdr";
inline constexpr const char* kDatabaseFile = "vault.db";
inline constexpr const char* kObjectsDirectory = "objects";
inline constexpr const char* kLockFile = "lock";
inline constexpr const char* kDraftsDirectory = "drafts";  // vault/drafts

inline constexpr std::size_t kAuthorNameMax = 200;  // bytes

// What a vault needs from the machine it runs on.
struct Surroundings {
    crypto::Argon2Policy argon2 = crypto::kArgon2Policy;
    Clock clock = system_time;
    // Where this device keeps the newest head it saw of each vault. Empty: it keeps none.
    Path state_directory;
    // Draws statements as PDF (vault/publish/pdf.h). Empty: none are drawn.
    Path pdf_program;
};

struct NewVault {
    std::string author_name;         // 1 to 200 bytes of text
    std::string recovery_recipient;  // age1pq… or age1…; empty: no recovery
};

struct Author {
    AuthorId id{};
    crypto::VerifyKey key;
    std::string name;
    std::uint64_t since = 0;  // index of the entry that introduced the key
};

// A person who can open the vault.
struct Holder {
    std::size_t slot = 0;
    Author author;
};

class IndexWriter;  // vault/records/index.h
struct Content;     // vault/records/content.h

class Vault {
public:
    // Makes a vault in `directory`, which must not exist or be empty: Error{conflict} otherwise.
    // All or nothing: on failure what was made is removed again.
    static Vault create(const Path& directory, const SecretBytes& passphrase,
                        const NewVault& options, const Surroundings& surroundings);

    // Error: no_vault, busy, wrong_passphrase, integrity (damaged header or database, or older than
    // the newest head that this device has seen), failed (written by a newer custos).
    static Vault open(const Path& directory, const SecretBytes& passphrase, Access access,
                      const Surroundings& surroundings);

    // Brings a vault back (vault/backup): makes `directory`, which must not exist, with this header
    // and these keys; `fill` puts the log and its index there, in one transaction, and has verified
    // them. The head must be a signed checkpoint. All or nothing, like create().
    static Vault rebuild(const Path& directory, const Header& header, Unlocked keys,
                         const Surroundings& surroundings,
                         const std::function<void(Transaction&, Log&)>& fill);

    // Error{no_vault} unless there is something like a vault. To be called before a passphrase is
    // asked for.
    static void require(const Path& directory);

    Vault(Vault&&) noexcept;
    Vault& operator=(Vault&&) noexcept;
    ~Vault();

    const Path& directory() const;
    Path objects_directory() const;
    const Header& header() const;
    Access access() const;
    const Surroundings& surroundings() const;

    Database& database() const;
    Log& log() const;
    // To be flushed before values are read (vault/records/value_index.h): a change may be under
    // way.
    IndexWriter& index() const;

    const crypto::MasterKey& master_key() const;
    const crypto::SigningSeed& author_seed() const;
    std::size_t slot() const;
    Author author() const;                                   // who unlocked it
    std::optional<Author> author(const AuthorId& id) const;  // anyone in the log

    // The fields and words of its records: the program's and its own. Good until a Change defines
    // something, or is rolled back.
    const Schema& schema() const;

    // The body of the newest entry with this verb about the vault as a whole (publication_key,
    // recovery, ...), parsed; nothing if there is none.
    std::optional<nlohmann::json> setting(Verb verb) const;
    // When that entry was written.
    std::optional<Milliseconds> last_time(Verb verb) const;

    // Changes the passphrase of the slot that was used to unlock. Durable when it returns.
    void change_passphrase(const SecretBytes& passphrase);

    // Everyone who may sign the log, under its origin.
    std::vector<crypto::NoteKey> log_signers() const;

    // Who can open the vault, by slot.
    std::vector<Holder> holders() const;
    // Gives a person a free slot and a signing key of their own. Error: conflict (somebody of that
    // name is there), refused (no slot is free), usage (no name). Durable when it returns.
    Holder add_holder(const std::string& name, const SecretBytes& passphrase);
    // Makes the person's slot useless. The master key stays what it is: whoever kept a copy of the
    // old header and knows its passphrase can still open this vault's database with it. Error:
    // not_found, refused (the person who unlocked the vault).
    void remove_holder(const AuthorId& author);

    // Whether the head was compared with one that this device remembered (status says so).
    bool has_anchor() const;

    // Where in the log that entry is.
    std::optional<std::uint64_t> setting_index(Verb verb) const;

private:
    friend class Change;
    friend class Reopener;
    static Vault open_unlocked(const Path& directory, std::optional<Lock> lock,
                               const Header& header, Unlocked keys, Access access,
                               const Surroundings& surroundings);
    void put_header(const Header& header);
    struct Parts;
    explicit Vault(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// The way back into a vault that was open in this process, without its passphrase: so that somebody
// who types for an hour holds neither lock nor database meanwhile. Holds the keys.
class Reopener {
public:
    explicit Reopener(const Vault& vault);
    // As Vault::open(). Error{conflict} if there is another vault now, or other keys.
    [[nodiscard]] Vault open(Access access) const;

private:
    Path directory_;
    Surroundings surroundings_;
    VaultId id_;
    Unlocked keys_;
};

inline constexpr std::size_t kNotesMax = 100;

// One transaction: any number of entries, one signed checkpoint. Rolled back unless committed.
class Change {
public:
    // Error{usage} if the vault was opened for reading.
    explicit Change(Vault& vault);
    ~Change();
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

    Vault& vault() const { return vault_; }
    Transaction& transaction() { return *transaction_; }

    // Appends the entry to the log and applies it to the index, by the same code that replay uses.
    Entry append(Draft draft);
    // The same for a body that is at hand as an object; draft.body is made from it.
    Entry append(Draft draft, const nlohmann::json& body);
    // The same for a new record or revision with what the index keeps of it.
    Entry append(Draft draft, const Content& content);
    // Destroys salt and body of an entry (purge).
    void erase_body(std::uint64_t index);

    // What a person should know of what was stored, such as a date that was read from another
    // calendar: each once, and no more than kNotesMax.
    void note(std::string text);
    const std::vector<std::string>& notes() const { return notes_; }

    // Signs the checkpoint, commits, and notes the new head on this device. Nothing may follow.
    // Where nothing was appended there is nothing to sign: the vault stays as it is.
    Head commit();

private:
    Entry append_to_log(Draft draft);

    Vault& vault_;
    AuthorId author_;
    std::optional<Transaction> transaction_;
    std::vector<std::string> notes_;
    bool appended_ = false;
    bool committed_ = false;
};

}  // namespace custos::vault
