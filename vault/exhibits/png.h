// SPDX-License-Identifier: GPL-3.0-or-later
// A PNG file as its chunks (ISO/IEC 15948).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault::exhibits {

inline constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
inline constexpr std::size_t kPngChunksMax = 200'000;  // cameras and scanners write one each 8 KiB

struct PngChunk {
    std::string type;  // "IDAT"
    ByteView data;
};

struct PngHeader {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    unsigned depth = 0;
    unsigned colour = 0;  // 0 grey, 2 colours, 3 palette, 4 grey and alpha, 6 colours and alpha
    bool interlaced = false;
};

struct Png {
    std::vector<PngChunk> chunks;  // IHDR first, IEND last
    ByteView trailing;             // behind IEND
    PngHeader header;
    std::string damage;  // why reading stopped; empty: the end was reached, and all is whole
};

// Every chunk's CRC is compared.
[[nodiscard]] Png read_png(ByteView file);

}  // namespace custos::vault::exhibits
