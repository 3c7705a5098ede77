// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/age.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "crypto/age/stanzas.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::crypto::age {
namespace {

SealedHeader seal(const FileKey& file_key, const std::vector<Stanza>& stanzas) {
    const auto nonce = random_array<kPayloadNonceSize>();
    return {write_header(stanzas, file_key, nonce), payload_key(file_key, nonce)};
}

Bytes seal_payload(const SealedHeader& header, ByteView plain, Armored armored) {
    Bytes file = header.bytes;
    const std::uint64_t chunks = chunk_count(plain.size());
    file.resize(file.size() + sealed_size(plain.size()));
    MutableByteView out = MutableByteView(file).subspan(header.bytes.size());
    ChunkCipher cipher(header.key);
    for (std::uint64_t i = 0; i < chunks; ++i) {
        const std::size_t size = std::min(plain.size(), kChunkSize);
        const Last last = i + 1 == chunks ? Last::yes : Last::no;
        cipher.seal(i, last, plain.first(size), out.first(size + kChunkTagSize));
        plain = plain.subspan(size);
        out = out.subspan(size + kChunkTagSize);
    }
    return armored == Armored::yes ? to_bytes(bytes_of(armor(file))) : file;
}

// As a reader of a stream does it, who does not know where the end is: a full chunk can be the
// last.
Decrypted open_payload(const PayloadKey& key, ByteView payload) {
    ChunkCipher cipher(key);
    Decrypted result{Verdict::payload_failure, {}};
    Bytes plain;
    for (std::uint64_t i = 0; payload.size() >= kChunkTagSize; ++i) {
        const ByteView sealed = payload.first(std::min(payload.size(), kSealedChunkSize));
        payload = payload.subspan(sealed.size());
        plain.resize(sealed.size() - kChunkTagSize);
        if (cipher.open(i, Last::no, sealed, plain)) {
            append(result.plain, plain);
        } else if (cipher.open(i, Last::yes, sealed, plain)) {
            append(result.plain, plain);
            if (payload.empty()) result.verdict = Verdict::success;
            return result;
        } else {
            return result;
        }
    }
    return result;
}

// What must hold before any key is tried: every stanza of a type we know is in its form, and a
// passphrase is alone.
bool has_valid_stanzas(const std::vector<Stanza>& stanzas) {
    if (!std::ranges::all_of(stanzas, is_well_formed)) return false;
    return stanzas.size() == 1 || std::ranges::none_of(stanzas, is_passphrase_stanza);
}

Unwrapping find_file_key(const std::vector<Stanza>& stanzas, std::span<const Identity> identities,
                         std::span<const SecretBytes> passphrases, FileKey& file_key) {
    for (const Stanza& stanza : stanzas) {
        for (const Identity& identity : identities) {
            const Unwrapping result = unwrap(stanza, identity, file_key);
            if (result != Unwrapping::not_ours) return result;
        }
        for (const SecretBytes& passphrase : passphrases) {
            const Unwrapping result = unwrap(stanza, passphrase, kWorkFactorMax, file_key);
            if (result != Unwrapping::not_ours) return result;
        }
    }
    return Unwrapping::not_ours;
}

Decrypted decrypt_binary(ByteView file, std::span<const Identity> identities,
                         std::span<const SecretBytes> passphrases) {
    const ReadHeader read = read_header(file);
    if (read.state != HeaderState::complete) return {Verdict::header_failure, {}};
    const OpenedHeader opened = open_header(read.header, identities, passphrases);
    if (!opened.key) return {opened.verdict, {}};
    return open_payload(*opened.key, file.subspan(read.header.size()));
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::success: return "success";
        case Verdict::no_match: return "no match";
        case Verdict::hmac_failure: return "HMAC failure";
        case Verdict::header_failure: return "header failure";
        case Verdict::payload_failure: return "payload failure";
        case Verdict::armor_failure: return "armor failure";
    }
    throw std::logic_error("a verdict without a name");
}

SealedHeader seal_header(std::span<const Recipient> recipients) {
    if (recipients.empty() || recipients.size() > kStanzasMax) {
        throw Error{ErrorCode::usage, "cannot seal a file: it needs 1 to " +
                                          std::to_string(kStanzasMax) + " recipients"};
    }
    const KeyKind kind = recipients.front().kind();
    if (std::ranges::any_of(recipients, [&](const Recipient& r) { return r.kind() != kind; })) {
        throw Error{
            ErrorCode::usage,
            "cannot seal a file to post-quantum and classic recipients at once: it would be "
            "as weak as the classic ones",
            "use recipients that all start with age1pq1"};
    }
    const auto file_key = FileKey::random();
    std::vector<Stanza> stanzas;
    for (const Recipient& recipient : recipients) stanzas.push_back(wrap(file_key, recipient));
    return seal(file_key, stanzas);
}

SealedHeader seal_header(const SecretBytes& passphrase, unsigned work_factor) {
    if (passphrase.empty() || work_factor == 0 || work_factor > kWorkFactorMax) {
        throw Error{ErrorCode::usage,
                    "cannot seal a file to a passphrase: it must not be empty, and the work factor "
                    "goes from 1 to " +
                        std::to_string(kWorkFactorMax)};
    }
    const auto file_key = FileKey::random();
    return seal(file_key, {wrap(file_key, passphrase, work_factor)});
}

OpenedHeader open_header(const Header& header, std::span<const Identity> identities,
                         std::span<const SecretBytes> passphrases) {
    if (!has_valid_stanzas(header.stanzas)) return {Verdict::header_failure, std::nullopt};
    FileKey file_key;
    switch (find_file_key(header.stanzas, identities, passphrases, file_key)) {
        case Unwrapping::not_ours: return {Verdict::no_match, std::nullopt};
        case Unwrapping::malformed: return {Verdict::header_failure, std::nullopt};
        case Unwrapping::unwrapped: break;
    }
    if (!is_authentic(header, file_key)) return {Verdict::hmac_failure, std::nullopt};
    return {Verdict::success, payload_key(file_key, header.nonce)};
}

Bytes encrypt(std::span<const Recipient> recipients, ByteView plain, Armored armored) {
    return seal_payload(seal_header(recipients), plain, armored);
}

Bytes encrypt(const SecretBytes& passphrase, ByteView plain, unsigned work_factor,
              Armored armored) {
    return seal_payload(seal_header(passphrase, work_factor), plain, armored);
}

Decrypted decrypt(ByteView file, std::span<const Identity> identities,
                  std::span<const SecretBytes> passphrases) {
    if (looks_armored(file)) {
        const auto inside = dearmor(text_of(file));
        if (!inside) return {Verdict::armor_failure, {}};
        return decrypt_binary(*inside, identities, passphrases);
    }
    return decrypt_binary(file, identities, passphrases);
}

}  // namespace custos::crypto::age
