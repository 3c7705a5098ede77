// SPDX-License-Identifier: GPL-3.0-or-later
// Memory for SQLite that is wiped before it goes back to the system. Private to vault/db.
//
// SQLite keeps decrypted pages, statements and values on the heap, and SQLCipher leaves them there
// after close. Its own answer, cipher_memory_security, wipes and locks every allocation, at several
// times the cost (docs/decisions/0004-wiping-allocator.md has both measured).
#pragma once

namespace custos::vault {

// Once per process, before SQLite is used for anything; throws Error{failed} if it was. Later calls
// do nothing.
void start_sqlite();

}  // namespace custos::vault
