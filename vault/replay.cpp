// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/replay.h"

#include <set>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/merkle.h"
#include "vault/db/migrations.h"
#include "vault/records/index.h"
#include "vault/search/index.h"
#include "vault/tables.h"

namespace custos::vault {

using nlohmann::json;

namespace {

// Words and places of the full-text index, in a fixed order.
constexpr const char* kVocabularyTable =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.record_words USING fts5vocab('main', 'record_text', "
    "'instance')";
constexpr const char* kWords =
    "SELECT term, doc, col, offset FROM temp.record_words ORDER BY term, doc, col, offset";

// A temporary table changes no file, but a database opened for reading forbids it like any other.
void open_vocabulary(Database& database) {
    bool reading = false;
    {
        Query query(database, "PRAGMA query_only");
        reading = query.bind().step() && query.integer(0) != 0;
    }
    if (reading) database.execute("PRAGMA query_only = OFF");
    database.execute(kVocabularyTable);
    if (reading) database.execute("PRAGMA query_only = ON");
}

// The author that an entry introduces, if it does.
std::optional<AuthorId> introduced(const Entry& entry, const StoredEntry& stored) {
    if (entry.verb != Verb::author && entry.verb != Verb::succession) return std::nullopt;
    if (entry.subject != kVaultSubject || !stored.body) return std::nullopt;
    const json body = json::parse(stored.body->begin(), stored.body->end(), nullptr, false);
    if (!body.is_object() || !body.contains("key") || !body["key"].is_string()) return std::nullopt;
    const auto key = crypto::from_base64(body["key"].get_ref<const std::string&>());
    if (!key || key->size() != 32) return std::nullopt;
    crypto::VerifyKey verify_key;
    std::copy(key->begin(), key->end(), verify_key.bytes.begin());
    return author_id_of(verify_key);
}

// Records whose bodies may be gone.
std::set<std::string> purged_subjects(Database& database) {
    std::set<std::string> subjects;
    Query query(database,
                "SELECT entry FROM log_entry WHERE body IS NOT NULL AND instr(entry, ?) > 0");
    query.bind(bytes_of("\"verb\":\"purge\"}"));
    while (query.step()) {
        const auto entry = decode_entry(query.blob(0));
        if (entry && entry->verb == Verb::purge) subjects.insert(entry->subject);
    }
    return subjects;
}

std::optional<std::string> wrong_body(const Entry& entry, const StoredEntry& stored,
                                      const std::set<std::string>& purged) {
    const std::string the_body = "the body of log entry " + std::to_string(entry.index);
    if (!stored.body && !stored.salt) {
        if (purged.contains(entry.subject)) return std::nullopt;
        return the_body + " is gone, and no purge accounts for it";
    }
    if (stored.body && stored.salt && body_digest(*stored.salt, *stored.body) == entry.body)
        return std::nullopt;
    return the_body + " was changed";
}

// One digest over all rows of a SELECT; integers, texts and blobs are told apart by their lengths.
crypto::Digest digest_of_rows(Database& database, const char* sql, int columns) {
    crypto::Sha256 hash;
    Query query(database, sql);
    query.bind();
    while (query.step()) {
        for (int column = 0; column < columns; ++column) {
            const ByteView value = query.is_null(column) ? ByteView{} : query.blob(column);
            const std::string length =
                query.is_null(column) ? "null;" : std::to_string(value.size()) + ";";
            hash.update(bytes_of(length)).update(value);
        }
    }
    return hash.finish();
}

int columns_of(std::string_view select) {
    int columns = 1;
    for (const char c : select.substr(0, select.find(" FROM "))) columns += c == ',' ? 1 : 0;
    return columns;
}

}  // namespace

crypto::Digest verify_log(Database& database, const VaultId& id,
                          const std::function<void(const LogFinding&)>& finding) {
    crypto::MerkleFrontier tree;
    std::set<AuthorId> authors;
    std::uint64_t last = 0;
    Query query(database, "SELECT idx, entry, salt, body FROM log_entry ORDER BY idx");
    query.bind();
    const std::set<std::string> purged = purged_subjects(database);
    while (query.step()) {
        const auto index = static_cast<std::uint64_t>(query.integer(0));
        StoredEntry stored;
        stored.entry = to_bytes(query.blob(1));
        if (!query.is_null(2)) stored.salt = to_bytes(query.blob(2));
        if (!query.is_null(3)) stored.body = to_bytes(query.blob(3));
        if (index != last) finding({last, "the log has no entry " + std::to_string(last)});
        last = index + 1;
        tree.append(crypto::leaf_hash(stored.entry));

        const auto entry = decode_entry(stored.entry);
        if (!entry || entry->index != index || entry->log != id) {
            finding({index, "log entry " + std::to_string(index) + " was changed"});
            continue;
        }
        if (const auto author = introduced(*entry, stored)) authors.insert(*author);
        if (!authors.contains(entry->author)) {
            finding({index, "log entry " + std::to_string(index) +
                                " has an author that nobody introduced"});
        }
        if (const auto what = wrong_body(*entry, stored, purged)) finding({index, *what});
    }
    return tree.root();
}

Database empty_index() {
    Database database = Database::in_memory();
    register_search(database);
    make_index_tables(database);
    return database;
}

void replay(const Log& log, Transaction& to) {
    IndexWriter writer(to.database());
    log.each(0, log.head().size, [&](std::uint64_t index, const StoredEntry& stored) {
        const auto entry = decode_entry(stored.entry);
        if (!entry) {
            throw Error{ErrorCode::integrity, "log entry " + std::to_string(index) + " was changed",
                        "restore from a backup"};
        }
        writer.apply(to, *entry, stored.body);
    });
    writer.flush();
}

void replay(const Log& log, Database& to) {
    Transaction transaction(to);
    replay(log, transaction);
    transaction.commit();
}

void rebuild_index(const Log& log, const VaultId& id, Transaction& transaction) {
    Database& database = transaction.database();
    const crypto::Digest root = verify_log(database, id, [](const LogFinding& finding) {
        throw Error{ErrorCode::integrity,
                    "cannot bring the vault's index up to date: " + finding.what,
                    "restore from a backup"};
    });
    if (!(root == log.head().root)) {
        throw Error{ErrorCode::integrity,
                    "cannot bring the vault's index up to date: the saved state of the log does "
                    "not follow from its entries",
                    "restore from a backup"};
    }
    drop_tables_but(transaction, "log_");
    make_index_tables(database);
    replay(log, transaction);
    set_derived_version(transaction, kIndexVersion);
}

std::vector<std::string> compare_indexes(Database& left, Database& right) {
    std::vector<std::string> findings;
    for (const IndexTable& table : kComparedTables) {
        const int columns = columns_of(table.rows);
        if (digest_of_rows(left, table.rows, columns) !=
            digest_of_rows(right, table.rows, columns)) {
            findings.push_back("the table " + std::string(table.name) +
                               " does not follow from the log");
        }
    }
    open_vocabulary(left);
    open_vocabulary(right);
    if (digest_of_rows(left, kWords, 4) != digest_of_rows(right, kWords, 4)) {
        findings.emplace_back("the full-text index does not follow from the log");
    }
    return findings;
}

}  // namespace custos::vault
