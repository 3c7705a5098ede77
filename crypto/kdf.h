// SPDX-License-Identifier: GPL-3.0-or-later
// Keys from keys (HKDF-SHA256, RFC 5869) and keys from passphrases (Argon2id, RFC 9106).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos::crypto {

// HKDF-SHA256. `out` is filled whole and has at most 255 * 32 bytes (checked); `salt` may be empty.
void hkdf_sha256(ByteView input_key, ByteView salt, ByteView info, MutableByteView out);

// ---- the key tree ----------------------------------------------------------------------------
// Every key of a vault is HKDF-Expand of its master key with the label "custos/v1/<purpose>" and
// the vault id behind it. One table, so that no two purposes can share a key.
using MasterKey = Secret<struct MasterKeyKind, 32>;

enum class Purpose {
    database,         // SQLCipher's raw key
    header_mac,       // HMAC over vault.hdr
    backup_identity,  // seed of the age identity that backups are sealed to
    file_equality,    // keyed hash by which equal attachments are recognised
    drafts,           // drafts of interactive entry
    disclosure,       // salts of what a publication withholds
    findings,         // keyed ids of what the leak scan found
};
std::string_view label_of(Purpose purpose);

using DerivedKey = Secret<struct DerivedKeyKind, 32>;
[[nodiscard]] DerivedKey derive_key(const MasterKey& master, Purpose purpose,
                                    std::span<const std::uint8_t, 16> vault_id);

// ---- passphrases -----------------------------------------------------------------------------
// Argon2id version 1.3 with one lane (libsodium's limit). Parameters come from a header that an
// attacker may have written: they are checked against a floor and a ceiling before any memory is
// taken.
struct Argon2Parameters {
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    auto operator<=>(const Argon2Parameters&) const = default;
};

struct Argon2Policy {
    Argon2Parameters chosen;   // for new passphrases
    Argon2Parameters floor;    // weaker ones are refused: they would be a downgrade
    Argon2Parameters ceiling;  // costlier ones are refused: they would be a denial of service
};

// 256 MiB and 3 passes (0.26 s on a 2026 server core); at least 64 MiB and 2; at most 4 GiB and 16.
inline constexpr Argon2Policy kArgon2Policy = {
    {262'144, 3},
    {65'536, 2},
    {4'194'304, 16},
};

using PassphraseKey = Secret<struct PassphraseKeyKind, 32>;

[[nodiscard]] bool within(const Argon2Policy& policy, const Argon2Parameters& parameters);

// Throws Error{failed} when the system has not enough memory. `passphrase` is used as it is:
// normalise it (NFC) before.
[[nodiscard]] PassphraseKey argon2id(const SecretBytes& passphrase,
                                     std::span<const std::uint8_t, 16> salt,
                                     const Argon2Parameters& parameters);

}  // namespace custos::crypto
