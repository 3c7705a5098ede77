// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/reading.h"

#include "crypto/error.h"

namespace custos::vault {

Reading::Reading(Database& database) {
    if (database.in_transaction()) return;
    database.execute("BEGIN");
    database_ = &database;
}

Reading::~Reading() {
    if (database_ == nullptr) return;
    try {
        database_->execute("COMMIT");
    } catch (const Error&) {
        // nothing was written, so nothing is lost
    }
}

}  // namespace custos::vault
