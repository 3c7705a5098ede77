// SPDX-License-Identifier: GPL-3.0-or-later
// Records as their users see them: stored, revised, linked, listed. Every change is a log entry;
// every answer is read from the log's bodies through the index (vault/records/index.h).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/content.h"
#include "vault/records/id.h"
#include "vault/search/snippet.h"
#include "vault/vault.h"

namespace custos::vault {

// `merged`: into another record, see vault/records/merge.h.
enum class State { live, trashed, purged, merged };
std::string_view name_of(State state);

// The role by which the index keeps where a merged record went. No link of a live record has it.
inline constexpr std::string_view kMergedInto = "merged_into";

struct Link {
    std::string role;
    RecordId to;
    std::string to_code;
};

struct Record {
    RecordId id;
    std::string code;  // "T-7K3QD": short, given at creation, stable for ever
    int revision = 0;  // of these fields; the first is 1
    State state = State::live;
    Milliseconds created = 0;
    Milliseconds updated = 0;
    nlohmann::json fields;  // as stored: references are full ids. Null when purged
    nlohmann::json
        object;  // exhibits: the sealed object (vault/objects). Holds a secret: never print
    std::vector<Link> links;  // explicit ones, sorted by role and code
};

struct HistoryItem {
    std::uint64_t index = 0;  // in the log
    Verb verb = Verb::create;
    Milliseconds time = 0;
    AuthorId author{};
    std::string author_name;
    int revision = 0;     // for create, attach and revise; else 0
    nlohmann::json body;  // null when erased; may hold a secret for attach: use with care
};

struct ListQuery {
    std::optional<Kind> kind;
    std::vector<std::string> where;  // conditions, all of which must hold: filter.h
    std::string sort;  // a field, "created", "updated", "date" or "code"; "-" before it reverses
    std::size_t offset = 0;
    std::size_t limit = 0;  // 0: all
    State state = State::live;
};

struct ListResult {
    std::size_t total = 0;  // without limit and offset
    std::vector<Record> items;
};

// The day of the vault's clock, in days since 1970-01-01 (UTC).
[[nodiscard]] std::int64_t today(const Vault& vault);

// ---- reading -----------------------------------------------------------------------------------

// A code, a full id, or a unique prefix of one. Error{not_found}, or Error{usage} with the codes
// that it could mean.
[[nodiscard]] RecordId resolve(const Vault& vault, std::string_view text);
// Nothing for an unknown id.
[[nodiscard]] std::optional<State> state_of_record(const Vault& vault, const RecordId& id);
[[nodiscard]] std::string code_of(const Vault& vault, const RecordId& id);

// Error{not_found} for an unknown id or revision. Purged records have no fields.
[[nodiscard]] Record get_record(const Vault& vault, const RecordId& id,
                                std::optional<int> revision = std::nullopt);
[[nodiscard]] ListResult list_records(const Vault& vault, const ListQuery& query);
// The same, one record at a time. Returns the total.
std::size_t each_listed(const Vault& vault, const ListQuery& query,
                        const std::function<void(const Record&)>& visit);
// Every record of a kind in order of creation, whatever its state.
void each_record(const Vault& vault, std::optional<Kind> kind,
                 const std::function<void(const Record&)>& visit);
[[nodiscard]] std::vector<HistoryItem> history_of(const Vault& vault, const RecordId& id);
// Live records whose fields or links point at `id`.
[[nodiscard]] std::vector<RecordId> referrers_of(const Vault& vault, const RecordId& id);
[[nodiscard]] std::uint64_t count_records(const Vault& vault, Kind kind, State state);

// The fields with every reference written as a code: what people and their scripts see.
[[nodiscard]] nlohmann::json shown_fields(const Vault& vault, Kind kind,
                                          const nlohmann::json& fields);
// The links of a record with what is said of them, in the order of Record::links: {"role", "to" (a
// full id), ...}.
[[nodiscard]] std::vector<nlohmann::json> links_with_fields(const Vault& vault, const RecordId& id);

// {"schema":"custos.record/1","id",…}: DESIGN section 7.
[[nodiscard]] nlohmann::json record_json(const Vault& vault, const Record& record);

// ---- searching ---------------------------------------------------------------------------------

struct RecordSearch {
    std::string text;
    std::optional<Kind> kind;
    std::optional<RecordId> about_case;
    std::string language;  // BCP 47 primary subtag or tag
    std::string country;   // ISO 3166-1 alpha-2
    std::string from, to;  // EDTF; overlap of bounds
    std::size_t limit = 20;
    std::size_t offset = 0;
    std::string tag = {};   // exactly, whatever its case
    std::string term = {};  // a term in any field, or a broader one: key, label or code
};

struct FoundRecord {
    RecordId id;
    std::string code;
    std::string title;
    Snippet snippet;   // stored text: make it harmless before printing
    double score = 0;  // higher is better
};

struct FoundRecords {
    std::size_t total = 0;
    std::vector<FoundRecord> hits;
};

[[nodiscard]] FoundRecords search_records(const Vault& vault, const RecordSearch& search);

// ---- writing -----------------------------------------------------------------------------------
// Fields are checked by the schema: Error{usage} names every problem, and nothing is stored.

// Import gives ids before it stores (`as`), and the set of all that are coming, so that the records
// of one import can refer to each other in any order: by full id.
using RecordSet = std::set<RecordId>;
RecordId create_record(Change& change, Kind kind, const nlohmann::json& fields,
                       std::optional<RecordId> as = std::nullopt,
                       const RecordSet* coming = nullptr);
// For exhibits: fields and the facts of the sealed object.
RecordId create_exhibit(Change& change, const nlohmann::json& fields, const nlohmann::json& object);
// Checked fields, ready to be stored. Imports make it in one thread and store it in another.
struct Revision {
    Bytes body;
    Content content;
};
[[nodiscard]] Revision read_revision(ContentReader& reader, Kind kind,
                                     const nlohmann::json& fields);
// `id` must be new.
void create_checked(Change& change, const RecordId& id, Revision revision);
int revise_checked(Change& change, const RecordId& id, Revision revision);
// Replaces all fields. Returns the new revision. Error{refused} for trashed and purged records.
int revise_record(Change& change, const RecordId& id, const nlohmann::json& fields);
// Error{conflict} if there is such a link already; `role` must be in the vocabulary. `about` is
// what is said of the link (vault/records/link_fields.h): if there is any, it replaces what was
// said of a link that is there.
void link_records(Change& change, const RecordId& from, std::string_view role, const RecordId& to,
                  const RecordSet* coming = nullptr,
                  const nlohmann::json& about = nlohmann::json::object());
void unlink_records(Change& change, const RecordId& from, std::string_view role,
                    const RecordId& to);
void trash_record(Change& change, const RecordId& id);
void restore_record(Change& change, const RecordId& id);
// Destroys every body of the record for good. Returns the names of sealed objects that no other
// exhibit uses; the caller removes the files after the commit.
std::vector<std::string> purge_record(Change& change, const RecordId& id, std::string_view reason);

}  // namespace custos::vault
