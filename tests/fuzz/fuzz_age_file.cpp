// SPDX-License-Identifier: GPL-3.0-or-later
// Whole age files, opened with two fixed identities; and the same bytes as a payload under a key
// that is known, so that the fuzzer gets behind the header's MAC.
#include <algorithm>
#include <cstdint>

#include "crypto/age/age.h"

namespace {

namespace age = custos::crypto::age;
using custos::Bytes;
using custos::ByteView;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

const std::vector<age::Identity>& identities() {
    static const std::vector<age::Identity> both = [] {
        std::vector<age::Identity> made;
        for (const auto kind : {age::KeyKind::post_quantum, age::KeyKind::x25519}) {
            made.emplace_back(kind, age::IdentitySeed(Bytes(age::IdentitySeed::kSize, 1)));
        }
        return made;
    }();
    return both;
}

void open_file(ByteView data) {
    const age::Decrypted result = age::decrypt(data, identities());
    const bool may_have_plain =
        result.verdict == age::Verdict::success || result.verdict == age::Verdict::payload_failure;
    require(may_have_plain || result.plain.empty());
    require(result.plain.size() <= data.size());
}

// The first byte says which chunk is damaged and how; the rest is the plaintext.
void damage_payload(ByteView data) {
    if (data.empty()) return;
    const age::PayloadKey key;
    const ByteView plain = data.subspan(1).first(std::min(data.size() - 1, age::kChunkSize));
    Bytes sealed(plain.size() + age::kChunkTagSize);
    age::ChunkCipher cipher(key);
    cipher.seal(0, age::Last::yes, plain, sealed);
    require(age::plain_size(sealed.size()) == plain.size());

    Bytes opened(plain.size());
    require(cipher.open(0, age::Last::yes, sealed, opened));
    require(std::ranges::equal(opened, plain));
    sealed[data[0] % sealed.size()] ^= static_cast<std::uint8_t>(1U << (data[0] % 8U));
    require(!cipher.open(0, age::Last::yes, sealed, opened));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    open_file({data, size});
    damage_payload({data, size});
    return 0;
}
