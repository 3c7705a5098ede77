// SPDX-License-Identifier: GPL-3.0-or-later
// minisign's files: any bytes as a public key, a signature and a secret key.
#include <cstdint>

#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/minisign.h"

namespace {

namespace minisign = custos::crypto::minisign;
using custos::ByteView;
using custos::SecretBytes;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void read_as_public_key(std::string_view text) {
    try {
        const minisign::PublicKey key = minisign::read_public_key(text);
        require(minisign::read_public_key(minisign::write_public_key(key)) == key);
        require(minisign::read_public_key(minisign::public_key_line(key)) == key);
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage);
    }
}

void read_as_signature(ByteView data) {
    static const minisign::SecretKey ours =
        minisign::secret_key_of(custos::crypto::SigningSeed(custos::Bytes(32, 1)));
    static const minisign::PublicKey key = minisign::public_key_of(ours);
    const std::string_view text = custos::text_of(data);
    const auto claimed = minisign::claimed_key_id(text);
    const auto now = minisign::verify(key, text, {});
    const auto old = minisign::verify_legacy(key, text, {});
    // One of the two forms, or malformed in both.
    require(claimed.has_value() == (now.verdict != minisign::Verdict::malformed ||
                                    old.verdict != minisign::Verdict::malformed));
    require(now.trusted_comment.empty() || now.verdict == minisign::Verdict::authentic);
}

void read_as_secret_key(ByteView data) {
    const SecretBytes file{data};
    try {
        if (minisign::needs_password(file)) return;  // scrypt would take seconds
        const auto key = minisign::read_secret_key(file, {});
        const auto again =
            minisign::read_secret_key(minisign::write_secret_key_unprotected(*key), {});
        require(again->id == key->id);
        require(custos::equal_secrets(again->seed.reveal(), key->seed.reveal()));
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage ||
                error.code() == custos::ErrorCode::integrity);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const ByteView input(data, size);
    read_as_public_key(custos::text_of(input));
    read_as_signature(input);
    read_as_secret_key(input);
    return 0;
}
