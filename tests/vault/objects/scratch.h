// SPDX-License-Identifier: GPL-3.0-or-later
// A directory for one test, removed at its end; and files with bytes that do not repeat.
#pragma once

#include <filesystem>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "vault/os/file.h"

namespace custos::test {

class Scratch {
public:
    Scratch()
        : path_(std::filesystem::temp_directory_path() /
                ("custos-test-" + crypto::hex(crypto::random_bytes(8)))) {
        start_crypto();
        vault::make_directory(path_);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(path_); }

    vault::Path operator/(const char* name) const { return path_ / name; }
    const vault::Path& path() const { return path_; }

private:
    vault::Path path_;
};

inline Bytes pattern(std::size_t size, std::uint32_t seed = 1) {
    Bytes bytes(size);
    std::uint32_t state = seed * 2'654'435'761U + 1;
    for (std::uint8_t& byte : bytes) {
        state = state * 1'664'525U + 1'013'904'223U;
        byte = static_cast<std::uint8_t>(state >> 24U);
    }
    return bytes;
}

// Without making it durable: thousands of these are made in one test.
inline void put(const vault::Path& path, ByteView bytes) {
    std::filesystem::remove(path);
    vault::File::create(path).write(bytes);
}

}  // namespace custos::test
