// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of the store: one record at a time.
#include <algorithm>

#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/rows.h"
#include "vault/records/store.h"
#include "vault/records/text.h"

namespace custos::vault {

using nlohmann::json;

namespace {

constexpr std::size_t kChoicesMax = 5;

json body_at(const Vault& vault, std::uint64_t index) {
    const StoredEntry stored = vault.log().at(index);
    if (!stored.body) return {};
    json body = json::parse(stored.body->begin(), stored.body->end(), nullptr, false);
    if (body.is_object()) return body;
    throw Error{ErrorCode::integrity,
                "the body of log entry " + std::to_string(index) + " is damaged",
                "run custos check, then restore from a backup"};
}

// The entry whose body holds this revision.
std::uint64_t entry_of_revision(Database& database, const RecordRow& record, int revision) {
    Query query(database, "SELECT idx FROM event WHERE row = ? AND revision = ?");
    if (revision >= 1 && query.bind(record.row, revision).step()) {
        return static_cast<std::uint64_t>(query.integer(0));
    }
    throw Error{ErrorCode::not_found,
                record.code + " has no revision " + std::to_string(revision) + "; the newest is " +
                    std::to_string(record.revision),
                "custos history " + record.code + " lists them"};
}

std::vector<Link> links_of(Database& database, std::int64_t row) {
    std::vector<Link> links;
    Query query(database,
                "SELECT link.role, link.to_id, coalesce(record.code, '') FROM link "
                "LEFT JOIN record ON record.id = link.to_id WHERE link.from_row = ? "
                "ORDER BY link.role, record.row");
    query.bind(row);
    while (query.step()) {
        links.push_back(
            {std::string(query.text(0)), id_of_key(query.blob(1)), std::string(query.text(2))});
    }
    return links;
}

// The first and the last key that begin with these digits.
std::pair<IdKey, IdKey> key_range(const IdQuery& wanted) {
    static constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    IdKey low{};
    IdKey high{};
    high.fill(0xff);
    low[0] = high[0] = static_cast<std::uint8_t>(prefix_of(wanted.kind));
    for (std::size_t i = 0; i < wanted.digits.size() * 5 && i < kIdSize * 8; ++i) {
        const std::size_t digit = kDigits.find(wanted.digits[i / 5]);
        const bool one = (digit >> (4 - i % 5) & 1U) != 0;
        const auto mask = static_cast<std::uint8_t>(0x80U >> (i % 8));
        std::uint8_t& low_byte = low[1 + i / 8];
        std::uint8_t& high_byte = high[1 + i / 8];
        if (one) {
            low_byte = static_cast<std::uint8_t>(low_byte | mask);
        } else {
            high_byte = static_cast<std::uint8_t>(high_byte & ~mask);
        }
    }
    return {low, high};
}

Record assemble(const Vault& vault, const RecordRow& row, std::uint64_t entry, int revision) {
    Record record;
    record.id = row.id;
    record.code = row.code;
    record.revision = revision;
    record.state = row.state;
    record.created = row.created;
    record.updated = row.updated;
    json body = body_at(vault, entry);
    if (!body.is_null()) record.fields = std::move(body["fields"]);
    if (row.id.kind == Kind::exhibit) {
        // The sealed object is in the body of the entry that attached it, whatever came later.
        const json attached = body_at(vault, entry_of_revision(vault.database(), row, 1));
        if (attached.is_object() && attached.contains("object")) record.object = attached["object"];
    }
    record.links = links_of(vault.database(), row.row);
    return record;
}

}  // namespace

std::string_view name_of(State state) {
    switch (state) {
        case State::live: return "live";
        case State::trashed: return "trashed";
        case State::purged: return "purged";
        case State::merged: return "merged";
    }
    return "unknown";
}

RecordId resolve(const Vault& vault, std::string_view text) {
    const auto wanted = parse_id_query(text);
    if (!wanted) {
        throw Error{ErrorCode::usage,
                    "\"" + harmless_excerpt(text) + "\" is not the id of a record",
                    "an id looks like T-7K3QD; custos list shows them"};
    }
    Database& database = vault.database();
    const std::string code = std::string(1, prefix_of(wanted->kind)) + "-" + wanted->digits;
    Query exact(database, "SELECT id FROM record WHERE code = ?");
    if (exact.bind(code).step()) return id_of_key(exact.blob(0));

    const auto [low, high] = key_range(*wanted);
    Query range(database, "SELECT id, code FROM record WHERE id BETWEEN ? AND ? LIMIT ?");
    range.bind(low, high, kChoicesMax + 1);
    std::vector<std::string> codes;
    RecordId found;
    while (range.step()) {
        found = id_of_key(range.blob(0));
        codes.emplace_back(range.text(1));
    }
    if (codes.size() == 1) return found;
    if (codes.empty()) {
        throw Error{ErrorCode::not_found, "there is no record " + code,
                    "custos list shows what there is"};
    }
    throw Error{ErrorCode::usage, code + " could be more than one record",
                "write more of it: " + either(codes)};
}

std::optional<State> state_of_record(const Vault& vault, const RecordId& id) {
    const std::optional<RecordRow> row = find_row(vault.database(), id);
    return row ? std::optional(row->state) : std::nullopt;
}

std::string code_of(const Vault& vault, const RecordId& id) {
    Query query(vault.database(), "SELECT code FROM record WHERE id = ?");
    if (query.bind(key_of(id)).step()) return std::string(query.text(0));
    return to_text(id);
}

Record get_record(const Vault& vault, const RecordId& id, std::optional<int> revision) {
    const RecordRow row = require_row(vault.database(), id);
    if (!revision || *revision == row.revision) return assemble(vault, row, row.head, row.revision);
    return assemble(vault, row, entry_of_revision(vault.database(), row, *revision), *revision);
}

void each_record(const Vault& vault, std::optional<Kind> kind,
                 const std::function<void(const Record&)>& visit) {
    // Rows first: `visit` may ask the store, and a record may be large.
    std::vector<RecordRow> rows;
    {
        Query query(vault.database(), "SELECT " CUSTOS_RECORD_COLUMNS
                                      " FROM record WHERE ?1 < 0 OR kind = ?1 ORDER BY row");
        query.bind(kind ? static_cast<int>(*kind) : -1);
        while (query.step()) rows.push_back(row_from(query));
    }
    for (const RecordRow& row : rows) visit(assemble(vault, row, row.head, row.revision));
}

std::vector<HistoryItem> history_of(const Vault& vault, const RecordId& id) {
    const RecordRow record = require_row(vault.database(), id);
    std::vector<std::pair<std::uint64_t, int>> events;
    {
        Query query(vault.database(), "SELECT idx, revision FROM event WHERE row = ? ORDER BY idx");
        query.bind(record.row);
        while (query.step()) {
            events.emplace_back(static_cast<std::uint64_t>(query.integer(0)),
                                static_cast<int>(query.integer(1)));
        }
    }
    std::vector<HistoryItem> items;
    for (const auto& [index, revision] : events) {
        const StoredEntry stored = vault.log().at(index);
        const auto entry = decode_entry(stored.entry);
        if (!entry) {
            throw Error{ErrorCode::integrity, "log entry " + std::to_string(index) + " is damaged",
                        "run custos check, then restore from a backup"};
        }
        HistoryItem item;
        item.index = index;
        item.verb = entry->verb;
        item.time = entry->time;
        item.author = entry->author;
        if (const auto author = vault.author(entry->author)) item.author_name = author->name;
        item.revision = revision;
        item.body = body_at(vault, index);
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<RecordId> referrers_of(const Vault& vault, const RecordId& id) {
    std::vector<RecordId> ids;
    Query query(vault.database(),
                "SELECT id FROM record WHERE state = 0 AND row IN "
                "(SELECT from_row FROM reference WHERE to_id = ?1 UNION "
                " SELECT from_row FROM link WHERE to_id = ?1) ORDER BY row");
    query.bind(key_of(id));
    while (query.step()) ids.push_back(id_of_key(query.blob(0)));
    return ids;
}

json shown_fields(const Vault& vault, Kind kind, const json& fields) {
    if (!fields.is_object()) return fields;
    return with_references(vault.schema(), kind, fields,
                           [&](const RecordId& id) { return code_of(vault, id); });
}

std::vector<json> links_with_fields(const Vault& vault, const RecordId& id) {
    std::vector<std::uint64_t> entries;
    {
        Query query(vault.database(),
                    "SELECT link.idx FROM link JOIN record AS own ON own.row = link.from_row "
                    "LEFT JOIN record ON record.id = link.to_id "
                    "WHERE own.id = ? AND link.role <> ? ORDER BY link.role, record.row");
        query.bind(key_of(id), kMergedInto);
        while (query.step()) entries.push_back(static_cast<std::uint64_t>(query.integer(0)));
    }
    std::vector<json> links;
    for (const std::uint64_t index : entries) links.push_back(body_at(vault, index));
    return links;
}

json record_json(const Vault& vault, const Record& record) {
    json links = json::array();
    for (json& link : links_with_fields(vault, record.id)) {
        const auto to = parse_id(link.at("to").get_ref<const std::string&>());
        if (to) link["to"] = code_of(vault, *to);
        links.push_back(std::move(link));
    }
    json into;
    for (const Link& link : record.links) {
        if (link.role == kMergedInto) into = link.to_code;
    }
    json object = {
        {"schema", "custos.record/1"},
        {"id", record.code},
        {"kind", name_of(record.id.kind)},
        {"revision", record.revision},
        {"state", name_of(record.state)},
        {"fields", shown_fields(vault, record.id.kind, record.fields)},
        {"links", std::move(links)},
        {"created", utc_text(record.created)},
        {"updated", utc_text(record.updated)},
    };
    if (!into.is_null()) object["merged_into"] = std::move(into);
    return object;
}

}  // namespace custos::vault
