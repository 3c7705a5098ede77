// SPDX-License-Identifier: GPL-3.0-or-later
// Lends a tokenizer to SQLite's full-text search.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "vault/db/database.h"

namespace custos::vault {

// What the text is that is cut into tokens.
enum class TextPurpose { document, query };

// Takes one token and where it came from: bytes [begin, end) of the text. False means stop.
using TokenSink = std::function<bool(std::string_view token, std::size_t begin, std::size_t end)>;
using Tokenize =
    std::function<void(std::string_view text, TextPurpose purpose, const TokenSink& sink)>;

// Makes `tokenize` known to this connection as the FTS5 tokenizer `name`. Needed before a table
// that was made with it is used, each time the database is opened. An exception ends the statement.
void register_tokenizer(Database& database, const char* name, Tokenize tokenize);

}  // namespace custos::vault
