// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/tables.h"

#include <string>

#include "vault/log/log.h"
#include "vault/records/index.h"
#include "vault/search/index.h"

namespace custos::vault {
namespace {

// Steps are added behind the first one when a release needs them; a released step is never changed.
const std::string& first_step() {
    static const std::string sql = std::string(kLogTables) + kIndexTables + kSearchTable;
    return sql;
}

}  // namespace

const std::array<const char*, 1>& vault_tables() {
    static const std::array<const char*, 1> steps = {first_step().c_str()};
    return steps;
}

}  // namespace custos::vault
