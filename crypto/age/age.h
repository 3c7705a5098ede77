// SPDX-License-Identifier: GPL-3.0-or-later
// age v1 files (C2SP age.md, tag age/v1.1.0): sealing to recipients or a passphrase, and opening.
// What is supported, the limits and the reasons for the choices: docs/formats/age.md.
//
// A program with files seals in constant memory: it writes seal_header().bytes, then seals chunk
// after chunk with a ChunkCipher (crypto/age/stream.h), in as many threads as it likes. It opens
// with read_header() (crypto/age/header.h), open_header(), and a ChunkCipher. encrypt() and
// decrypt() do it all for what is small.
//
// age does not say who sealed a file: anyone with the recipient can. Whoever needs to know must
// sign. And a file whose end is missing shows so only at its end: release what was opened only when
// the chunk with Last::yes has been.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "crypto/age/armor.h"
#include "crypto/age/header.h"
#include "crypto/age/keys.h"
#include "crypto/age/stream.h"
#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos::crypto::age {

// scrypt's cost as age writes it: the binary logarithm of N. 18 takes 256 MiB and about a second;
// a file that asks for more than 22 (4 GiB) is refused unread.
inline constexpr unsigned kWorkFactorDefault = 18;
inline constexpr unsigned kWorkFactorMax = 22;

enum class Verdict {
    success,
    no_match,         // no identity or passphrase given opens it
    hmac_failure,     // one does, and the header was changed after it was written
    header_failure,   // no header in age's form, or beyond our limits
    payload_failure,  // the payload was changed, cut off or added to
    armor_failure,    // text that is not armor in its form
};
// "success", "no match", "HMAC failure", ...: as the public test vectors spell them.
[[nodiscard]] std::string_view name_of(Verdict verdict);

// ---- headers
// -------------------------------------------------------------------------------------

struct SealedHeader {
    Bytes bytes;  // the file up to the payload
    PayloadKey key;
};

// One header for all `recipients`, with a fresh file key and nonce. Throws Error{usage} if there is
// none or more than kStanzasMax, if one is no valid key, or if post-quantum and classic ones are
// mixed: the file would be as weak as the weakest, which its other recipients do not see.
[[nodiscard]] SealedHeader seal_header(std::span<const Recipient> recipients);

// Throws Error{usage} for an empty passphrase or a work factor outside 1 to kWorkFactorMax;
// Error{failed} without enough memory. A passphrase is always alone: who can add one could read.
[[nodiscard]] SealedHeader seal_header(const SecretBytes& passphrase,
                                       unsigned work_factor = kWorkFactorDefault);

struct OpenedHeader {
    Verdict verdict;                // success, no_match, hmac_failure or header_failure
    std::optional<PayloadKey> key;  // only with success
};

// Tries every identity, and every passphrase, on every stanza. A passphrase costs up to the time
// and memory that the file asks for; throws Error{failed} when that memory is not there.
[[nodiscard]] OpenedHeader open_header(const Header& header, std::span<const Identity> identities,
                                       std::span<const SecretBytes> passphrases = {});

// ---- whole files in memory
// -------------------------------------------------------------------------

enum class Armored { no, yes };

[[nodiscard]] Bytes encrypt(std::span<const Recipient> recipients, ByteView plain,
                            Armored armored = Armored::no);
[[nodiscard]] Bytes encrypt(const SecretBytes& passphrase, ByteView plain,
                            unsigned work_factor = kWorkFactorDefault,
                            Armored armored = Armored::no);

struct Decrypted {
    Verdict verdict;
    // The plaintext. With payload_failure: the chunks before the failure, which are genuine, but
    // not all there is. Use them for a rescue only.
    Bytes plain;
};

// Takes armor off where it is.
[[nodiscard]] Decrypted decrypt(ByteView file, std::span<const Identity> identities,
                                std::span<const SecretBytes> passphrases = {});

}  // namespace custos::crypto::age
