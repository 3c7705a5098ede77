// SPDX-License-Identifier: GPL-3.0-or-later
// custos status: what is in the vault, and in what state it is.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/encoding.h"
#include "crypto/secret.h"
#include "vault/drafts/drafts.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::State;

struct LastTimes {
    vault::Milliseconds change = 0;
    std::optional<vault::Milliseconds> backup;
};

LastTimes last_times(const vault::Vault& vault) {
    LastTimes last;
    const auto newest = vault::decode_entry(vault.log().at(vault.log().head().size - 1).entry);
    if (newest) last.change = newest->time;
    last.backup = vault.last_time(vault::Verb::backup);
    return last;
}

void print(Context& context, const vault::Vault& vault, const LastTimes& last) {
    const vault::Head head = vault.log().head();
    context.out.fields({
        {"vault", crypto::hex(vault.header().id)},
        {"author", vault.author().name},
        {"log", std::to_string(head.size) + " entries, root " + crypto::base64(head.root.bytes)},
        {"last change", time_text(last.change)},
        {"last backup", last.backup ? time_text(*last.backup) : "never"},
        {"recovery",
         vault.setting(vault::Verb::recovery) ? "yes" : "none: without the passphrase all is lost"},
        {"rollback", vault.has_anchor() ? "compared with what this device saw last"
                                        : "this device saw it for the first time"},
        {"memory",
         secrets_are_locked() ? "secrets are locked" : "secrets can reach the swap space"},
    });
    const std::size_t drafts = vault::Drafts(vault).all().size();
    TextPairs counts;
    if (drafts > 0)
        counts.emplace_back("drafts", std::to_string(drafts) + ", in no backup: custos drafts");
    for (const vault::KindRow& row : vault::kKinds) {
        std::string text;
        for (const State state : {State::live, State::trashed, State::purged}) {
            const std::uint64_t count = vault::count_records(vault, row.kind, state);
            if (count == 0) continue;
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
                    std::string(name_of(state));
        }
        if (!text.empty()) counts.emplace_back(row.plural, text);
    }
    if (counts.empty()) return;
    context.out.blank();
    context.out.fields(counts);
}

json as_json(const vault::Vault& vault, const LastTimes& last) {
    json records = json::object();
    for (const vault::KindRow& row : vault::kKinds) {
        json& counts = records[std::string(row.name)];
        for (const State state : {State::live, State::trashed, State::purged}) {
            counts[std::string(name_of(state))] = vault::count_records(vault, row.kind, state);
        }
    }
    const vault::Head head = vault.log().head();
    return {{"schema", "custos.status/1"},
            {"vault", crypto::hex(vault.header().id)},
            {"author", vault.author().name},
            {"log", {{"size", head.size}, {"root", crypto::base64(head.root.bytes)}}},
            {"last_change", vault::utc_text(last.change)},
            {"last_backup", last.backup ? json(vault::utc_text(*last.backup)) : json()},
            {"recovery", vault.setting(vault::Verb::recovery).has_value()},
            {"anchored", vault.has_anchor()},
            {"memory_locked", secrets_are_locked()},
            {"drafts", vault::Drafts(vault).all().size()},
            {"records", records}};
}

int status(Context& context, const Arguments&) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const LastTimes last = last_times(vault);
    if (context.globals.machine()) {
        context.out.document(as_json(vault, last));
    } else {
        print(context, vault, last);
    }
    return 0;
}

}  // namespace

const Body kStatus = {
    status,
    {},
    0,
    0,
    "    custos status\n"
    "    custos status --json",
};

}  // namespace custos::cli
