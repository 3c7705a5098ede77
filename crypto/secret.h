// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets: bytes with a name, one owner and one door.
//
// The memory comes from libsodium's guarded heap: it lies between inaccessible pages, is kept out
// of core dumps, locked when the system allows it (ask secrets_are_locked()), and wiped when the
// owner lets go. Each secret costs four mappings, so a program holds few: never one a row. Secrets
// can be moved, not copied. reveal() is the only door: grep for it to audit.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "crypto/bytes.h"

namespace custos {

// Starts libsodium. Must be called (once or more) before anything else here; throws Error{failed}.
void start_crypto();

// Whether the system lets this process lock memory. Asked once, by trying.
bool secrets_are_locked();

// A secret whose size is known when it runs: a passphrase, a decrypted key file.
class SecretBytes {
public:
    SecretBytes() noexcept = default;
    explicit SecretBytes(std::size_t size);  // zeroed
    explicit SecretBytes(ByteView copy_of);  // the caller wipes its own copy

    SecretBytes(SecretBytes&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }

    ByteView reveal() const noexcept { return {data_, size_}; }
    MutableByteView reveal() noexcept { return {data_, size_}; }

    // A second owner, where one is really needed.
    SecretBytes duplicate() const { return SecretBytes(reveal()); }

private:
    std::uint8_t* data_ = nullptr;
    std::size_t size_ = 0;
};

// A key of N bytes. `Kind` is a name only: two kinds of key are two types, and do not mix.
template <class Kind, std::size_t N>
class Secret {
public:
    static constexpr std::size_t kSize = N;

    Secret() : bytes_(N) {}
    // Takes a copy of exactly N bytes; throws std::length_error for another number.
    explicit Secret(ByteView copy_of) : bytes_(N) {
        if (copy_of.size() != N) throw_wrong_size();
        std::memcpy(bytes_.reveal().data(), copy_of.data(), N);
    }
    static Secret random();

    std::span<const std::uint8_t, N> reveal() const noexcept {
        return std::span<const std::uint8_t, N>(bytes_.reveal().data(), N);
    }
    std::span<std::uint8_t, N> reveal() noexcept {
        return std::span<std::uint8_t, N>(bytes_.reveal().data(), N);
    }
    Secret duplicate() const { return Secret(reveal()); }

private:
    [[noreturn]] static void throw_wrong_size();
    SecretBytes bytes_;
};

// Wipes public memory that held a secret for a moment.
void wipe(MutableByteView bytes) noexcept;
void wipe(std::string& text) noexcept;

// Compares in a time that depends on the sizes only.
[[nodiscard]] bool equal_secrets(ByteView a, ByteView b) noexcept;

namespace detail {
void fill_random(MutableByteView bytes) noexcept;
[[noreturn]] void throw_secret_size();
}  // namespace detail

template <class Kind, std::size_t N>
Secret<Kind, N> Secret<Kind, N>::random() {
    Secret fresh;
    detail::fill_random(fresh.reveal());
    return fresh;
}

template <class Kind, std::size_t N>
void Secret<Kind, N>::throw_wrong_size() {
    detail::throw_secret_size();
}

}  // namespace custos
