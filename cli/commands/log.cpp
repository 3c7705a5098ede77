// SPDX-License-Identifier: GPL-3.0-or-later
// custos log show, custos log checkpoint: the append-only log and its newest signed state.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kShowOptions = {
    Option{"from", '\0', Takes::value, "INDEX", "from this entry on; the first is 0"},
    Option{"limit", 'n', Takes::value, "N", "at most N entries; without --from, the newest N"},
};

constexpr std::uint64_t kEntriesMax = 1'000'000'000'000;

struct Range {
    std::uint64_t first, end;
};

Range range_of(const Arguments& arguments, std::uint64_t size) {
    const std::uint64_t limit = arguments.number("limit", kEntriesMax, kEntriesMax);
    if (!arguments.has("from")) return {size > limit ? size - limit : 0, size};
    const std::uint64_t first = std::min(arguments.number("from", 0, kEntriesMax), size);
    return {first, std::min(size, first + limit)};
}

// A record's code, or "vault". The record may be unknown to the index only in a damaged vault.
std::string subject_text(const vault::Vault& vault, const std::string& subject) {
    const auto id = vault::parse_id(subject);
    return id ? vault::code_of(vault, *id) : subject;
}

json entry_json(const vault::Vault& vault, const vault::Entry& entry, bool erased) {
    const auto author = vault.author(entry.author);
    return {{"index", entry.index},
            {"time", vault::utc_text(entry.time)},
            {"verb", name_of(entry.verb)},
            {"subject", subject_text(vault, entry.subject)},
            {"author",
             {{"id", crypto::hex(entry.author)}, {"name", author ? author->name : std::string()}}},
            {"parents", entry.parents},
            {"body", crypto::hex(entry.body.bytes)},
            {"erased", erased}};
}

int log_show(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::Head head = vault.log().head();
    const Range range = range_of(arguments, head.size);
    Table table{{"INDEX", "TIME", "WHAT", "ON", "BY"}, {}};
    json entries = json::array();
    vault.log().each(range.first, range.end,
                     [&](std::uint64_t index, const vault::StoredEntry& stored) {
                         const auto entry = vault::decode_entry(stored.entry);
                         if (!entry) {
                             throw Error{ErrorCode::integrity,
                                         "log entry " + std::to_string(index) + " is damaged",
                                         "run custos check"};
                         }
                         json object = entry_json(vault, *entry, !stored.body.has_value());
                         if (context.globals.jsonl) {
                             context.out.json_line(object);
                         } else if (context.globals.json) {
                             entries.push_back(std::move(object));
                         } else {
                             table.rows.push_back({std::to_string(index), time_text(entry->time),
                                                   std::string(name_of(entry->verb)),
                                                   subject_text(vault, entry->subject),
                                                   object["author"]["name"]});
                         }
                     });
    if (context.globals.jsonl) return 0;
    if (context.globals.json) {
        context.out.document({{"schema", "custos.log/1"},
                              {"origin", vault.log().origin()},
                              {"size", head.size},
                              {"root", crypto::base64(head.root.bytes)},
                              {"entries", entries}});
    } else {
        context.out.table(table);
    }
    return 0;
}

int log_checkpoint(Context& context, const Arguments&) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const std::string note = vault.log().newest_checkpoint().value_or("");
    const vault::Head head = vault.log().head();
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.checkpoint/1"},
                              {"origin", vault.log().origin()},
                              {"size", head.size},
                              {"root", crypto::base64(head.root.bytes)},
                              {"note", note}});
    } else {
        context.out.raw(note);
    }
    return 0;
}

}  // namespace

const Body kLogShow = {
    log_show,
    kShowOptions,
    0,
    0,
    "Every change of the vault is one entry, and no entry can be changed or taken away\n"
    "without the next checkpoint showing it. The contents are in the records, not here.\n"
    "\n"
    "    custos log show --limit 20\n"
    "    custos log show --json",
};

const Body kLogCheckpoint = {
    log_checkpoint,
    {},
    0,
    0,
    "Prints a signed note (c2sp.org/tlog-checkpoint) of the log's size and root. Kept by\n"
    "somebody else, or printed on paper, it shows later that nothing before it changed.\n"
    "\n"
    "    custos log checkpoint > checkpoint-2019-12-27.txt",
};

}  // namespace custos::cli
