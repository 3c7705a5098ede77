// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/stream.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include <openssl/evp.h>

#include "crypto/error.h"

namespace custos::crypto::age {
namespace {

static_assert(kSealedChunkSize <= std::numeric_limits<int>::max());  // libcrypto counts in int
static_assert(kPlainSizeMax / kChunkSize * kSealedChunkSize < (std::uint64_t{1} << 63U));

// 11 bytes of counter, big endian, and the flag.
using Nonce = std::array<std::uint8_t, 12>;

Nonce nonce_of(std::uint64_t index, Last last) {
    Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) nonce[10 - i] = static_cast<std::uint8_t>(index >> (8 * i));
    nonce[11] = last == Last::yes ? 1 : 0;
    return nonce;
}

void must(int result) {
    if (result != 1) {
        throw Error{ErrorCode::failed, "cannot run ChaCha20-Poly1305 in libcrypto"};
    }
}

// An empty chunk is a payload of its own; a chunk that is not the last is full.
bool has_valid_size(std::uint64_t index, Last last, std::size_t plain_size) {
    if (last == Last::no) return plain_size == kChunkSize;
    return plain_size <= kChunkSize && (plain_size > 0 || index == 0);
}

}  // namespace

std::uint64_t chunk_count(std::uint64_t plain_size) noexcept {
    return plain_size == 0 ? 1 : (plain_size - 1) / kChunkSize + 1;
}

std::uint64_t sealed_size(std::uint64_t plain_size) {
    if (plain_size > kPlainSizeMax) {
        throw Error{ErrorCode::usage, "cannot seal that many bytes in one file"};
    }
    return plain_size + chunk_count(plain_size) * kChunkTagSize;
}

std::optional<std::uint64_t> plain_size(std::uint64_t sealed_size) noexcept {
    const std::uint64_t full = sealed_size / kSealedChunkSize;
    const std::uint64_t rest = sealed_size % kSealedChunkSize;
    if (rest == 0) return full == 0 ? std::nullopt : std::optional(full * kChunkSize);
    if (rest < kChunkTagSize || (rest == kChunkTagSize && full > 0)) return std::nullopt;
    return full * kChunkSize + rest - kChunkTagSize;
}

struct ChunkCipher::State {
    std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{EVP_CIPHER_CTX_new(),
                                                                            &EVP_CIPHER_CTX_free};
    State() {
        // Fetched once: a fetch costs more than sealing a short chunk.
        static EVP_CIPHER* const algorithm =
            EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
        if (!context || algorithm == nullptr) must(0);
        must(EVP_EncryptInit_ex2(context.get(), algorithm, nullptr, nullptr, nullptr));
    }
};

ChunkCipher::ChunkCipher(const PayloadKey& key) : state_(std::make_unique<State>()) {
    set_key(key);
}
ChunkCipher::ChunkCipher(ChunkCipher&&) noexcept = default;
ChunkCipher& ChunkCipher::operator=(ChunkCipher&&) noexcept = default;
ChunkCipher::~ChunkCipher() = default;

void ChunkCipher::set_key(const PayloadKey& key) {
    must(
        EVP_EncryptInit_ex2(state_->context.get(), nullptr, key.reveal().data(), nullptr, nullptr));
}

void ChunkCipher::seal(std::uint64_t index, Last last, ByteView plain, MutableByteView out) {
    if (!has_valid_size(index, last, plain.size()) || out.size() != plain.size() + kChunkTagSize) {
        throw std::length_error("a chunk to seal is of the wrong size");
    }
    EVP_CIPHER_CTX* const context = state_->context.get();
    const Nonce nonce = nonce_of(index, last);
    const int size = static_cast<int>(plain.size());
    int written = 0;
    must(EVP_EncryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr));
    if (size > 0) must(EVP_EncryptUpdate(context, out.data(), &written, plain.data(), size));
    std::uint8_t* const tag = out.data() + plain.size();
    must(EVP_EncryptFinal_ex(context, tag, &written));
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kChunkTagSize, tag));
}

bool ChunkCipher::open(std::uint64_t index, Last last, ByteView sealed, MutableByteView out) {
    if (sealed.size() != out.size() + kChunkTagSize) {
        throw std::length_error("the room for an opened chunk is of the wrong size");
    }
    if (!has_valid_size(index, last, out.size())) {
        std::ranges::fill(out, std::uint8_t{0});
        return false;
    }
    EVP_CIPHER_CTX* const context = state_->context.get();
    const Nonce nonce = nonce_of(index, last);
    const int size = static_cast<int>(out.size());
    std::array<std::uint8_t, kChunkTagSize> tag{};
    std::copy_n(sealed.data() + out.size(), kChunkTagSize, tag.begin());
    std::uint8_t none = 0;
    int written = 0;
    must(EVP_DecryptInit_ex2(context, nullptr, nullptr, nonce.data(), nullptr));
    must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kChunkTagSize, tag.data()));
    if (size > 0) must(EVP_DecryptUpdate(context, out.data(), &written, sealed.data(), size));
    if (EVP_DecryptFinal_ex(context, &none, &written) == 1) return true;
    std::ranges::fill(out, std::uint8_t{0});
    return false;
}

}  // namespace custos::crypto::age
