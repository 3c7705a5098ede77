// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/migrations.h"

#include <string>

#include "crypto/error.h"

namespace custos::vault {

namespace {

// The version of the database, which is at most `steps`.
std::size_t known_version(Database& database, std::size_t steps) {
    const std::int64_t version = database.user_version();
    if (version < 0 || static_cast<std::uint64_t>(version) > steps) {
        throw Error{ErrorCode::failed, "cannot use the vault: it was written by a newer custos",
                    "install a newer custos; this one changes nothing in it"};
    }
    return static_cast<std::size_t>(version);
}

}  // namespace

void migrate(Database& database, std::span<const char* const> steps) {
    const std::size_t version = known_version(database, steps.size());
    if (version == steps.size()) return;
    Transaction transaction(database);
    for (const char* const step : steps.subspan(version)) database.execute(step);
    database.execute(("PRAGMA user_version = " + std::to_string(steps.size())).c_str());
    transaction.commit();
}

void require_version(Database& database, std::size_t steps) {
    if (known_version(database, steps) == steps) return;
    throw Error{ErrorCode::failed, "cannot only read the vault: it was written by an older custos",
                "open it for writing once, for example with: custos check"};
}

}  // namespace custos::vault
