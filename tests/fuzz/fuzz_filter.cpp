// SPDX-License-Identifier: GPL-3.0-or-later
// Conditions of --where: the first byte is a kind, the rest a condition. What can be read is
// answered by the index and by the bodies of a few records, and both must say the same.
#include <cstdint>
#include <map>

#include <nlohmann/json.hpp>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "crypto/secret.h"
#include "tests/vault/open_vault.h"
#include "vault/records/filter.h"
#include "vault/records/rows.h"
#include "vault/records/value_index.h"

namespace {

using namespace custos::vault;
using nlohmann::json;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

struct Filled {
    bool started = (custos::start_crypto(), true);  // before anything holds a secret
    VaultFixture fixture;
    Vault vault = fixture.create();
    std::map<std::int64_t, Record> records;

    Filled() {
        {
            Change change(vault);
            const RecordId person =
                create_record(change, Kind::person,
                              {{"names", {{{"text", "Dara"}, {"kind", "common"}}}},
                               {"contacts", {{{"type", "phone"}, {"value", "012 345"}}}}});
            const RecordId incident = create_record(change, Kind::incident,
                                                    {{"title", "Van"},
                                                     {"date", "2019-11/2019-12"},
                                                     {"tags", {"caf\u00e9", "b"}},
                                                     {"place",
                                                      {{"country", "TH"},
                                                       {"lat", "13.75"},
                                                       {"lon", "100.50"},
                                                       {"uncertainty_m", 500}}}});
            create_record(change, Kind::incident, {{"title", std::string(200, 'x')}});
            create_record(change, Kind::act,
                          {{"incident", to_text(incident)},
                           {"victim", to_text(person)},
                           {"type", "abduction"},
                           {"completion", "attempted"}});
            create_record(change, Kind::testimony,
                          {{"given", "2019-12-24"},
                           {"language", "km"},
                           {"paragraphs", {{{"text", "They came."}, {"basis", "hearsay"}}}}});
            change.commit();
        }
        each_record(vault, std::nullopt, [&](const Record& record) {
            records.emplace(require_row(vault.database(), record.id).row, record);
        });
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Filled filled;
    if (size == 0) return 0;
    const Kind kind = kKinds[data[0] % kKinds.size()].kind;
    const std::string_view text = custos::text_of(custos::ByteView(data, size).subspan(1));
    Condition condition;
    try {
        condition = read_condition(filled.vault, kind, text);
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage ||
                error.code() == custos::ErrorCode::not_found);
        return 0;
    }
    bool exact = true;
    Database& database = filled.vault.database();
    const RowSet all = rows_in_state(database, kind, State::live);
    const RowSet found = candidates(database, condition, all, exact);
    TextFolder folder;
    const bool links =
        condition.test == Condition::Test::link || condition.test == Condition::Test::about;
    for (const auto& [row, record] : filled.records) {
        if (record.id.kind != kind || links) continue;
        const bool by_body = matches(condition, record.fields, folder);
        require(exact ? found.contains(row) == by_body : !by_body || found.contains(row));
    }
    return 0;
}
