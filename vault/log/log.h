// SPDX-License-Identifier: GPL-3.0-or-later
// The append-only Merkle log: the truth of a vault. The tables are its index
// (vault/records/index.h).
//
// Entries are the leaves of an RFC 6962 tree; a transaction ends in one checkpoint, a C2SP signed
// note over size and root by the author's key. Rows hold entry, salt and body; nothing that
// verification needs is taken from a cache.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/merkle.h"
#include "vault/db/database.h"
#include "vault/log/entry.h"

namespace custos::vault {

using Head = crypto::TreeHead;

// An entry as it lies in the log. Salt and body are absent after erasure.
struct StoredEntry {
    Bytes entry;
    std::optional<Bytes> salt;
    std::optional<Bytes> body;
};

struct Draft {
    Verb verb = Verb::create;
    std::string subject;
    std::vector<std::uint64_t> parents;
    Bytes body;  // JSON text of an object
};

// SQL that makes the tables log_entry, log_checkpoint and log_frontier.
extern const char* const kLogTables;

class Log {
public:
    Log(Database& database, const VaultId& id);

    // "custos/<vault id in hex>": origin of the checkpoints and name of the signers.
    const std::string& origin() const noexcept { return origin_; }
    Head head() const;  // what is in the table now, sealed or not

    // Appends one entry and returns it. Not durable, and no state that a reader may see, before
    // seal() and the commit of `transaction`.
    Entry append(Transaction& transaction, const AuthorId& author, Milliseconds time, Draft draft);
    // Puts a foreign copy of an entry back as it is (restore): it must be the next index.
    void append_stored(Transaction& transaction, const StoredEntry& stored);
    void put_checkpoint(Transaction& transaction, std::uint64_t size, const std::string& note);

    // Signs the checkpoint of everything appended so far, and saves the frontier.
    std::string seal(Transaction& transaction, const crypto::SigningSeed& author);
    // For restored logs, whose checkpoints come from elsewhere: saves the frontier alone.
    void save_frontier(Transaction& transaction);
    // After a rollback: back to what the tables hold.
    void forget_unsaved();

    // Error{integrity} if the row is missing.
    StoredEntry at(std::uint64_t index) const;
    // In order of index, from `first` up to and not including `end`.
    void each(std::uint64_t first, std::uint64_t end,
              const std::function<void(std::uint64_t index, const StoredEntry&)>& visit) const;
    // The signed note of the checkpoint of exactly `size` entries.
    std::optional<std::string> checkpoint(std::uint64_t size) const;
    std::optional<std::string> newest_checkpoint() const;

    // In order of size.
    void each_checkpoint(
        const std::function<void(std::uint64_t size, const std::string& note)>& visit) const;

    // Destroys salt and body. The tree is as it was.
    void erase_body(Transaction& transaction, std::uint64_t index);

    // Leaf hashes of the first `size` entries, computed from the rows.
    std::vector<crypto::Digest> leaves(std::uint64_t size) const;

private:
    void store(std::uint64_t index, ByteView entry, const std::optional<Bytes>& salt,
               const std::optional<Bytes>& body);
    crypto::MerkleFrontier saved_frontier() const;

    Database& database_;
    VaultId id_;
    std::string origin_;
    crypto::MerkleFrontier frontier_;
};

}  // namespace custos::vault
