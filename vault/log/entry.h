// SPDX-License-Identifier: GPL-3.0-or-later
// A log entry: a small canonical JSON object that names a change without telling its content.
//
//   {"author":"<32 hex>","body":"<64 hex>","format":1,"index":7,"log":"<32 hex>","parents":[3],
//    "subject":"T-…","time":"2026-11-23T20:15:00.123Z","verb":"revise"}
//
// Keys are sorted, there is no white space, and one entry has one text: decode_entry() refuses any
// other. `body` is SHA-256(salt || body bytes); salt and body lie beside the entry, so they can be
// destroyed later and the entry still verifies. docs/formats/log.md has the whole format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "vault/keys/header.h"
#include "vault/os/clock.h"

namespace custos::vault {

inline constexpr int kEntryFormat = 1;
inline constexpr std::size_t kEntrySizeMax = 64 * 1024;
inline constexpr std::size_t kParentsMax = 64;
inline constexpr std::size_t kSaltSize = 16;
inline constexpr std::size_t kBodySizeMax = 16 * 1024 * 1024;

// What was done. The texts may be added to, never changed: they are in signed entries.
enum class Verb {
    author,           // a person's key joins; body: name and public key
    recovery,         // a recovery recipient; body: the age recipient
    publication_key,  // the organisation's key; body: public key and seed
    create,
    revise,
    attach,  // create, for an exhibit with its sealed object
    link,
    unlink,
    trash,
    restore,
    purge,    // body: reason; the record's bodies are gone
    extract,  // copied out
    export_,  // copied out
    publish,
    backup,
    succession,     // a new author after a restore by recovery identity
    unlock_policy,  // a slot was added, changed or removed
    define,         // a field, term or query of the vault's own (vault/records/definitions.h)
    disclose,       // withheld parts of a publication were copied out
    approve,        // a second person stands for a publication
    retract,        // a publication was withdrawn
    revoke,         // a publication key is not to be believed any more
    decide,         // on a finding about a statement; body: finding, rule, record, accept, reason
    merge,          // into another record of its kind; body: which, and the entries that did it
    unmerge,        // taken back
};
std::string_view name_of(Verb verb);
std::optional<Verb> verb_named(std::string_view text);

// First 16 bytes of SHA-256 of an author's public key.
using AuthorId = std::array<std::uint8_t, 16>;
[[nodiscard]] AuthorId author_id_of(const crypto::VerifyKey& key);

// The subject of an entry that is about no record.
inline constexpr std::string_view kVaultSubject = "vault";

struct Entry {
    std::uint64_t index = 0;
    VaultId log{};
    Milliseconds time = 0;
    AuthorId author{};
    Verb verb = Verb::create;
    std::string
        subject;  // a record's full id, or kVaultSubject; printable ASCII without " and backslash
    std::vector<std::uint64_t> parents;  // entries of this log that this one replaces, ascending
    crypto::Digest body;
};

[[nodiscard]] std::string encode(const Entry& entry);
// Nothing unless the bytes are exactly what encode() writes for some entry.
[[nodiscard]] std::optional<Entry> decode_entry(ByteView bytes);

[[nodiscard]] crypto::Digest body_digest(ByteView salt, ByteView body);

}  // namespace custos::vault
