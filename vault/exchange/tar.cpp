// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/tar.h"

#include <array>
#include <cstring>
#include <stdexcept>

namespace custos::vault {
namespace {

constexpr std::uint64_t kOctalSizeMax = (std::uint64_t{1} << 33) - 1;
constexpr std::uint64_t kTime = 946'684'800;  // 2000-01-01, for every file of ours

using Block = std::array<std::uint8_t, kTarBlock>;

// Octal digits with zeros before them, and a NUL behind.
void put_octal(Block& block, std::size_t at, std::size_t width, std::uint64_t number) {
    for (std::size_t i = width - 1; i-- > 0; number >>= 3)
        block.at(at + i) = static_cast<std::uint8_t>('0' + (number & 7));
}

void put_text(Block& block, std::size_t at, std::string_view text) {
    std::memcpy(block.data() + at, text.data(), text.size());
}

}  // namespace

void TarWriter::begin(std::string_view name, std::uint64_t size) {
    if (name.empty() || name.size() > kTarNameMax) throw std::logic_error("a tar name too long");
    Block block{};
    put_text(block, 0, name);
    put_octal(block, 100, 8, 0600);
    put_octal(block, 108, 8, 0);
    put_octal(block, 116, 8, 0);
    if (size <= kOctalSizeMax) {
        put_octal(block, 124, 12, size);
    } else {  // base 256, big-endian, with the highest bit set
        block[124] = 0x80;
        for (std::size_t i = 0; i < 8; ++i)
            block.at(135 - i) = static_cast<std::uint8_t>(size >> (8 * i) & 0xFF);
    }
    put_octal(block, 136, 12, kTime);
    put_text(block, 148, "        ");  // the checksum counts as spaces
    block[156] = '0';
    put_text(block, 257, std::string_view("ustar\00000", 8));
    std::uint64_t sum = 0;
    for (const std::uint8_t byte : block) sum += byte;
    put_octal(block, 148, 7, sum);
    block[154] = 0;
    sink_(block);
    size_ = size;
    written_ = 0;
}

void TarWriter::write(ByteView bytes) {
    written_ += bytes.size();
    sink_(bytes);
}

void TarWriter::end() {
    if (written_ != size_) throw std::logic_error("a file in a tar is not as long as was said");
    static constexpr Block kZeros{};
    const std::size_t rest = size_ % kTarBlock;
    if (rest > 0) sink_(ByteView(kZeros).first(kTarBlock - rest));
}

void TarWriter::finish() {
    static constexpr Block kZeros{};
    sink_(kZeros);
    sink_(kZeros);
}

}  // namespace custos::vault
