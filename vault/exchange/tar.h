// SPDX-License-Identifier: GPL-3.0-or-later
// A tar archive (POSIX ustar), written piece by piece: regular files with short ASCII names,
// nothing of this machine in it. Sizes from 8 GiB on are written as GNU tar does, which others read
// too.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::vault {

inline constexpr std::size_t kTarBlock = 512;
inline constexpr std::size_t kTarNameMax = 99;

class TarWriter {
public:
    explicit TarWriter(std::function<void(ByteView)> sink) : sink_(std::move(sink)) {}

    // A file of exactly `size` bytes, which write() gives; `name` is ASCII, at most kTarNameMax.
    void begin(std::string_view name, std::uint64_t size);
    void write(ByteView bytes);
    // Pads the file. std::logic_error if its bytes were not as many as said.
    void end();
    // The end of the archive.
    void finish();

    void add(std::string_view name, std::string_view text) {
        begin(name, text.size());
        write(bytes_of(text));
        end();
    }

private:
    std::function<void(ByteView)> sink_;
    std::uint64_t size_ = 0;
    std::uint64_t written_ = 0;
};

}  // namespace custos::vault
