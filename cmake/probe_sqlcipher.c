/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints "VERSION;FTS5" of the SQLite library that it is linked with, run by dependencies.cmake.
 * VERSION is "none" if the library does not encrypt. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    sqlite3* db = NULL;
    sqlite3_stmt* query = NULL;
    const char* version = "none";
    if (sqlite3_open(":memory:", &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "PRAGMA cipher_version", -1, &query, NULL) == SQLITE_OK &&
        sqlite3_step(query) == SQLITE_ROW) {
        version = (const char*)sqlite3_column_text(query, 0); /* "4.6.1 community" */
    }
    printf("%.*s;%d", (int)strcspn(version, " "), version,
           sqlite3_compileoption_used("ENABLE_FTS5"));
    return 0;
}
