// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/merge.h"

#include <algorithm>

#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/rows.h"
#include "vault/records/schema.h"

namespace custos::vault {

using nlohmann::json;

namespace {

struct LogItem {
    Verb verb = Verb::create;
    RecordId subject;
    json body;  // null if it was erased
};

LogItem item_at(const Vault& vault, std::uint64_t index) {
    const StoredEntry stored = vault.log().at(index);
    const auto entry = decode_entry(stored.entry);
    const auto subject = entry ? parse_id(entry->subject) : std::nullopt;
    if (!subject) {
        throw Error{ErrorCode::integrity, "log entry " + std::to_string(index) + " is damaged",
                    "run custos check, then restore from a backup"};
    }
    LogItem item{entry->verb, *subject, {}};
    if (stored.body) item.body = json::parse(stored.body->begin(), stored.body->end());
    return item;
}

struct Event {
    std::uint64_t index = 0;
    int revision = 0;
};

std::vector<Event> events_of(Database& database, std::int64_t row) {
    std::vector<Event> events;
    Query query(database, "SELECT idx, revision FROM event WHERE row = ? ORDER BY idx");
    query.bind(row);
    while (query.step()) {
        events.push_back(
            {static_cast<std::uint64_t>(query.integer(0)), static_cast<int>(query.integer(1))});
    }
    return events;
}

struct Way {
    RecordId into;
    std::uint64_t entry = 0;  // that merged it
};

// Where a merged record went, one step.
std::optional<Way> way_of(Database& database, std::int64_t row) {
    Query query(database, "SELECT to_id, idx FROM link WHERE from_row = ? AND role = ?");
    if (!query.bind(row, kMergedInto).step()) return std::nullopt;
    return Way{id_of_key(query.blob(0)), static_cast<std::uint64_t>(query.integer(1))};
}

// Those that name `id` in a field or a link, whatever their state, but for the purged.
std::vector<RecordRow> namers_of(Database& database, const RecordId& id) {
    std::vector<RecordRow> rows;
    Query query(database, "SELECT " CUSTOS_RECORD_COLUMNS
                          " FROM record WHERE state <> 2 AND row IN "
                          "(SELECT from_row FROM reference WHERE to_id = ?1 UNION "
                          " SELECT from_row FROM link WHERE to_id = ?1) ORDER BY row");
    query.bind(key_of(id));
    while (query.step()) rows.push_back(row_from(query));
    return rows;
}

bool has_link(Database& database, std::int64_t row, const std::string& role, const RecordId& to) {
    Query query(database, "SELECT 1 FROM link WHERE from_row = ? AND role = ? AND to_id = ?");
    return query.bind(row, role, key_of(to)).step();
}

// The bodies of the links that a record has: role, to, and what was said of them.
std::vector<json> link_bodies(const Vault& vault, std::int64_t row) {
    std::vector<std::uint64_t> entries;
    {
        Query query(vault.database(),
                    "SELECT idx FROM link WHERE from_row = ? AND role <> ? ORDER BY idx");
        query.bind(row, kMergedInto);
        while (query.step()) entries.push_back(static_cast<std::uint64_t>(query.integer(0)));
    }
    std::vector<json> bodies;
    for (const std::uint64_t index : entries) {
        LogItem item = item_at(vault, index);
        if (!item.body.is_null()) bodies.push_back(std::move(item.body));
    }
    return bodies;
}

// One in a list of references, and of two entries of a map the one that says less: `named` comes
// before `withheld` in its vocabulary.
void tidy_references(const Schema& schema, Kind kind, json& fields, const RecordId& from,
                     const RecordId& to) {
    for (const Field& field : schema.fields(kind)) {
        const auto found = fields.find(field.name);
        if (found == fields.end()) continue;
        if (field.type == FieldType::reference_list && found->is_array()) {
            const bool has_both =
                std::find(found->begin(), found->end(), json(to_text(to))) != found->end();
            const auto old = std::find(found->begin(), found->end(), json(to_text(from)));
            if (has_both && old != found->end()) found->erase(old);
        } else if (field.type == FieldType::reference_map && found->is_object() &&
                   found->contains(to_text(from)) && found->contains(to_text(to))) {
            const auto words = schema.vocabulary(field.vocabulary).terms;
            const auto place = [&](const RecordId& id) {
                return std::find_if(words.begin(), words.end(), [&](const Term& term) {
                    return term.key == (*found)[to_text(id)].get<std::string>();
                });
            };
            if (place(from) > place(to)) (*found)[to_text(to)] = (*found)[to_text(from)];
            found->erase(to_text(from));
        }
    }
}

json with_other_replaced(const Schema& schema, Kind kind, json fields, const RecordId& from,
                         const RecordId& to) {
    tidy_references(schema, kind, fields, from, to);
    return with_references(schema, kind, fields,
                           [&](const RecordId& id) { return to_text(id == from ? to : id); });
}

// Appends entries of one merge, or of its undoing, and remembers which.
class Writer {
public:
    explicit Writer(Change& change) : change_(change) {}

