// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/index.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/records/definitions.h"
#include "vault/records/id.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/search/index.h"

namespace custos::vault {

using nlohmann::json;

const char* const kIndexTables = R"sql(
CREATE TABLE author (
    id    BLOB PRIMARY KEY,          -- AuthorId
    since INTEGER NOT NULL,          -- entry that introduced the key
    key   BLOB NOT NULL,             -- Ed25519 public key
    name  TEXT NOT NULL
) STRICT;
CREATE TABLE setting (               -- entries about the vault as a whole, the newest of each verb
    verb TEXT PRIMARY KEY,
    idx  INTEGER NOT NULL
) STRICT;
CREATE TABLE definition (            -- fields, terms, queries of the vault's own
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    idx  INTEGER NOT NULL,           -- entry whose body holds the newest value
    PRIMARY KEY (what, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    row      INTEGER PRIMARY KEY,    -- in order of creation
    id       BLOB NOT NULL UNIQUE,   -- prefix letter || 16 random bytes
    code     TEXT NOT NULL UNIQUE,
    kind     INTEGER NOT NULL,
    state    INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    head     INTEGER NOT NULL,       -- entry whose body holds the newest fields
    created  INTEGER NOT NULL,       -- ms
    updated  INTEGER NOT NULL,       -- ms
    date_min INTEGER,                -- days since 1970-01-01: bounds of what happened
    date_max INTEGER
) STRICT;
CREATE INDEX record_by_update ON record(updated);
CREATE TABLE event (                 -- which entries are about a record
    row      INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    revision INTEGER NOT NULL,       -- 0 for what changes no fields
    PRIMARY KEY (row, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE link (
    from_row INTEGER NOT NULL,
    role     TEXT NOT NULL,
    to_id    BLOB NOT NULL,
    idx      INTEGER NOT NULL,
    PRIMARY KEY (from_row, role, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_target ON link(to_id);
CREATE TABLE reference (             -- records named in fields
    from_row INTEGER NOT NULL,
    path     TEXT NOT NULL,
    to_id    BLOB NOT NULL,
    PRIMARY KEY (from_row, path, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_by_target ON reference(to_id);
CREATE TABLE likeness (              -- names as they sound, numbers, days: vault/records/name_keys.h
    row INTEGER NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (row, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_by_key ON likeness(key, row);
CREATE TABLE object (                -- sealed files
    row    INTEGER NOT NULL,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (row, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX object_by_name ON object(name);
CREATE INDEX object_by_hash ON object(sha256);
)sql";

const std::array<IndexTable, 12> kComparedTables = {{
    {"author", "SELECT id, since, key, name FROM author ORDER BY id"},
    {"setting", "SELECT verb, idx FROM setting ORDER BY verb"},
    {"definition", "SELECT what, name, idx FROM definition ORDER BY what, name"},
    {"record",
     "SELECT row, id, code, kind, state, revision, head, created, updated, date_min, date_max "
     "FROM record ORDER BY row"},
    {"event", "SELECT row, idx, revision FROM event ORDER BY row, idx"},
    {"link", "SELECT from_row, role, to_id, idx FROM link ORDER BY from_row, role, to_id"},
    {"reference", "SELECT from_row, path, to_id FROM reference ORDER BY from_row, path, to_id"},
    // By what a path says: its number tells the order of first use, and a purge takes uses away.
    {"field_path",
     "SELECT kind, path FROM field_path WHERE id IN (SELECT path FROM value_rows) "
     "ORDER BY kind, path"},
    {"value_rows",
     "SELECT (field_path.id IS NULL) * value_rows.path, kind, field_path.path, value, chunk, rows "
     "FROM value_rows LEFT JOIN field_path ON field_path.id = value_rows.path "
     "ORDER BY 1, 2, 3, value, chunk"},
    {"row_values", "SELECT row, length(keys) FROM row_values ORDER BY row"},
    {"likeness", "SELECT row, key FROM likeness ORDER BY row, key"},
    {"object", "SELECT row, name, sha256 FROM object ORDER BY row, name"},
}};

namespace {

Error does_not_fit(const Entry& entry) {
    return Error{ErrorCode::integrity,
                 "log entry " + std::to_string(entry.index) + " does not fit what came before it",
                 "run custos check, then restore from a backup"};
}

json parsed(const Entry& entry, const Bytes& body) {
    json object = json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) throw does_not_fit(entry);
    return object;
}

void set_dates(Database& database, std::int64_t row, const std::optional<DateBounds>& dates) {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    if (dates) {
        min = dates->min;
        max = dates->max;
    }
    database.run("UPDATE record SET date_min = ?, date_max = ? WHERE row = ?", min, max, row);
}

void note_event(Database& database, std::int64_t row, const Entry& entry, std::int64_t revision) {
    database.run("INSERT INTO event (row, idx, revision) VALUES (?, ?, ?)", row, entry.index,
                 revision);
    database.run("UPDATE record SET updated = ? WHERE row = ?", entry.time, row);
}

void put_object(Database& database, std::int64_t row, const json& object) {
    database.run("INSERT INTO object (row, name, sha256) VALUES (?, ?, ?)", row,
                 object.at("name").get_ref<const std::string&>(),
                 object.at("sha256").get_ref<const std::string&>());
}

void apply_link(Database& database, const Entry& entry, const RecordRow& record, const json& body) {
    note_event(database, record.row, entry, 0);
    if (body.is_null()) return;
    const auto to = parse_id(body.at("to").get_ref<const std::string&>());
    if (!to) throw does_not_fit(entry);
    const std::string& role = body.at("role").get_ref<const std::string&>();
    if (entry.verb == Verb::link) {
        // Again for the same two: something was said of the link.
        database.run("INSERT OR REPLACE INTO link (from_row, role, to_id, idx) VALUES (?, ?, ?, ?)",
                     record.row, role, key_of(*to), entry.index);
    } else {
        database.run("DELETE FROM link WHERE from_row = ? AND role = ? AND to_id = ?", record.row,
                     role, key_of(*to));
    }
}

void apply_definition(Database& database, const Entry& entry, const json& body) {
    const std::string& what = body.at("what").get_ref<const std::string&>();
    const std::string& name = body.at("name").get_ref<const std::string&>();
    if (is_taken_back(body)) {
        database.run("DELETE FROM definition WHERE what = ? AND name = ?", what, name);
    } else {
        database.run("INSERT OR REPLACE INTO definition (what, name, idx) VALUES (?, ?, ?)", what,
                     name, entry.index);
    }
}

}  // namespace

IndexWriter::IndexWriter(Database& database) : database_(database), values_(database) {}

void IndexWriter::apply(Transaction& transaction, const Entry& entry,
                        const std::optional<Bytes>& body) {
    apply(transaction, entry, body ? parsed(entry, *body) : json());
}

void IndexWriter::apply(Transaction& transaction, const Entry& entry, const json& body) {
    try {
        if (entry.subject == kVaultSubject) {
            apply_to_vault(entry, body);
            return;
        }
        const auto id = parse_id(entry.subject);
        if (!id) throw does_not_fit(entry);
        apply_to_record(transaction, entry, *id, body);
    } catch (const json::exception&) {
        throw does_not_fit(entry);  // a body without what its verb needs
    }
}

void IndexWriter::apply(Transaction& transaction, const Entry& entry, const Content& content) {
    const auto id = parse_id(entry.subject);
    if (!id) throw does_not_fit(entry);
    if (entry.verb == Verb::create) {
        create(transaction, entry, *id, &content);
    } else if (const auto record = find_row(database_, *id); record && entry.verb == Verb::revise) {
        revise(transaction, entry, *record, &content);
    } else {
        throw does_not_fit(entry);
    }
}

void IndexWriter::apply_to_vault(const Entry& entry, const json& body) {
    if (entry.verb == Verb::author || entry.verb == Verb::succession) {
        const auto key = crypto::from_base64(body.at("key").get_ref<const std::string&>());
        if (!key || key->size() != 32) throw does_not_fit(entry);
        crypto::VerifyKey verify_key;
        std::copy(key->begin(), key->end(), verify_key.bytes.begin());
        database_.run("INSERT OR IGNORE INTO author (id, since, key, name) VALUES (?, ?, ?, ?)",
                      author_id_of(verify_key), entry.index, verify_key.bytes,
                      body.at("name").get_ref<const std::string&>());
    }
    if (entry.verb == Verb::define && !body.is_null()) apply_definition(database_, entry, body);
    database_.run("INSERT OR REPLACE INTO setting (verb, idx) VALUES (?, ?)", name_of(entry.verb),
                  entry.index);
}

void IndexWriter::apply_to_record(Transaction& transaction, const Entry& entry, const RecordId& id,
                                  const json& body) {
    const bool creates = entry.verb == Verb::create || entry.verb == Verb::attach;
    const auto record = creates ? std::nullopt : find_row(database_, id);
    if (!record && !creates) throw does_not_fit(entry);
    std::optional<Content> content;  // an erased body has none: a purge follows
    if (!body.is_null() && (creates || entry.verb == Verb::revise))
        content = reader_.read(id.kind, body.at("fields"));
    const Content* const given = content ? &*content : nullptr;
    if (creates) {
        const std::int64_t row = create(transaction, entry, id, given);
        if (body.contains("object")) put_object(database_, row, body.at("object"));
        return;
    }
    switch (entry.verb) {
        case Verb::revise: revise(transaction, entry, *record, given); break;
        case Verb::link:
        case Verb::unlink: apply_link(database_, entry, *record, body); break;
        case Verb::trash: set_state(entry, *record, State::trashed); break;
        case Verb::restore: set_state(entry, *record, State::live); break;
        case Verb::purge: purge(transaction, entry, *record); break;
        case Verb::merge: merge(entry, *record, body); break;
        case Verb::unmerge: unmerge(entry, *record); break;
        default: note_event(database_, record->row, entry, 0); break;
    }
}

std::int64_t IndexWriter::create(Transaction& transaction, const Entry& entry, const RecordId& id,
                                 const Content* content) {
    const auto day = [&](std::int64_t DateBounds::*end) {
        return content != nullptr && content->dates ? std::optional((*content->dates).*end)
                                                    : std::nullopt;
    };
    // The shortest code of at least five digits that no record has yet.
    bool stored = false;
    for (std::size_t digits = kCodeDigitsMin; digits <= kIdDigits && !stored; ++digits) {
        database_.run(
            "INSERT INTO record (id, code, kind, state, revision, head, created, updated, "
            "date_min, date_max) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            key_of(id), code_text(id, digits), static_cast<int>(id.kind),
            static_cast<int>(State::live), entry.index, entry.time, entry.time,
            day(&DateBounds::min), day(&DateBounds::max));
        stored = database_.changes() > 0;
    }
    if (!stored) throw does_not_fit(entry);  // the same id again
    const std::int64_t row = database_.last_row_id();
    database_.run("INSERT INTO event (row, idx, revision) VALUES (?, ?, 1)", row, entry.index);
    values_.set_state(row, id.kind, std::nullopt, State::live);
    if (content != nullptr) put_content(transaction, row, id.kind, *content);
    return row;
}

void IndexWriter::revise(Transaction& transaction, const Entry& entry, const RecordRow& record,
                         const Content* content) {
    database_.run("UPDATE record SET revision = ?, head = ? WHERE row = ?", record.revision + 1,
                  entry.index, record.row);
    note_event(database_, record.row, entry, record.revision + 1);
    if (content == nullptr) return;
    forget_content(transaction, record.row);
    set_dates(database_, record.row, content->dates);
    put_content(transaction, record.row, record.id.kind, *content);
}

void IndexWriter::set_state(const Entry& entry, const RecordRow& record, State state) {
    database_.run("UPDATE record SET state = ? WHERE row = ?", static_cast<int>(state), record.row);
    values_.set_state(record.row, record.id.kind, record.state, state);
    note_event(database_, record.row, entry, 0);
}

// The link says where it went and by which entry; a purge takes it away like every other.
void IndexWriter::merge(const Entry& entry, const RecordRow& record, const json& body) {
    set_state(entry, record, State::merged);
    if (body.is_null()) return;
    const auto into = parse_id(body.at("into").get_ref<const std::string&>());
    if (!into) throw does_not_fit(entry);
    database_.run("INSERT INTO link (from_row, role, to_id, idx) VALUES (?, ?, ?, ?)", record.row,
                  kMergedInto, key_of(*into), entry.index);
}

void IndexWriter::unmerge(const Entry& entry, const RecordRow& record) {
    set_state(entry, record, State::live);
    database_.run("DELETE FROM link WHERE from_row = ? AND role = ?", record.row, kMergedInto);
}

void IndexWriter::purge(Transaction& transaction, const Entry& entry, const RecordRow& record) {
    set_state(entry, record, State::purged);
    set_dates(database_, record.row, std::nullopt);
    forget_content(transaction, record.row);
    database_.run("DELETE FROM link WHERE from_row = ?", record.row);
    database_.run("DELETE FROM object WHERE row = ?", record.row);
}

void IndexWriter::forget_content(Transaction& transaction, std::int64_t row) {
    database_.run("DELETE FROM reference WHERE from_row = ?", row);
    database_.run("DELETE FROM likeness WHERE row = ?", row);
    values_.forget(row);
    unindex_text(transaction, row);
}

void IndexWriter::put_content(Transaction& transaction, std::int64_t row, Kind kind,
                              const Content& content) {
    for (const FieldReference& reference : content.references) {
        database_.run("INSERT OR IGNORE INTO reference (from_row, path, to_id) VALUES (?, ?, ?)",
                      row, reference.path, key_of(reference.to));
    }
    values_.put(row, kind, content.values, content.dates);
    for (const std::string& key : content.likenesses)
        database_.run("INSERT INTO likeness (row, key) VALUES (?, ?)", row, key);
    index_words(transaction, row, content.title_words, content.text_words);
}

}  // namespace custos::vault
