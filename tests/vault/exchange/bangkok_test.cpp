// SPDX-License-Identifier: GPL-3.0-or-later
// records/bangkok.jsonl: the facts of a real kind of public statement, with invented names, as a
// user would import them. The schema must be able to say all of it.
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/exchange/import.h"
#include "vault/records/check.h"
#include "vault/records/describe.h"
#include "vault/records/schema.h"

namespace custos::vault {
namespace {

std::string bangkok_lines() {
    std::ifstream file(CUSTOS_BANGKOK, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Prepared> imported(Vault& vault) {
    std::vector<Prepared> records;
    const auto source = jsonl_records(Source(bangkok_lines()));
    const ImportCount count = import_records(
        vault, *source, {},
        [&](const Prepared& record) {
            for (const Problem& problem : record.problems)
                UNSCOPED_INFO("line " << record.line << ": " << to_text(problem));
            records.push_back(record);
        },
        [](std::uint64_t) {});
    CHECK(count.stored);
    return records;
}

}  // namespace

TEST_CASE("the schema can say all of an attempted abduction and what surrounds it",
          "[vault][import]") {
    VaultFixture fixture;
    // 2023-01-01: the sample tells of what went on until 2022.
    fixture.surroundings.clock = [] { return Milliseconds{1'672'531'200'000}; };
    Vault vault = fixture.create();

    const auto records = imported(vault);

    CHECK(records.size() == 61);
    std::set<Kind> kinds;
    for (const Prepared& one : records) {
        INFO(one.ref);
        kinds.insert(one.id.kind);
        const Record record = get_record(vault, one.id);
        CHECK(check_fields(builtin_schema(), one.id.kind, record.fields, resolve_full_id).fields ==
              record.fields);
        CHECK(title_of(builtin_schema(), one.id.kind, record.fields) != name_of(one.id.kind));
    }
    CHECK(kinds.size() == kKinds.size());
    const auto found = [&](const char* words) {
        RecordSearch query;
        query.text = words;
        return search_records(vault, query).total;
    };
    CHECK(found("អគ្គិសនី") == 1);
    CHECK(found("ธันวาคม") == 1);
    CHECK(found("Sokh") == 1);
    CHECK(found("\"forced return\"") >= 4);
    CHECK(found("\"transnational repression\"") == 2);  // by the broader term
}

}  // namespace custos::vault
