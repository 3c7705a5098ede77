// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/fts5_tokenizer.h"

#include <exception>
#include <memory>

#include "crypto/error.h"
#include "vault/db/connection.h"

namespace custos::vault {

namespace {

// SQLite keeps one Tokenize per connection, and a pointer to it as each table's tokenizer.
int create(void* context, const char** /*arguments*/, int /*count*/, Fts5Tokenizer** out) {
    *out = static_cast<Fts5Tokenizer*>(context);
    return SQLITE_OK;
}

void destroy_instance(Fts5Tokenizer* /*instance*/) {}

void destroy_context(void* context) { std::unique_ptr<Tokenize>(static_cast<Tokenize*>(context)); }

using TokenCallback = int (*)(void*, int, const char*, int, int, int);

int tokenize(Fts5Tokenizer* instance, void* context, int flags, const char* text, int size,
             TokenCallback callback) {
    int code = SQLITE_OK;
    try {
        const auto& cut = *static_cast<const Tokenize*>(static_cast<void*>(instance));
        const auto purpose =
            (flags & FTS5_TOKENIZE_QUERY) != 0 ? TextPurpose::query : TextPurpose::document;
        cut({text, static_cast<std::size_t>(size)}, purpose,
            [&](std::string_view token, std::size_t begin, std::size_t end) {
                code = callback(context, 0, token.data(), static_cast<int>(token.size()),
                                static_cast<int>(begin), static_cast<int>(end));
                return code == SQLITE_OK;
            });
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    } catch (const std::exception&) {  // nothing may be thrown through SQLite
        return SQLITE_ERROR;
    }
    return code;
}

fts5_api* fts5_of(Connection& connection) {
    fts5_api* api = nullptr;
    sqlite3_stmt* const statement = connection.take("SELECT fts5(?1)");
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    connection.give_back(statement);
    if (api == nullptr)
        throw Error{ErrorCode::failed, "cannot search: SQLite was built without FTS5"};
    return api;
}

}  // namespace

void register_tokenizer(Database& database, const char* name, Tokenize function) {
    fts5_api* const api = fts5_of(connection_of(database));
    fts5_tokenizer methods{create, destroy_instance, tokenize};
    auto context = std::make_unique<Tokenize>(std::move(function));
    const int code = api->xCreateTokenizer(api, name, context.get(), &methods, destroy_context);
    if (code != SQLITE_OK) connection_of(database).fail(code, "prepare the search");
    context
        .release();  // NOLINT(bugprone-unused-return-value): SQLite's until the database is closed
}

}  // namespace custos::vault
