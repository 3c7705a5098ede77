// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of age: recipients, to which files are sealed, and identities, which open them.
//
//   post-quantum (MLKEM768-X25519)   age1pq1...   AGE-SECRET-KEY-PQ-1...   what Custos makes
//   classic (X25519)                 age1...      AGE-SECRET-KEY-1...
//
// Passphrases are no keys of this kind: see crypto/age/age.h.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/age/hpke.h"
#include "crypto/brief_secret.h"
#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos::crypto::age {

enum class KeyKind { post_quantum, x25519 };

using X25519PublicKey = std::array<std::uint8_t, 32>;
// 32 random bytes, whichever the kind.
using IdentitySeed = Secret<struct AgeIdentitySeedKind, 32>;

// Public. Whether the bytes are a valid key of their kind shows when something is sealed to it.
class Recipient {
public:
    using Key = std::variant<HpkePublicKey, X25519PublicKey>;

    explicit Recipient(const Key& key) : key_(key) {}
    // Nothing, unless `text` is exactly one recipient of either kind.
    [[nodiscard]] static std::optional<Recipient> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    KeyKind kind() const noexcept;
    const Key& key() const noexcept { return key_; }
    bool operator==(const Recipient&) const = default;

private:
    Key key_;
};

// May be held by: whoever opens what was sealed to it. Everything follows from the seed.
class Identity {
public:
    Identity(KeyKind kind, IdentitySeed seed) : kind_(kind), seed_(std::move(seed)) {}
    [[nodiscard]] static Identity random(KeyKind kind) { return {kind, IdentitySeed::random()}; }
    // Nothing, unless `text` is exactly one identity of either kind, without a line end.
    [[nodiscard]] static std::optional<Identity> parse(ByteView text);
    // As age writes it, in capitals, without a line end.
    [[nodiscard]] SecretBytes text() const;

    KeyKind kind() const noexcept { return kind_; }
    const IdentitySeed& seed() const noexcept { return seed_; }
    [[nodiscard]] Recipient recipient() const;
    [[nodiscard]] Identity duplicate() const { return {kind_, seed_.duplicate()}; }

private:
    KeyKind kind_;
    IdentitySeed seed_;
};

// ---- keys that live for one operation
// ------------------------------------------------------------ For a program that makes an identity
// for every file: nothing here is kept in guarded memory.
using BriefSeed = BriefSecret<struct AgeBriefSeedKind, IdentitySeed::kSize>;
using SeedView = std::span<const std::uint8_t, IdentitySeed::kSize>;

[[nodiscard]] Recipient recipient_of(KeyKind kind, SeedView seed);

// The identity's text, as Identity::text(), into memory of exactly identity_text_size() bytes.
[[nodiscard]] std::size_t identity_text_size(KeyKind kind) noexcept;
void write_identity_text(KeyKind kind, SeedView seed, MutableByteView out);

// ---- identity files
// ------------------------------------------------------------------------------ What age-keygen
// writes and "age -i" reads: lines of one identity each, empty lines, and comments, which start
// with "#".
inline constexpr std::size_t kIdentityFileSizeMax = 64 * 1024;
inline constexpr std::size_t kIdentitiesMax = 64;

// Throws Error{usage} if a line is something else (the message says which line, not what is in it),
// if there is no identity, or one limit is passed.
[[nodiscard]] std::vector<Identity> parse_identity_file(const SecretBytes& file);

// `note` becomes comment lines, the recipient follows as one, then the identity.
[[nodiscard]] SecretBytes write_identity_file(const Identity& identity, std::string_view note);

}  // namespace custos::crypto::age
