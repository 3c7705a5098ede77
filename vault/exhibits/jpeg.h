// SPDX-License-Identifier: GPL-3.0-or-later
// A JPEG file as the segments that it is made of. The pixels are not decoded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault::exhibits {

inline constexpr std::size_t kJpegSegmentsMax = 4096;

namespace jpeg {
inline constexpr std::uint8_t kStart = 0xD8;
inline constexpr std::uint8_t kEnd = 0xD9;
inline constexpr std::uint8_t kScan = 0xDA;
inline constexpr std::uint8_t kQuantisation = 0xDB;
inline constexpr std::uint8_t kHuffman = 0xC4;
inline constexpr std::uint8_t kRestartInterval = 0xDD;
inline constexpr std::uint8_t kApp0 = 0xE0;
inline constexpr std::uint8_t kApp1 = 0xE1;
inline constexpr std::uint8_t kApp2 = 0xE2;
inline constexpr std::uint8_t kApp13 = 0xED;
inline constexpr std::uint8_t kApp14 = 0xEE;
inline constexpr std::uint8_t kApp15 = 0xEF;
inline constexpr std::uint8_t kComment = 0xFE;
inline constexpr bool is_app(std::uint8_t marker) { return marker >= kApp0 && marker <= kApp15; }
}  // namespace jpeg

struct JpegSegment {
    std::uint8_t marker = 0;
    ByteView payload;  // behind the length
    ByteView coded;    // of a scan: the entropy-coded bytes behind it
};

struct Jpeg {
    std::vector<JpegSegment> segments;  // between the marker of the start and that of the end
    ByteView trailing;                  // behind the end
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::string damage;  // why reading stopped; empty: the end was reached
};

[[nodiscard]] Jpeg read_jpeg(ByteView file);

}  // namespace custos::vault::exhibits
