// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/error.h"
#include "vault/db/connection.h"

namespace custos::vault {

namespace {

// One page can be wrong in many ways; the first ones tell enough.
constexpr std::size_t kFindingsMax = 100;

void collect(Database& database, const char* sql, std::vector<std::string>& findings) {
    try {
        Query query(database, sql);
        while (query.step() && findings.size() < kFindingsMax) {
            if (query.text(0) != "ok")
                findings.push_back("database: " + std::string(query.text(0)));
        }
    } catch (const Error& error) {
        findings.push_back(error.what());
    }
}

}  // namespace

std::vector<std::string> Database::findings() {
    std::vector<std::string> found;
    // Reads the file itself, not the cache: every page's MAC, free pages too, and a partial last
    // page.
    if (connection_->encrypted) collect(*this, "PRAGMA cipher_integrity_check", found);
    collect(*this, "PRAGMA integrity_check", found);
    return found;
}

}  // namespace custos::vault
