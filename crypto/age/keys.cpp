// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/keys.h"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "crypto/age/bech32.h"
#include "crypto/error.h"

namespace custos::crypto::age {
namespace {

constexpr std::string_view kPostQuantumRecipient = "age1pq";
constexpr std::string_view kX25519Recipient = "age";
constexpr std::string_view kPostQuantumIdentity = "AGE-SECRET-KEY-PQ-";
constexpr std::string_view kX25519Identity = "AGE-SECRET-KEY-";

std::string_view prefix_of(KeyKind kind) {
    return kind == KeyKind::post_quantum ? kPostQuantumIdentity : kX25519Identity;
}

template <class Key>
std::optional<Recipient> parse_key(std::string_view text, std::string_view prefix) {
    Key key{};
    if (!read_bech32(text, prefix, key)) return std::nullopt;
    return Recipient(key);
}

void take_line_end(std::string_view& line) {
    while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t'))
        line.remove_suffix(1);
}

}  // namespace

std::optional<Recipient> Recipient::parse(std::string_view text) {
    if (auto recipient = parse_key<X25519PublicKey>(text, kX25519Recipient)) return recipient;
    return parse_key<HpkePublicKey>(text, kPostQuantumRecipient);
}

std::string Recipient::text() const {
    const std::string_view prefix =
        kind() == KeyKind::post_quantum ? kPostQuantumRecipient : kX25519Recipient;
    const ByteView bytes = std::visit([](const auto& key) { return ByteView(key); }, key_);
    Bytes text(bech32_size(prefix, bytes.size()));
    write_bech32(prefix, bytes, text);
    return to_string(text);
}

KeyKind Recipient::kind() const noexcept {
    return std::holds_alternative<HpkePublicKey>(key_) ? KeyKind::post_quantum : KeyKind::x25519;
}

std::optional<Identity> Identity::parse(ByteView text) {
    for (const KeyKind kind : {KeyKind::post_quantum, KeyKind::x25519}) {
        // Asked before a seed takes guarded memory.
        if (text.size() != identity_text_size(kind)) continue;
        IdentitySeed seed;
        if (!read_bech32(text_of(text), prefix_of(kind), seed.reveal())) continue;
        return Identity(kind, std::move(seed));
    }
    return std::nullopt;
}

SecretBytes Identity::text() const {
    SecretBytes text(identity_text_size(kind_));
    write_identity_text(kind_, seed_.reveal(), text.reveal());
    return text;
}

Recipient Identity::recipient() const { return recipient_of(kind_, seed_.reveal()); }

Recipient recipient_of(KeyKind kind, SeedView seed) {
    if (kind == KeyKind::post_quantum) return Recipient(hpke_public_key(seed));
    X25519PublicKey key{};
    crypto_scalarmult_curve25519_base(key.data(), seed.data());
    return Recipient(key);
}

std::size_t identity_text_size(KeyKind kind) noexcept {
    return bech32_size(prefix_of(kind), IdentitySeed::kSize);
}

void write_identity_text(KeyKind kind, SeedView seed, MutableByteView out) {
    write_bech32(prefix_of(kind), seed, out);
}

std::vector<Identity> parse_identity_file(const SecretBytes& file) {
    const auto refuse = [](const std::string& why) {
        throw Error{ErrorCode::usage, "cannot read the identity file: " + why,
                    "it has lines that start with AGE-SECRET-KEY-, and comments that start with #"};
    };
    if (file.size() > kIdentityFileSizeMax) refuse("it is too large for one");

    std::vector<Identity> identities;
    std::string_view rest = text_of(file.reveal());
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        take_line_end(line);
        if (line.empty() || line.starts_with('#')) continue;

        std::optional<Identity> identity = Identity::parse(bytes_of(line));
        if (!identity) refuse("line " + std::to_string(number) + " is no identity");
        if (identities.size() == kIdentitiesMax) refuse("it holds too many");
        identities.push_back(std::move(*identity));
    }
    if (identities.empty()) refuse("there is none in it");
    return identities;
}

SecretBytes write_identity_file(const Identity& identity, std::string_view note) {
    std::string comments;
    while (!note.empty()) {
        const std::size_t end = note.find('\n');
        comments.append("# ").append(note.substr(0, end)).append("\n");
        note.remove_prefix(end == std::string_view::npos ? note.size() : end + 1);
    }
    comments.append("# public key: ").append(identity.recipient().text()).append("\n");

    const SecretBytes key = identity.text();
    SecretBytes file(comments.size() + key.size() + 1);
    std::ranges::copy(comments, file.reveal().begin());
    std::ranges::copy(key.reveal(), file.reveal().subspan(comments.size()).begin());
    file.reveal().back() = '\n';
    return file;
}

}  // namespace custos::crypto::age