    void append(Verb verb, const RecordId& subject, const json& body) {
        const RecordRow row = require_row(change_.vault().database(), subject);
        const Entry entry =
            change_.append({verb, to_text(subject), {row.head}, to_bytes(bytes_of(body.dump()))});
        entries_.push_back(entry.index);
    }
    [[nodiscard]] const std::vector<std::uint64_t>& entries() const { return entries_; }

private:
    Change& change_;
    std::vector<std::uint64_t> entries_;
};

Record require_live(const Vault& vault, const RecordId& id) {
    Record record = get_record(vault, id);
    if (record.state == State::live) return record;
    throw Error{ErrorCode::refused,
                "cannot merge " + record.code + ": it is " + std::string(name_of(record.state))};
}

void refuse_if_related(const Schema& schema, const Record& a, const Record& b) {
    for (const FieldReference& reference : references(schema, a.id.kind, a.fields)) {
        if (reference.to != b.id) continue;
        throw Error{ErrorCode::refused,
                    "cannot merge " + a.code + " and " + b.code + ": " + a.code + " names " +
                        b.code + " in its field " + reference.path,
                    "if they are one, take that away first: custos edit " + a.code};
    }
    for (const Link& link : a.links) {
        if (link.to != b.id || link.role == "same_as") continue;
        throw Error{ErrorCode::refused,
                    "cannot merge " + a.code + " and " + b.code + ": one is linked to the other",
                    "if they are one, take the link away first: custos unlink " + a.code + " " +
                        link.role + " " + b.code};
    }
}

void move_links_to(Writer& writer, const Vault& vault, const RecordRow& from, Merged& merged) {
    Database& database = vault.database();
    for (json& body : link_bodies(vault, from.row)) {
        if (body["to"] != to_text(merged.other)) continue;
        writer.append(Verb::unlink, from.id, {{"role", body["role"]}, {"to", body["to"]}});
        ++merged.links;
        const bool to_itself = from.id == merged.kept;
        if (to_itself || has_link(database, from.row, body["role"], merged.kept)) continue;
        body["to"] = to_text(merged.kept);
        writer.append(Verb::link, from.id, body);
    }
}

void move_links_from(Writer& writer, const Vault& vault, Merged& merged) {
    Database& database = vault.database();
    const RecordRow other = require_row(database, merged.other);
    const RecordRow kept = require_row(database, merged.kept);
    for (const json& body : link_bodies(vault, other.row)) {
        const auto to = parse_id(body["to"].get_ref<const std::string&>());
        if (!to || *to == merged.kept || has_link(database, kept.row, body["role"], *to)) continue;
        writer.append(Verb::link, merged.kept, body);
        ++merged.links;
    }
}

}  // namespace

Merged merge_records(Change& change, const RecordId& kept, const RecordId& other,
                     const std::set<std::string>& take) {
    const Vault& vault = change.vault();
    const bool can =
        kept.kind == other.kind && (kept.kind == Kind::person || kept.kind == Kind::incident);
    if (!can || kept == other) {
        throw Error{ErrorCode::usage, "two persons or two incidents can be merged, nothing else"};
    }
    const Record mine = require_live(vault, kept);
    const Record theirs = require_live(vault, other);
    refuse_if_related(vault.schema(), mine, theirs);
    refuse_if_related(vault.schema(), theirs, mine);

    Merged merged{kept, other, {}, {}, {}, 0};
    Writer writer(change);
    Combined combined =
        combined_fields(vault.schema(), kept.kind, mine.fields, theirs.fields, take);
    if (combined.fields != mine.fields)
        writer.append(Verb::revise, kept, {{"fields", combined.fields}});
    merged.grown = std::move(combined.grown);
    merged.conflicts =
        combined_fields(vault.schema(), kept.kind, shown_fields(vault, kept.kind, mine.fields),
                        shown_fields(vault, other.kind, theirs.fields), take)
            .conflicts;

    for (const RecordRow& row : namers_of(vault.database(), other)) {
        if (row.id == other) continue;
        const json fields = get_record(vault, row.id).fields;
        json moved = with_other_replaced(vault.schema(), row.id.kind, fields, other, kept);
        const std::size_t before = writer.entries().size();
        if (moved != fields) writer.append(Verb::revise, row.id, {{"fields", std::move(moved)}});
        move_links_to(writer, vault, row, merged);
        if (writer.entries().size() != before) merged.changed.push_back(row.id);
    }
    move_links_from(writer, vault, merged);
    const std::vector<std::uint64_t> entries = writer.entries();
    writer.append(Verb::merge, other, {{"into", to_text(kept)}, {"entries", entries}});
    return merged;
}

namespace {

class Undoing {
public:
    Undoing(Change& change, Unmerged& result)
        : vault_(change.vault()), writer_(change), result_(result) {}

