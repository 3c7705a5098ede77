// SPDX-License-Identifier: GPL-3.0-or-later
// Which sealed objects a vault has, and putting them where they belong.
//
// A new object is written to objects/incoming/ and made durable, then the log entry that names it
// is committed, then it is renamed to its place. A crash leaves it in incoming/: named by the log
// or not. Readers look in both places; who writes finishes the work first.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vault/objects/object.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault {

// The object of an exhibit. Error: usage (another kind of record), not_found (an exhibit without a
// file), refused (purged), integrity (its facts are damaged).
[[nodiscard]] Object object_of(const Vault& vault, const RecordId& exhibit);

// Every object that an exhibit has, trashed ones included, each once. `code` is one exhibit's.
void each_object(const Vault& vault,
                 const std::function<void(const Object& object, const std::string& code)>& visit);
[[nodiscard]] std::set<std::string> object_names(const Vault& vault);

// An object with this content that the vault holds already.
[[nodiscard]] std::optional<Object> find_equal(const Vault& vault, const crypto::Digest& sha256,
                                               std::uint64_t size);

// Makes objects/incoming/ and finishes what a crash interrupted there: an object that the log names
// is put into its place, another one is removed. Other files are left alone. For writers.
void finish_incoming(const Vault& vault);
// From incoming/ to their places, after the commit.
void put_in_place(const Path& objects, const std::vector<std::string>& names);
// Removes objects that no exhibit names any more: what purge_record() returned, after the commit.
void remove_objects(const Vault& vault, const std::vector<std::string>& names);

}  // namespace custos::vault
