// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/kdf.h"

#include <stdexcept>

#include <sodium.h>

#include "crypto/brief_secret.h"
#include "crypto/error.h"

namespace custos::crypto {
namespace {

using Prk = BriefSecret<struct PrkKind, crypto_kdf_hkdf_sha256_KEYBYTES>;

void expand(const Prk& prk, ByteView info, MutableByteView out) {
    if (crypto_kdf_hkdf_sha256_expand(out.data(), out.size(),
                                      reinterpret_cast<const char*>(info.data()), info.size(),
                                      prk.reveal().data()) != 0) {
        throw std::length_error("HKDF-SHA256 gives at most 8160 bytes");
    }
}

}  // namespace

void hkdf_sha256(ByteView input_key, ByteView salt, ByteView info, MutableByteView out) {
    Prk prk;
    crypto_kdf_hkdf_sha256_extract(prk.reveal().data(), salt.data(), salt.size(), input_key.data(),
                                   input_key.size());
    expand(prk, info, out);
}

std::string_view label_of(Purpose purpose) {
    switch (purpose) {
        case Purpose::database: return "custos/v1/database";
        case Purpose::header_mac: return "custos/v1/header-mac";
        case Purpose::backup_identity: return "custos/v1/backup-identity";
        case Purpose::file_equality: return "custos/v1/file-equality";
        case Purpose::drafts: return "custos/v1/drafts";
        case Purpose::disclosure: return "custos/v1/disclosure";
        case Purpose::findings: return "custos/v1/findings";
    }
    throw std::logic_error("a purpose without a label");
}

DerivedKey derive_key(const MasterKey& master, Purpose purpose,
                      std::span<const std::uint8_t, 16> vault_id) {
    // The master key is uniformly random already: expand is enough (RFC 5869 section 3.3).
    Bytes info = to_bytes(bytes_of(label_of(purpose)));
    append(info, vault_id);
    DerivedKey key;
    expand(Prk(master.reveal()), info, key.reveal());
    return key;
}

bool within(const Argon2Policy& policy, const Argon2Parameters& p) {
    return p.memory_kib >= policy.floor.memory_kib && p.passes >= policy.floor.passes &&
           p.memory_kib <= policy.ceiling.memory_kib && p.passes <= policy.ceiling.passes;
}

PassphraseKey argon2id(const SecretBytes& passphrase, std::span<const std::uint8_t, 16> salt,
                       const Argon2Parameters& parameters) {
    static_assert(crypto_pwhash_SALTBYTES == 16);
    PassphraseKey key;
    // libsodium wants a pointer to no bytes, too.
    const ByteView text = passphrase.empty() ? bytes_of("") : passphrase.reveal();
    if (crypto_pwhash(key.reveal().data(), key.reveal().size(),
                      reinterpret_cast<const char*>(text.data()), text.size(), salt.data(),
                      parameters.passes, std::size_t{parameters.memory_kib} * 1024,
                      crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw Error{ErrorCode::failed,
                    "cannot turn the passphrase into a key: " +
                        std::to_string(parameters.memory_kib / 1024) +
                        " MiB of memory are not free",
                    "close other programs and try again"};
    }
    return key;
}

}  // namespace custos::crypto
