// SPDX-License-Identifier: GPL-3.0-or-later
// The writing half of the store.
#include <algorithm>

#include "crypto/error.h"
#include "vault/records/check.h"
#include "vault/records/index.h"
#include "vault/records/link_fields.h"
#include "vault/records/merge.h"
#include "vault/records/part_of.h"
#include "vault/records/rows.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"
#include "vault/search/index.h"

namespace custos::vault {

using nlohmann::json;

namespace {

Bytes body_of(const json& object) { return to_bytes(bytes_of(object.dump())); }

// What a person typed as a reference, as the schema's check wants it answered.
Resolved resolve_reference(const Vault& vault, std::string_view text) {
    Resolved resolved;
    try {
        const RecordId id = resolve(vault, text);
        resolved.id = merged_into(vault, id).value_or(id);  // an old code still leads there
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
    }
    return resolved;
}

// `before` are the fields of the revision that these replace, if there is one.
json checked_fields(Change& change, Kind kind, const json& given, const RecordSet* coming,
                    const json& before = nullptr) {
    const Vault& vault = change.vault();
    const auto look_up = [&](std::string_view text) {
        if (coming != nullptr) {
            if (const auto id = parse_id(text); id && coming->contains(*id))
                return Resolved{id, {}};
        }
        return resolve_reference(vault, text);
    };
    Checked checked = check_fields(vault.schema(), kind, given, look_up, today(vault));
    if (!before.is_null()) drop_answered(checked.problems, before, checked.fields);
    if (!checked.ok()) throw problems_error(kind, checked.problems);
    for (std::string& note : checked.notes) change.note(std::move(note));
    return std::move(checked.fields);
}

RecordRow changeable(Change& change, const RecordId& id) {
    RecordRow record = require_row(change.vault().database(), id);
    if (record.state == State::live) return record;
    if (const auto into = merged_into(change.vault(), id)) {
        throw Error{ErrorCode::refused, "cannot change " + record.code + ": it was merged",
                    "change " + code_of(change.vault(), *into) +
                        ", or take it back with custos "
                        "unmerge " +
                        record.code};
    }
    const bool purged = record.state == State::purged;
    throw Error{
        ErrorCode::refused,
        "cannot change " + record.code + ": it " + (purged ? "was purged" : "is in the trash"),
        purged ? "a purged record cannot come back"
               : "bring it back with custos restore " + record.code};
}

std::string require_role(const Vault& vault, std::string_view role) {
    const Vocabulary& roles = vault.schema().vocabulary(VocabularyId::link_role);
    if (const Term* term = find_written_term(roles, role)) return std::string(term->key);
    std::vector<std::string_view> keys;
    for (const Term& term : roles.terms) keys.push_back(term.key);
    const auto near = nearest(role, keys);
    throw Error{
        ErrorCode::usage, "there is no link role \"" + harmless_excerpt(role) + "\"",
        near.empty() ? "custos schema link_role lists them" : "did you mean " + either(near) + "?"};
}

bool has_link(Database& database, const RecordRow& from, const std::string& role,
              const RecordId& to) {
    Query query(database, "SELECT 1 FROM link WHERE from_row = ? AND role = ? AND to_id = ?");
    return query.bind(from.row, role, key_of(to)).step();
}

json link_body(const std::string& role, const RecordId& to, json about = json::object()) {
    about["role"] = role;
    about["to"] = to_text(to);
    return about;
}

void change_state(Change& change, const RecordRow& record, Verb verb, const json& body) {
    change.append({verb, to_text(record.id), {record.head}, body_of(body)});
}

void require_new(Change& change, const RecordId& id) {
    if (!find_row(change.vault().database(), id)) return;
    throw Error{ErrorCode::conflict, "there is a record with the id " + to_text(id) + " already"};
}

}  // namespace

std::int64_t today(const Vault& vault) {
    constexpr Milliseconds kPerDay = 86'400'000;
    const Milliseconds now = vault.surroundings().clock();
    return now / kPerDay - (now % kPerDay < 0 ? 1 : 0);
}

RecordId create_record(Change& change, Kind kind, const json& fields, std::optional<RecordId> as,
                       const RecordSet* coming) {
    const RecordId id = as ? *as : random_id(kind);
    if (as) require_new(change, id);
    const json checked = checked_fields(change, kind, fields, coming);
    create_checked(change, id, read_revision(change.vault().index().reader(), kind, checked));
    return id;
}

RecordId create_exhibit(Change& change, const json& fields, const json& object) {
    const RecordId id = random_id(Kind::exhibit);
    const json body = {{"fields", checked_fields(change, Kind::exhibit, fields, nullptr)},
                       {"object", object}};
    change.append({Verb::attach, to_text(id), {}, {}}, body);
    return id;
}

Revision read_revision(ContentReader& reader, Kind kind, const json& fields) {
    return {body_of({{"fields", fields}}), reader.read(kind, fields)};
}

void create_checked(Change& change, const RecordId& id, Revision revision) {
    refuse_cycle(change.vault(), id, revision.content.references);
    change.append({Verb::create, to_text(id), {}, std::move(revision.body)}, revision.content);
}

int revise_checked(Change& change, const RecordId& id, Revision revision) {
    const RecordRow record = changeable(change, id);
    refuse_cycle(change.vault(), id, revision.content.references);
    change.append({Verb::revise, to_text(id), {record.head}, std::move(revision.body)},
                  revision.content);
    return record.revision + 1;
}

int revise_record(Change& change, const RecordId& id, const json& fields) {
    (void)changeable(change, id);
    const json before = get_record(change.vault(), id).fields;
    const json checked = checked_fields(change, id.kind, fields, nullptr, before);
    return revise_checked(change, id,
                          read_revision(change.vault().index().reader(), id.kind, checked));
}

void link_records(Change& change, const RecordId& from, std::string_view role, const RecordId& to,
                  const RecordSet* coming, const json& about) {
    const std::string key = require_role(change.vault(), role);
    json checked = checked_link_fields(change.vault().schema(), about);
    const RecordRow record = changeable(change, from);
    if (coming == nullptr || !coming->contains(to)) {
        (void)changeable(change, to);
    }
    if (checked.empty() && has_link(change.vault().database(), record, key, to)) {
        throw Error{ErrorCode::conflict, record.code + " has that link already"};
    }
    if (key == kPartOf) refuse_cycle(change.vault(), from, to);
    change.append({Verb::link,
                   to_text(from),
                   {record.head},
                   body_of(link_body(key, to, std::move(checked)))});
}

void unlink_records(Change& change, const RecordId& from, std::string_view role,
                    const RecordId& to) {
    const std::string key = require_role(change.vault(), role);
    const RecordRow record = changeable(change, from);
    if (!has_link(change.vault().database(), record, key, to)) {
        throw Error{ErrorCode::not_found, record.code + " has no such link",
                    "custos show " + record.code + " lists its links"};
    }
    change.append({Verb::unlink, to_text(from), {record.head}, body_of(link_body(key, to))});
}

void trash_record(Change& change, const RecordId& id) {
    change_state(change, changeable(change, id), Verb::trash, json::object());
}

void restore_record(Change& change, const RecordId& id) {
    const RecordRow record = require_row(change.vault().database(), id);
    if (record.state != State::trashed) {
        const bool purged = record.state == State::purged;
        throw Error{purged ? ErrorCode::refused : ErrorCode::conflict,
                    "cannot restore " + record.code + ": it " +
                        (purged ? "was purged, which cannot be undone" : "is not in the trash")};
    }
    change_state(change, record, Verb::restore, json::object());
}

std::vector<std::string> purge_record(Change& change, const RecordId& id, std::string_view reason) {
    Database& database = change.vault().database();
    const RecordRow record = require_row(database, id);
    if (record.state == State::purged) {
        throw Error{ErrorCode::conflict, record.code + " was purged already"};
    }
    if (reason.find_first_not_of(" \t\n") == std::string_view::npos) {
        throw Error{ErrorCode::usage, "cannot purge " + record.code + " without a reason",
                    "say why with --reason; it stays in the log"};
    }
    std::vector<std::uint64_t> entries;
    Query events(database, "SELECT idx FROM event WHERE row = ? ORDER BY idx");
    events.bind(record.row);
    while (events.step()) entries.push_back(static_cast<std::uint64_t>(events.integer(0)));

    std::vector<std::string> objects;
    Query orphaned(
        database,
        "SELECT name FROM object WHERE row = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM object AS other WHERE other.name = object.name AND other.row <> ?1)");
    orphaned.bind(record.row);
    while (orphaned.step()) objects.emplace_back(orphaned.text(0));

    // Pages that this frees are overwritten, not only given back.
    database.execute("PRAGMA secure_delete = ON");
    for (const std::uint64_t index : entries) change.erase_body(index);
    change_state(change, record, Verb::purge, {{"reason", reason}});
    forget_unindexed(change.transaction());  // its words, too, leave the file
    return objects;
}

}  // namespace custos::vault