    void undo(std::uint64_t index) {
        const LogItem item = item_at(vault_, index);
        const RecordRow row = require_row(vault_.database(), item.subject);
        if (item.body.is_null() || row.state == State::purged) return;
        const std::size_t before = writer_.entries().size();
        if (item.verb == Verb::revise) {
            undo_fields(row, index, item.body.at("fields"));
        } else if (item.verb == Verb::link) {
            undo_link(row, item.body);
        } else {
            undo_unlink(row, index, item.body);
        }
        const bool is_new = std::find(result_.changed.begin(), result_.changed.end(), row.id) ==
                            result_.changed.end();
        if (writer_.entries().size() != before && row.id != result_.kept && is_new)
            result_.changed.push_back(row.id);
    }

    void finish() {
        writer_.append(Verb::unmerge, result_.other, {{"from", to_text(result_.kept)}});
    }

private:
    void undo_fields(const RecordRow& row, std::uint64_t index, const json& after) {
        json before;
        for (const Event& event : events_of(vault_.database(), row.row)) {
            if (event.index >= index) break;
            if (event.revision > 0) before = item_at(vault_, event.index).body.at("fields");
        }
        const json now = get_record(vault_, row.id).fields;
        TakenBack back = taken_back(before, after, now);
        for (const std::string& path : back.left) result_.left.push_back(row.code + " " + path);
        if (back.fields != now)
            writer_.append(Verb::revise, row.id, {{"fields", std::move(back.fields)}});
    }

    void undo_link(const RecordRow& row, const json& body) {
        const std::string role = body.at("role");
        const auto to = parse_id(body.at("to").get_ref<const std::string&>());
        if (!to || !has_link(vault_.database(), row.row, role, *to)) return;
        writer_.append(Verb::unlink, row.id, {{"role", role}, {"to", to_text(*to)}});
        ++result_.links;
    }

    // The link that was taken away, with all that was said of it: its entry is the newest before.
    void undo_unlink(const RecordRow& row, std::uint64_t index, const json& body) {
        const auto to = parse_id(body.at("to").get_ref<const std::string&>());
        if (!to || has_link(vault_.database(), row.row, body.at("role"), *to)) return;
        json link;
        for (const Event& event : events_of(vault_.database(), row.row)) {
            if (event.index >= index) break;
            if (event.revision != 0) continue;
            LogItem item = item_at(vault_, event.index);
            const bool same = item.verb == Verb::link && item.subject == row.id &&
                              item.body.is_object() && item.body["role"] == body["role"] &&
                              item.body["to"] == body["to"];
            if (same) link = std::move(item.body);
        }
        if (link.is_null()) return;
        writer_.append(Verb::link, row.id, link);
        ++result_.links;
    }

    const Vault& vault_;
    Writer writer_;
    Unmerged& result_;
};

}  // namespace

Unmerged unmerge_record(Change& change, const RecordId& other) {
    const Vault& vault = change.vault();
    const RecordRow row = require_row(vault.database(), other);
    const auto way = way_of(vault.database(), row.row);
    if (!way) {
        throw Error{ErrorCode::conflict, "cannot unmerge " + row.code + ": it is not merged"};
    }
    Unmerged result{way->into, other, {}, 0, {}};
    const RecordRow kept = require_row(vault.database(), result.kept);
    if (kept.state == State::merged) {
        throw Error{ErrorCode::refused,
                    "cannot unmerge " + row.code + ": " + kept.code +
                        ", which it went into, was merged itself since",
                    "undo that first: custos unmerge " + kept.code};
    }
    Undoing undoing(change, result);
    const auto entries =
        item_at(vault, way->entry).body.at("entries").get<std::vector<std::uint64_t>>();
    for (auto index = entries.rbegin(); index != entries.rend(); ++index) undoing.undo(*index);
    undoing.finish();
    return result;
}

std::optional<RecordId> merged_into(const Vault& vault, const RecordId& id) {
    std::optional<RecordId> last;
    RecordRow row = require_row(vault.database(), id);
    for (auto way = way_of(vault.database(), row.row); way;
         way = way_of(vault.database(), row.row)) {
        last = way->into;
        row = require_row(vault.database(), way->into);
    }
    return last;
}

std::vector<RecordId> merged_from(const Vault& vault, const RecordId& id) {
    std::vector<RecordId> from;
    Query query(vault.database(),
                "SELECT record.id FROM link JOIN record ON record.row = link.from_row "
                "WHERE link.to_id = ? AND link.role = ? ORDER BY record.row");
    query.bind(key_of(id), kMergedInto);
    while (query.step()) from.push_back(id_of_key(query.blob(0)));
    return from;
}

}  // namespace custos::vault
