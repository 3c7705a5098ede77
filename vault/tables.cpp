// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/tables.h"

#include "vault/log/log.h"
#include "vault/records/index.h"
#include "vault/records/value_index.h"
#include "vault/search/index.h"

namespace custos::vault {

// Steps are added behind the first one when a release needs them; a released step is never changed.
const std::array<const char*, 1>& log_steps() {
    static const std::array<const char*, 1> kLogSteps = {kLogTables};
    return kLogSteps;
}

void make_index_tables(Database& database) {
    database.execute(kIndexTables);
    database.execute(kValueTables);
    database.execute(kSearchTable);
}

}  // namespace custos::vault
