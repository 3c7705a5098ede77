// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vault/db/database.h"

namespace custos::vault {

// Many queries that see one state and take the file's lock once: each query on its own asks the
// system for it, and whether a journal lies there. Inside of a transaction it does nothing. No
// transaction may begin while it lives.
class Reading {
public:
    explicit Reading(Database& database);
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading();

private:
    Database* database_ = nullptr;
};

}  // namespace custos::vault
