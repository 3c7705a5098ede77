// SPDX-License-Identifier: GPL-3.0-or-later
// vault.hdr: the one public file of a vault. Fixed size, documented in
// docs/formats/vault-header.md.
//
// Whoever steals a vault has it, so it tells as little as possible: the cost of the passphrase KDF,
// and eight slots that look alike whether used or not (an unused one is random). Everything in it
// may have been written by an attacker until unlock() has checked the HMAC.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"

namespace custos::vault {

using VaultId = std::array<std::uint8_t, 16>;

inline constexpr std::uint32_t kHeaderVersion = 1;
inline constexpr std::size_t kSlotCount = 8;
inline constexpr std::size_t kSlotSize = 512;
inline constexpr std::size_t kHeaderSize = 84 + kSlotCount * kSlotSize + crypto::Digest::kSize;

using Slot = std::array<std::uint8_t, kSlotSize>;

struct Header {
    VaultId id{};
    std::uint64_t generation = 0;  // goes up with every change of this file
    std::array<std::uint8_t, 16> database_salt{};
    crypto::Argon2Parameters argon2;
    std::array<std::uint8_t, 16> argon2_salt{};
    std::array<Slot, kSlotCount> slots{};
    crypto::Digest mac;  // HMAC-SHA256 over everything before it
};

// What a slot gives to the person whose slot it is.
struct Unlocked {
    crypto::MasterKey master;
    crypto::SigningSeed author;  // the person's signing key
    std::size_t slot = 0;
};

// A header for a new vault: random id and salts, all slots unused, no MAC yet.
[[nodiscard]] Header new_header(const crypto::Argon2Parameters& parameters);

[[nodiscard]] Bytes encode(const Header& header);

// Checks the magic, the size and the version only. Error{integrity} when it is not a header, or
// Error{failed} when a newer custos wrote it.
[[nodiscard]] Header decode_header(ByteView bytes);

// Runs Argon2id once and tries every slot by its commitment. Returns nothing if no slot accepts the
// passphrase; that a slot was damaged cannot be told apart from that. Error{integrity} when the KDF
// parameters are outside `policy` (nothing was computed then) or when the HMAC is wrong.
[[nodiscard]] std::optional<Unlocked> unlock(const Header& header, const SecretBytes& passphrase,
                                             const crypto::Argon2Policy& policy);

// Whether the HMAC of the header was made with this master key.
[[nodiscard]] bool is_signed(const Header& header, const crypto::MasterKey& master);

// Puts the keys into slot `slot`, raises the generation and signs the header anew. The passphrase
// must be the same text for everyone (NFC, see cli/passphrase.h).
void write_slot(Header& header, std::size_t slot, const SecretBytes& passphrase,
                const crypto::MasterKey& master, const crypto::SigningSeed& author);

// Makes slot `slot` unused (random), raises the generation and signs the header anew.
void clear_slot(Header& header, std::size_t slot, const crypto::MasterKey& master);

}  // namespace custos::vault
