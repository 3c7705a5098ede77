// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secret.h"

#include <new>
#include <stdexcept>

#include <sodium.h>

#include "crypto/error.h"

namespace custos {

void start_crypto() {
    if (sodium_init() < 0) throw Error{ErrorCode::failed, "cannot start libsodium"};
}

bool secrets_are_locked() {
    static const bool locked = [] {
        // sodium_malloc() does not say whether locking worked; sodium_mlock() does.
        alignas(64) static std::uint8_t probe[64];
        if (sodium_mlock(probe, sizeof probe) != 0) return false;
        sodium_munlock(probe, sizeof probe);
        return true;
    }();
    return locked;
}

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    if (size == 0) return;
    data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (data_ == nullptr) throw std::bad_alloc();
    sodium_memzero(data_, size);
}

SecretBytes::SecretBytes(ByteView copy_of) : SecretBytes(copy_of.size()) {
    if (size_ > 0) std::memcpy(data_, copy_of.data(), size_);
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        sodium_free(data_);
        data_ = std::exchange(other.data_, nullptr);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() { sodium_free(data_); }  // wipes first

void wipe(MutableByteView bytes) noexcept {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string& text) noexcept {
    if (!text.empty()) sodium_memzero(text.data(), text.size());
    text.clear();
}

bool equal_secrets(ByteView a, ByteView b) noexcept {
    if (a.size() != b.size()) return false;
    if (a.empty()) return true;
    return sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

namespace detail {

void fill_random(MutableByteView bytes) noexcept { randombytes_buf(bytes.data(), bytes.size()); }

void throw_secret_size() { throw std::length_error("a secret of another size was expected"); }

}  // namespace detail
}  // namespace custos
