// SPDX-License-Identifier: GPL-3.0-or-later
// minisign's files (https://jedisct1.github.io/minisign/, docs/formats/minisign.md): public keys,
// secret keys and detached signatures, read and written as minisign 0.11 does.
//
// A signature covers the BLAKE2b-512 value of the file ("ED"), so the caller streams a file of any
// size through crypto::Blake2b512. Older signatures over the file itself ("Ed") are refused unless
// verify_legacy() is asked for.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/ed25519.h"
#include "crypto/secret.h"

namespace custos::crypto::minisign {

// minisign's limits for a line, in bytes, less its own terminating zero and the line feed.
inline constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
inline constexpr std::string_view kTrustedPrefix = "trusted comment: ";
inline constexpr std::size_t kUntrustedCommentMax = 1024 - 2 - kUntrustedPrefix.size();
inline constexpr std::size_t kTrustedCommentMax = 8192 - 2 - kTrustedPrefix.size();
// No file of minisign's that we read is larger.
inline constexpr std::size_t kFileSizeMax = 16 * 1024;

// ---- keys ------------------------------------------------------------------------------------

// 8 bytes that name a key. Not a fingerprint: anyone can make a key with a given id.
using KeyId = std::array<std::uint8_t, 8>;

// As minisign shows it: hexadecimal, upper case, without leading zeros ("E7620F1842B4E81F").
[[nodiscard]] std::string key_id_text(const KeyId& id);

struct PublicKey {
    KeyId id{};
    VerifyKey key;
    auto operator<=>(const PublicKey&) const = default;
};

struct SecretKey {
    KeyId id{};
    SigningSeed seed;
};

// The key pair of a seed. Its id is the first 8 bytes of SHA-256(public key), so that a vault has
// nothing to keep but the seed.
[[nodiscard]] SecretKey secret_key_of(const SigningSeed& seed);
[[nodiscard]] PublicKey public_key_of(const SecretKey& key);

// The 56 characters that `minisign -P` takes.
[[nodiscard]] std::string public_key_line(const PublicKey& key);
// The two lines of a .pub file.
[[nodiscard]] std::string write_public_key(const PublicKey& key);
// Takes a .pub file (two lines) or the one line alone. Throws Error{usage}.
[[nodiscard]] PublicKey read_public_key(std::string_view text);

// ---- signatures ------------------------------------------------------------------------------

// What is signed: the value that crypto::Blake2b512 gives for the whole file.
using FileHash = std::array<std::uint8_t, 64>;

// The four lines of a .minisig file. The comments must be valid UTF-8 without control characters
// (a tab is allowed, as in minisign's own), within the limits: else Error{usage}. A reader's
// minisign prints the trusted comment as it is: prefer ASCII.
[[nodiscard]] std::string sign(const SecretKey& key, const FileHash& hash,
                               std::string_view trusted_comment,
                               std::string_view untrusted_comment = "signature made by custos");

enum class Verdict {
    authentic,  // signed by this key, file and trusted comment as they were
    wrong_key,  // names another key: says nothing about the file
    altered,    // names this key, but the file, the comment or the signature was changed
    malformed,  // not a signature that is accepted here
};

struct Verification {
    Verdict verdict = Verdict::malformed;
    // Only when authentic: valid UTF-8 without control characters except tabs.
    std::string trusted_comment;
    // Whose signature it claims to be; only when not malformed.
    KeyId claimed_id{};
};

// `signature_text` is a whole .minisig file, and nothing about it is trusted.
[[nodiscard]] Verification verify(const PublicKey& key, std::string_view signature_text,
                                  const FileHash& hash);

// The same for "Ed", the form that minisign wrote before version 0.10; "ED" is malformed here.
[[nodiscard]] Verification verify_legacy(const PublicKey& key, std::string_view signature_text,
                                         ByteView file);

// Which key a signature claims, to look that key up; nothing when malformed.
[[nodiscard]] std::optional<KeyId> claimed_key_id(std::string_view signature_text);

// ---- secret key files ------------------------------------------------------------------------

// What scrypt may cost. The values are libsodium's limits for interactive and sensitive use; the
// latter is what minisign writes (1 GiB, some seconds) and the most that is accepted when reading.
struct ScryptCost {
    std::uint64_t operations = 0;
    std::uint64_t memory_bytes = 0;
    auto operator<=>(const ScryptCost&) const = default;
};
inline constexpr ScryptCost kScryptCostDefault = {33'554'432, 1'073'741'824};
inline constexpr ScryptCost kScryptCostMax = kScryptCostDefault;

// The two lines of a .key file, encrypted with scrypt under `password`. minisign's encryption is a
// XOR with a checksum: the file is no safer than its password.
[[nodiscard]] SecretBytes write_secret_key(const SecretKey& key, const SecretBytes& password,
                                           const ScryptCost& cost = kScryptCostDefault);
// The same in the clear, as `minisign -G -W` does.
[[nodiscard]] SecretBytes write_secret_key_unprotected(const SecretKey& key);

// Whether a password is needed for this file. Throws Error{usage} if it is no secret key file.
[[nodiscard]] bool needs_password(const SecretBytes& file);

// The key, or nothing if the password is not the one (it is not looked at when none is needed).
// Throws Error{usage} for what is no secret key file, Error{integrity} for one that is damaged
// or costs more than kScryptCostMax.
[[nodiscard]] std::optional<SecretKey> read_secret_key(const SecretBytes& file,
                                                       const SecretBytes& password);

}  // namespace custos::crypto::minisign
