// SPDX-License-Identifier: GPL-3.0-or-later
// How a file key is wrapped in a stanza, and unwrapped, for each of the three kinds of recipient.
// For crypto/age only: everyone else calls crypto/age/age.h.
#pragma once

#include <optional>

#include "crypto/age/header.h"
#include "crypto/age/keys.h"

namespace custos::crypto::age {

// Throws Error{usage} if the recipient's bytes are no valid key.
[[nodiscard]] Stanza wrap(const FileKey& file_key, const Recipient& recipient);

// `work_factor` is the binary logarithm of scrypt's N. Throws Error{failed} without enough memory.
[[nodiscard]] Stanza wrap(const FileKey& file_key, const SecretBytes& passphrase,
                          unsigned work_factor);

[[nodiscard]] bool is_passphrase_stanza(const Stanza& stanza) noexcept;

enum class Unwrapping {
    unwrapped,
    not_ours,   // of another type, for another key, or changed
    malformed,  // of a type we know, and not in its form: the whole header is refused
};

// Sets `file_key` only when unwrapped.
[[nodiscard]] Unwrapping unwrap(const Stanza& stanza, const Identity& identity, FileKey& file_key);
[[nodiscard]] Unwrapping unwrap(const Stanza& stanza, const SecretBytes& passphrase,
                                unsigned work_factor_max, FileKey& file_key);

// Whether a stanza of a type we know is in its form, as far as that shows without a key. A stanza
// of another type is well formed.
[[nodiscard]] bool is_well_formed(const Stanza& stanza);

}  // namespace custos::crypto::age
