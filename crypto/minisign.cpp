// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/minisign.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/minisign_text.h"

namespace custos::crypto::minisign {
namespace {

constexpr std::size_t kIdSize = std::tuple_size_v<KeyId>;
constexpr std::size_t kSignatureSize = std::tuple_size_v<Signature>;
constexpr std::size_t kPublicKeySize = 2 + kIdSize + 32;
constexpr std::size_t kSignedSize = 2 + kIdSize + kSignatureSize;
constexpr std::string_view kPrehashed = "ED";

// A .minisig file taken apart.
struct SignatureFile {
    std::string algorithm;
    KeyId id{};
    Signature signature{};
    std::string trusted_comment;
    Signature global_signature{};
};

// What the second signature covers: the first one and the trusted comment.
Bytes globally_signed(const Signature& signature, std::string_view trusted_comment) {
    Bytes message = to_bytes(signature);
    append(message, trusted_comment);
    return message;
}

std::optional<SignatureFile> parse_signature(std::string_view text) {
    const auto lines = lines_of(text, 4);
    if (!lines) return std::nullopt;
    const auto untrusted = comment_in((*lines)[0], kUntrustedPrefix, kUntrustedCommentMax);
    const auto trusted = comment_in((*lines)[2], kTrustedPrefix, kTrustedCommentMax);
    const auto signed_part = from_base64((*lines)[1]);
    const auto global = from_base64((*lines)[3]);
    if (!untrusted || !trusted || !signed_part || signed_part->size() != kSignedSize || !global ||
        global->size() != kSignatureSize) {
        return std::nullopt;
    }
    SignatureFile file;
    const ByteView bytes = *signed_part;
    file.algorithm = text_of(bytes.first(2));
    if (file.algorithm != kPrehashed && file.algorithm != kAlgorithm) return std::nullopt;
    std::ranges::copy(bytes.subspan(2, kIdSize), file.id.begin());
    std::ranges::copy(bytes.last(kSignatureSize), file.signature.begin());
    file.trusted_comment = *trusted;
    std::ranges::copy(*global, file.global_signature.begin());
    return file;
}

Verification verify_as(std::string_view algorithm, const PublicKey& key,
                       std::string_view signature_text, ByteView message) {
    auto file = parse_signature(signature_text);
    if (!file || file->algorithm != algorithm) return {};

    Verification result;
    result.claimed_id = file->id;
    if (file->id != key.id) {
        result.verdict = Verdict::wrong_key;
    } else if (!crypto::verify(key.key, message, file->signature) ||
               !crypto::verify(key.key, globally_signed(file->signature, file->trusted_comment),
                               file->global_signature)) {
        result.verdict = Verdict::altered;
    } else {
        result.verdict = Verdict::authentic;
        result.trusted_comment = std::move(file->trusted_comment);
    }
    return result;
}

void check_comment(std::string_view comment, std::string_view which, std::size_t size_max) {
    if (comment.size() <= size_max && is_comment(comment)) return;
    throw Error{ErrorCode::usage,
                "cannot write the " + std::string(which) +
                    " comment of a signature: it is no single line of text of at most " +
                    std::to_string(size_max) + " bytes"};
}

}  // namespace

std::string key_id_text(const KeyId& id) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;  // the id is a little-endian number
    for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
        text.push_back(digits[*byte >> 4U]);
        text.push_back(digits[*byte & 0x0FU]);
    }
    const std::size_t start = std::min(text.find_first_not_of('0'), text.size() - 1);
    return text.substr(start);
}

SecretKey secret_key_of(const SigningSeed& seed) {
    SecretKey key{{}, seed.duplicate()};
    const Digest digest = sha256(verify_key_of(seed).bytes);
    std::copy_n(digest.bytes.begin(), kIdSize, key.id.begin());
    return key;
}

PublicKey public_key_of(const SecretKey& key) { return {key.id, verify_key_of(key.seed)}; }

std::string public_key_line(const PublicKey& key) {
    Bytes bytes = to_bytes(bytes_of(kAlgorithm));
    append(bytes, key.id);
    append(bytes, key.key.bytes);
    return base64(bytes);
}

std::string write_public_key(const PublicKey& key) {
    return std::string(kUntrustedPrefix) + "minisign public key " + key_id_text(key.id) + "\n" +
           public_key_line(key) + "\n";
}

PublicKey read_public_key(std::string_view text) {
    const Error not_a_key{ErrorCode::usage,
                          "cannot read the public key: it is not in minisign's form",
                          "give the .pub file, or its second line"};
    std::string_view line;
    if (const auto two = lines_of(text, 2)) {
        if (!comment_in((*two)[0], kUntrustedPrefix, kUntrustedCommentMax)) throw not_a_key;
        line = (*two)[1];
    } else if (const auto one = lines_of(text, 1)) {
        line = (*one)[0];
    } else {
        throw not_a_key;
    }
    const auto bytes = from_base64(line);
    if (!bytes || bytes->size() != kPublicKeySize) throw not_a_key;
    const ByteView view = *bytes;
    if (text_of(view.first(2)) != kAlgorithm) throw not_a_key;
    PublicKey key;
    std::ranges::copy(view.subspan(2, kIdSize), key.id.begin());
    std::ranges::copy(view.subspan(2 + kIdSize), key.key.bytes.begin());
    return key;
}

std::string sign(const SecretKey& key, const FileHash& hash, std::string_view trusted_comment,
                 std::string_view untrusted_comment) {
    check_comment(untrusted_comment, "untrusted", kUntrustedCommentMax);
    check_comment(trusted_comment, "trusted", kTrustedCommentMax);

    const Signature signature = crypto::sign(key.seed, hash);
    const Signature global = crypto::sign(key.seed, globally_signed(signature, trusted_comment));
    Bytes signed_part = to_bytes(bytes_of(kPrehashed));
    append(signed_part, key.id);
    append(signed_part, signature);

    std::string text(kUntrustedPrefix);
    text.append(untrusted_comment).append("\n").append(base64(signed_part)).append("\n");
    text.append(kTrustedPrefix).append(trusted_comment).append("\n");
    text.append(base64(global)).append("\n");
    return text;
}

Verification verify(const PublicKey& key, std::string_view signature_text, const FileHash& hash) {
    return verify_as(kPrehashed, key, signature_text, hash);
}

Verification verify_legacy(const PublicKey& key, std::string_view signature_text, ByteView file) {
    return verify_as(kAlgorithm, key, signature_text, file);
}

std::optional<KeyId> claimed_key_id(std::string_view signature_text) {
    const auto file = parse_signature(signature_text);
    if (!file) return std::nullopt;
    return file->id;
}

}  // namespace custos::crypto::minisign
