// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/migrations.h"

#include <string>
#include <vector>

#include "crypto/error.h"

namespace custos::vault {

namespace {

constexpr unsigned kHalf = 16;  // bits

Error newer() {
    return Error{ErrorCode::failed, "cannot use the vault: it was written by a newer custos",
                 "install a newer custos; this one changes nothing in it"};
}

std::uint32_t both_versions(Database& database) {
    const std::int64_t version = database.user_version();
    if (version < 0) throw newer();
    return static_cast<std::uint32_t>(version);
}

// The version of the truth, which is at most `steps`.
std::size_t known_version(Database& database, std::size_t steps) {
    const std::size_t version = both_versions(database) & ((1U << kHalf) - 1);
    if (version > steps) throw newer();
    return version;
}

void set_versions(Database& database, std::size_t steps, std::uint32_t derived) {
    const std::uint64_t both = steps | std::uint64_t{derived} << kHalf;
    database.execute(("PRAGMA user_version = " + std::to_string(both)).c_str());
}

std::vector<std::string> names_of(Database& database, const char* sql, std::string_view kept) {
    std::vector<std::string> names;
    Query query(database, sql);
    query.bind();
    while (query.step()) {
        if (!query.text(0).starts_with(kept)) names.emplace_back(query.text(0));
    }
    return names;
}

std::string identifier(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text.append(c == '"' ? 2 : 1, c);
    return text + "\"";
}

}  // namespace

void migrate(Database& database, std::span<const char* const> steps) {
    const std::size_t version = known_version(database, steps.size());
    if (version == steps.size()) return;
    Transaction transaction(database);
    for (const char* const step : steps.subspan(version)) database.execute(step);
    set_versions(database, steps.size(), both_versions(database) >> kHalf);
    transaction.commit();
}

void require_version(Database& database, std::size_t steps) {
    if (known_version(database, steps) == steps) return;
    throw Error{ErrorCode::failed, "cannot only read the vault: it was written by an older custos",
                "open it for writing once, for example with: custos check"};
}

std::uint32_t derived_version(Database& database, std::uint32_t newest) {
    const std::uint32_t version = both_versions(database) >> kHalf;
    if (version > newest) throw newer();
    return version;
}

void set_derived_version(Transaction& transaction, std::uint32_t version) {
    Database& database = transaction.database();
    set_versions(database, both_versions(database) & ((1U << kHalf) - 1), version);
}

void drop_tables_but(Transaction& transaction, std::string_view kept) {
    // Virtual tables first: they take the tables that they are made of with them.
    for (const char* const sql :
         {"SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'",
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
          "ESCAPE '~'"}) {
        for (const std::string& name : names_of(transaction.database(), sql, kept)) {
            transaction.database().execute(("DROP TABLE " + identifier(name)).c_str());
        }
    }
}

}  // namespace custos::vault
