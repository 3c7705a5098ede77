// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/log/log.h"

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::vault {
namespace {

// "custos/" and the log id: the name that its signers sign under.
std::string origin_of(const VaultId& id) { return "custos/" + crypto::hex(id); }

Error missing(std::uint64_t index) {
    return Error{ErrorCode::integrity, "the log has no entry " + std::to_string(index),
                 "run custos check, then restore from a backup"};
}

StoredEntry stored_from(const Query& query, int first_column) {
    StoredEntry stored;
    stored.entry = to_bytes(query.blob(first_column));
    if (!query.is_null(first_column + 1)) stored.salt = to_bytes(query.blob(first_column + 1));
    if (!query.is_null(first_column + 2)) stored.body = to_bytes(query.blob(first_column + 2));
    return stored;
}

}  // namespace

const char* const kLogTables = R"sql(
CREATE TABLE log_entry (
    idx   INTEGER PRIMARY KEY,   -- from 0, without gaps
    entry BLOB NOT NULL,         -- canonical JSON: the leaf
    salt  BLOB,                  -- 16 bytes; both are NULL after erasure
    body  BLOB
) STRICT;
CREATE TABLE log_checkpoint (
    size INTEGER PRIMARY KEY,    -- entries that it covers
    note TEXT NOT NULL           -- C2SP signed note
) STRICT;
CREATE TABLE log_frontier (      -- a cache: what appending needs; check recomputes it
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    size   INTEGER NOT NULL,
    hashes BLOB NOT NULL         -- roots of the perfect subtrees, 32 bytes each
) STRICT;
)sql";

Log::Log(Database& database, const VaultId& id)
    : database_(database), id_(id), origin_(origin_of(id)) {
    frontier_ = saved_frontier();
}

crypto::MerkleFrontier Log::saved_frontier() const {
    Query query(database_, "SELECT size, hashes FROM log_frontier");
    if (!query.bind().step()) return {};
    const ByteView hashes = query.blob(1);
    std::vector<crypto::Digest> subtrees;
    for (std::size_t at = 0; at + crypto::Digest::kSize <= hashes.size();
         at += crypto::Digest::kSize) {
        subtrees.push_back(crypto::Digest::from(hashes.subspan(at, crypto::Digest::kSize)));
    }
    return {static_cast<std::uint64_t>(query.integer(0)), std::move(subtrees)};
}

Head Log::head() const { return {frontier_.size(), frontier_.root()}; }

Entry Log::append(Transaction&, const AuthorId& author, Milliseconds time, Draft draft) {
    if (draft.body.size() > kBodySizeMax || draft.parents.size() > kParentsMax) {
        throw Error{ErrorCode::usage, "cannot store the record: it is larger than " +
                                          std::to_string(kBodySizeMax / (1024 * 1024)) + " MiB"};
    }
    Bytes salt = crypto::random_bytes(kSaltSize);
    Entry entry;
    entry.index = frontier_.size();
    entry.log = id_;
    entry.time = time;
    entry.author = author;
    entry.verb = draft.verb;
    entry.subject = std::move(draft.subject);
    entry.parents = std::move(draft.parents);
    entry.body = body_digest(salt, draft.body);
    const std::string text = encode(entry);
    store(entry.index, bytes_of(text), std::move(salt), std::move(draft.body));
    return entry;
}

void Log::append_stored(Transaction&, const StoredEntry& stored) {
    store(frontier_.size(), stored.entry, stored.salt, stored.body);
}

void Log::store(std::uint64_t index, ByteView entry, const std::optional<Bytes>& salt,
                const std::optional<Bytes>& body) {
    database_.run("INSERT INTO log_entry (idx, entry, salt, body) VALUES (?, ?, ?, ?)", index,
                  entry, salt, body);
    frontier_.append(crypto::leaf_hash(entry));
}

void Log::put_checkpoint(Transaction&, std::uint64_t size, const std::string& note) {
    database_.run("INSERT INTO log_checkpoint (size, note) VALUES (?, ?)", size, note);
}

std::string Log::seal(Transaction& transaction, const crypto::SigningSeed& author) {
    std::string note =
        crypto::sign_checkpoint({origin_, frontier_.size(), frontier_.root()}, author);
    put_checkpoint(transaction, frontier_.size(), note);
    save_frontier(transaction);
    return note;
}

void Log::save_frontier(Transaction&) {
    Bytes hashes;
    for (const crypto::Digest& subtree : frontier_.subtrees())
        custos::append(hashes, subtree.view());
    database_.run("INSERT OR REPLACE INTO log_frontier (one, size, hashes) VALUES (1, ?, ?)",
                  frontier_.size(), hashes);
}

void Log::forget_unsaved() { frontier_ = saved_frontier(); }

StoredEntry Log::at(std::uint64_t index) const {
    Query query(database_, "SELECT entry, salt, body FROM log_entry WHERE idx = ?");
    if (!query.bind(index).step()) throw missing(index);
    return stored_from(query, 0);
}

void Log::each(std::uint64_t first, std::uint64_t end,
               const std::function<void(std::uint64_t, const StoredEntry&)>& visit) const {
    Query query(
        database_,
        "SELECT idx, entry, salt, body FROM log_entry WHERE idx >= ? AND idx < ? ORDER BY idx");
    query.bind(first, end);
    std::uint64_t expected = first;
    while (query.step()) {
        const auto index = static_cast<std::uint64_t>(query.integer(0));
        if (index != expected) throw missing(expected);
        visit(index, stored_from(query, 1));
        ++expected;
    }
    if (expected != end) throw missing(expected);
}

std::optional<std::string> Log::checkpoint(std::uint64_t size) const {
    Query query(database_, "SELECT note FROM log_checkpoint WHERE size = ?");
    if (!query.bind(size).step()) return std::nullopt;
    return std::string(query.text(0));
}

std::optional<std::string> Log::newest_checkpoint() const {
    Query query(database_, "SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1");
    if (!query.bind().step()) return std::nullopt;
    return std::string(query.text(0));
}

void Log::each_checkpoint(
    const std::function<void(std::uint64_t, const std::string&)>& visit) const {
    Query query(database_, "SELECT size, note FROM log_checkpoint ORDER BY size");
    query.bind();
    while (query.step()) {
        visit(static_cast<std::uint64_t>(query.integer(0)), std::string(query.text(1)));
    }
}

void Log::erase_body(Transaction&, std::uint64_t index) {
    database_.run("UPDATE log_entry SET salt = NULL, body = NULL WHERE idx = ?", index);
}

std::vector<crypto::Digest> Log::leaves(std::uint64_t size) const {
    std::vector<crypto::Digest> hashes;
    hashes.reserve(size);
    Query query(database_, "SELECT entry FROM log_entry WHERE idx < ? ORDER BY idx");
    query.bind(size);
    while (query.step()) hashes.push_back(crypto::leaf_hash(query.blob(0)));
    if (hashes.size() != size) throw missing(hashes.size());
    return hashes;
}

}  // namespace custos::vault
