// SPDX-License-Identifier: GPL-3.0-or-later
// How a database is opened: key, settings and limits, before anything in it is believed.
#include <algorithm>
#include <system_error>

#include "crypto/error.h"
#include "crypto/secret.h"
#include "vault/db/allocator.h"
#include "vault/db/connection.h"
#include "vault/os/file.h"

namespace custos::vault {

namespace {

constexpr int kApplicationId = 0x43757374;  // "Cust"
constexpr int kBusyWaitMs =
    500;  // the vault's lock keeps processes apart; this is for others' tools

// Rollback journal rather than WAL: docs/decisions/0001-journal.md.
constexpr const char* kFileSettings =
    "PRAGMA journal_mode = DELETE;"
    "PRAGMA synchronous = EXTRA;"
    "PRAGMA mmap_size = 0;";
constexpr const char* kSettings =
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA secure_delete = ON;";

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix) {
    return std::filesystem::path(path) += suffix;
}

bool has_content(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    return !error && size > 0;
}

// The text x'<key><salt>' that SQLCipher takes for a raw key, in memory that is wiped.
SecretBytes raw_key(const crypto::DerivedKey& key,
                    std::span<const std::uint8_t, kDatabaseSaltSize> salt) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    SecretBytes text(3 + 2 * (crypto::DerivedKey::kSize + kDatabaseSaltSize));
    auto out = text.reveal().begin();
    const auto put = [&](std::uint8_t byte) {
        *out++ = static_cast<std::uint8_t>(kDigits[byte >> 4U]);
        *out++ = static_cast<std::uint8_t>(kDigits[byte & 15U]);
    };
    *out++ = 'x';
    *out++ = '\'';
    for (const std::uint8_t byte : key.reveal()) put(byte);
    for (const std::uint8_t byte : salt) put(byte);
    *out++ = '\'';
    return text;
}

void set_limits(sqlite3* handle) {
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, static_cast<int>(kValueSizeMax));
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 100'000);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 200);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
}

std::unique_ptr<Connection> connect(const std::string& name, int flags) {
    start_sqlite();
    auto connection = std::make_unique<Connection>();
    const int code = sqlite3_open_v2(name.c_str(), &connection->handle,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) connection->fail(code, "open the database");
    connection->execute("PRAGMA cipher_log_level = NONE");  // else it writes on stderr
    set_limits(connection->handle);
    sqlite3_busy_timeout(connection->handle, kBusyWaitMs);
    return connection;
}

std::string first_text(Database& database, const char* sql) {
    Query query(database, sql);
    return query.step() ? std::string(query.text(0)) : std::string();
}

void require_sqlcipher(Database& database) {
    const std::string version = first_text(database, "PRAGMA cipher_version");
    if (version.empty() || version.front() < '4' || version.find('.') != 1) {
        throw Error{ErrorCode::failed,
                    "cannot open the database: this program was built without SQLCipher 4"};
    }
}

// SQLCipher takes the salt from the key, so nothing else would notice a change of these bytes.
void require_salt(const std::filesystem::path& path,
                  std::span<const std::uint8_t, kDatabaseSaltSize> salt) {
    std::array<std::uint8_t, kDatabaseSaltSize> found{};
    const File file = File::open(path);
    if (file.read_at(0, found) == found.size() && std::ranges::equal(found, salt)) return;
    throw Error{ErrorCode::integrity, "cannot open the database: it is damaged or not this vault's",
                "restore the vault from a backup: custos backup restore"};
}

// Symbolic links are refused in the file's own name only: users may keep their vaults behind one.
std::filesystem::path resolved(const std::filesystem::path& path) {
    std::error_code error;
    const auto directory =
        std::filesystem::canonical(path.has_parent_path() ? path.parent_path() : ".", error);
    if (error) throw_system_error(error.value(), "open", path.filename().string());
    return directory / path.filename();
}

}  // namespace

Database Database::open(const std::filesystem::path& given, const crypto::DerivedKey& key,
                        std::span<const std::uint8_t, kDatabaseSaltSize> salt, Mode mode) {
    const std::filesystem::path path = resolved(given);
    if (has_content(beside(path, "-wal"))) {
        throw Error{
            ErrorCode::integrity,
            "cannot open the database: a write-ahead log lies beside it, and custos writes none",
            "somebody put it there: keep a copy of the vault, then move the log away"};
    }
    const bool journal = has_content(beside(path, "-journal"));
    if (mode == Mode::create) {
        File::create(path).close();
    } else {
        require_salt(path, salt);
    }

    auto connection = connect(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW);
    connection->encrypted = true;
    connection->found_journal = journal;
    const SecretBytes text = raw_key(key, salt);
    const int code = sqlite3_key_v2(connection->handle, "main", text.reveal().data(),
                                    static_cast<int>(text.size()));
    if (code != SQLITE_OK) connection->fail(code, "open the database");
    connection->execute(("PRAGMA cipher_page_size = " + std::to_string(kPageSize)).c_str());
    connection->execute("PRAGMA cipher_memory_security = OFF");  // allocator.h wipes

    Database database(std::move(connection));
    require_sqlcipher(database);
    database.execute(
        "SELECT count(*) FROM sqlite_schema");  // reads page 1: wrong key and damage show here
    database.execute(kFileSettings);
    database.execute(kSettings);
    if (mode == Mode::create)
        database.execute(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
    if (mode == Mode::read_only) database.execute("PRAGMA query_only = ON");
    database.set_cache_kib(kCacheKibDefault);
    return database;
}

Database Database::in_memory() {
    Database database(connect(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY));
    database.execute(kSettings);
    return database;
}

}  // namespace custos::vault
