// SPDX-License-Identifier: GPL-3.0-or-later
// What an open vault is made of, and what the files that implement it share. Nobody else includes
// this.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/index.h"
#include "vault/records/schema.h"
#include "vault/vault.h"

namespace custos::vault {

struct Vault::Parts {
    Path directory;
    Surroundings surroundings;
    Access access;
    Lock lock;
    Header header;
    Unlocked keys;
    Database database;
    Log log;
    IndexWriter index;
    bool anchored = false;
    std::optional<Schema> schema;  // read when it is first asked for

    Parts(Path where, Surroundings with, Access how, Lock held, Header head, Unlocked unlocked,
          Database opened)
        : directory(std::move(where)),
          surroundings(std::move(with)),
          access(how),
          lock(std::move(held)),
          header(head),
          keys(std::move(unlocked)),
          database(std::move(opened)),
          log(database, header.id),
          index(database) {}
};

// Everyone who may sign the log, under its origin.
[[nodiscard]] std::vector<crypto::NoteKey> signers_of(Database& database, const Log& log);

// Lets this device remember the head. Writes only what is new: most commands change nothing.
void note_head(const Vault& vault);

// An entry's body.
[[nodiscard]] Bytes body_of(const nlohmann::json& object);

}  // namespace custos::vault
