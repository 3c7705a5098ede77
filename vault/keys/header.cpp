// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/keys/header.h"

#include <algorithm>

#include "crypto/error.h"
#include "crypto/random.h"
#include "crypto/seal.h"

namespace custos::vault {
namespace {

// 16 characters; a file that starts with them and is not a header of ours would be a coincidence.
constexpr std::string_view kMagic = "custos vault hdr";
static_assert(kMagic.size() == 16);

constexpr std::string_view kSlotInfo = "custos/v1/slot";

// A slot: salt (32) || factor parameters (192) || sealed keys (288). A passphrase has no
// parameters: random bytes stand there, as in an unused slot.
constexpr std::size_t kFactorsOffset = crypto::kSealSaltSize;
constexpr std::size_t kFactorsSize = 192;
constexpr std::size_t kSealedOffset = kFactorsOffset + kFactorsSize;
constexpr std::size_t kSealedSize = kSlotSize - kSealedOffset;
constexpr std::size_t kSlotPlainSize = kSealedSize - crypto::kSealOverhead;
static_assert(kSlotPlainSize >= crypto::MasterKey::kSize + crypto::SigningSeed::kSize);

// The input of a slot's key is a list of factors, so that an absent one is not an empty one.
constexpr std::uint8_t kPassphraseFactor = 1;

std::span<const std::uint8_t, crypto::kSealSaltSize> salt_of(const Slot& slot) {
    return std::span<const std::uint8_t, crypto::kSealSaltSize>(slot.data(), crypto::kSealSaltSize);
}

// What the sealed keys are bound to: this vault and the slot's parameters.
Bytes slot_context(const VaultId& id, const Slot& slot) {
    Bytes context = to_bytes(bytes_of(kSlotInfo));
    append(context, id);
    append(context, ByteView{slot}.subspan(kFactorsOffset, kFactorsSize));
    return context;
}

SecretBytes factor_list(const crypto::PassphraseKey& key) {
    SecretBytes list(2 + crypto::PassphraseKey::kSize);
    list.reveal()[0] = kPassphraseFactor;
    list.reveal()[1] = static_cast<std::uint8_t>(crypto::PassphraseKey::kSize);
    std::copy(key.reveal().begin(), key.reveal().end(), list.reveal().begin() + 2);
    return list;
}

crypto::SealingKeys slot_keys(const VaultId& id, const Slot& slot, const SecretBytes& factors) {
    return crypto::derive_sealing_keys(factors.reveal(), salt_of(slot), slot_context(id, slot));
}

crypto::Digest header_mac(const Header& header, const crypto::MasterKey& master) {
    const auto key = crypto::derive_key(master, crypto::Purpose::header_mac, header.id);
    const Bytes bytes = encode(header);
    return crypto::hmac_sha256(key.reveal(),
                               ByteView{bytes}.first(kHeaderSize - crypto::Digest::kSize));
}

void put_number(Bytes& out, std::uint64_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

std::uint64_t take_number(ByteView& in, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | in[i];
    in = in.subspan(size);
    return value;
}

template <std::size_t N>
void take_bytes(ByteView& in, std::array<std::uint8_t, N>& out) {
    std::copy_n(in.begin(), N, out.begin());
    in = in.subspan(N);
}

}  // namespace

Header new_header(const crypto::Argon2Parameters& parameters) {
    Header header;
    header.id = crypto::random_array<16>();
    header.database_salt = crypto::random_array<16>();
    header.argon2 = parameters;
    header.argon2_salt = crypto::random_array<16>();
    for (Slot& slot : header.slots) slot = crypto::random_array<kSlotSize>();
    return header;
}

Bytes encode(const Header& header) {
    Bytes out = to_bytes(bytes_of(kMagic));
    put_number(out, kHeaderVersion, 4);
    append(out, header.id);
    put_number(out, header.generation, 8);
    append(out, header.database_salt);
    put_number(out, header.argon2.memory_kib, 4);
    put_number(out, header.argon2.passes, 4);
    append(out, header.argon2_salt);
    for (const Slot& slot : header.slots) append(out, slot);
    append(out, header.mac.view());
    return out;
}

Header decode_header(ByteView bytes) {
    const std::string hint = "put back vault.hdr from a backup: each target holds a copy";
    if (bytes.size() < kMagic.size() + 4 || text_of(bytes.first(kMagic.size())) != kMagic) {
        throw Error{ErrorCode::integrity, "cannot open the vault: vault.hdr is not a header", hint};
    }
    bytes = bytes.subspan(kMagic.size());
    const std::uint64_t version = take_number(bytes, 4);
    if (version != kHeaderVersion) {
        throw Error{
            version > kHeaderVersion && version < 1000 ? ErrorCode::failed : ErrorCode::integrity,
            "cannot open the vault: its format " + std::to_string(version) +
                " is not known to this custos",
            "use the custos that wrote it, or a newer one"};
    }
    if (bytes.size() != kHeaderSize - kMagic.size() - 4) {
        throw Error{ErrorCode::integrity, "cannot open the vault: vault.hdr has a wrong size",
                    hint};
    }
    Header header;
    take_bytes(bytes, header.id);
    header.generation = take_number(bytes, 8);
    take_bytes(bytes, header.database_salt);
    header.argon2.memory_kib = static_cast<std::uint32_t>(take_number(bytes, 4));
    header.argon2.passes = static_cast<std::uint32_t>(take_number(bytes, 4));
    take_bytes(bytes, header.argon2_salt);
    for (Slot& slot : header.slots) take_bytes(bytes, slot);
    take_bytes(bytes, header.mac.bytes);
    return header;
}

std::optional<Unlocked> unlock(const Header& header, const SecretBytes& passphrase,
                               const crypto::Argon2Policy& policy) {
    if (!crypto::within(policy, header.argon2)) {
        throw Error{ErrorCode::integrity,
                    "cannot open the vault: the passphrase cost in vault.hdr is out of bounds",
                    "the header was damaged or tampered with: put back vault.hdr from a backup"};
    }
    const SecretBytes factors =
        factor_list(crypto::argon2id(passphrase, header.argon2_salt, header.argon2));

    std::optional<Unlocked> found;
    for (std::size_t i = 0; i < kSlotCount; ++i) {  // all of them: the time does not tell which
        const Slot& slot = header.slots[i];
        const auto keys = slot_keys(header.id, slot, factors);
        const ByteView sealed = ByteView{slot}.subspan(kSealedOffset);
        if (!crypto::is_sealed_with(keys, sealed) || found) continue;
        const auto plain = crypto::open(keys, sealed, slot_context(header.id, slot));
        if (!plain || plain->size() != kSlotPlainSize) continue;
        found = Unlocked{crypto::MasterKey(plain->reveal().first(crypto::MasterKey::kSize)),
                         crypto::SigningSeed(plain->reveal().subspan(crypto::MasterKey::kSize,
                                                                     crypto::SigningSeed::kSize)),
                         i};
    }
    if (found && !is_signed(header, found->master)) {
        throw Error{ErrorCode::integrity, "cannot open the vault: vault.hdr was changed",
                    "put back vault.hdr from a backup: each target holds a copy"};
    }
    return found;
}

bool is_signed(const Header& header, const crypto::MasterKey& master) {
    return equal_secrets(header_mac(header, master).view(), header.mac.view());
}

void write_slot(Header& header, std::size_t slot, const SecretBytes& passphrase,
                const crypto::MasterKey& master, const crypto::SigningSeed& author) {
    const SecretBytes factors =
        factor_list(crypto::argon2id(passphrase, header.argon2_salt, header.argon2));
    SecretBytes plain(kSlotPlainSize);
    const MutableByteView room = plain.reveal();
    std::copy(master.reveal().begin(), master.reveal().end(), room.begin());
    std::copy(author.reveal().begin(), author.reveal().end(),
              room.begin() + crypto::MasterKey::kSize);

    Slot fresh = crypto::random_array<kSlotSize>();  // new salt: the sealing key is used once
    const Bytes sealed = crypto::seal(slot_keys(header.id, fresh, factors), plain.reveal(),
                                      slot_context(header.id, fresh));
    std::copy(sealed.begin(), sealed.end(), fresh.begin() + kSealedOffset);
    header.slots.at(slot) = fresh;
    ++header.generation;
    header.mac = header_mac(header, master);
}

void clear_slot(Header& header, std::size_t slot, const crypto::MasterKey& master) {
    header.slots.at(slot) = crypto::random_array<kSlotSize>();
    ++header.generation;
    header.mac = header_mac(header, master);
}

}  // namespace custos::vault
