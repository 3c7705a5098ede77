// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/vault.h"

#include <algorithm>

#include "crypto/error.h"
#include "crypto/minisign.h"
#include "vault/anchor.h"
#include "vault/records/own_rows.h"
#include "vault/vault_parts.h"

namespace custos::vault {

using nlohmann::json;

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

void note_head(const Vault& vault) {
    const Path& directory = vault.surroundings().state_directory;
    if (directory.empty()) return;
    const Anchor now = {vault.header().generation, vault.log().newest_checkpoint().value_or("")};
    if (read_anchor(directory, vault.header().id) != now)
        write_anchor(directory, vault.header().id, now);
}

Bytes body_of(const json& object) { return to_bytes(bytes_of(object.dump())); }

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

std::vector<crypto::NoteKey> Vault::log_signers() const { return signers_of(database(), log()); }

void Vault::put_header(const Header& header) {
    write_file_atomically(directory() / kHeaderFile, encode(header));
    parts_->header = header;
    note_head(*this);
}

}  // namespace custos::vault
