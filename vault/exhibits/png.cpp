// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/png.h"

#include <algorithm>
#include <limits>

#include <zlib.h>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kAround = 12;  // length, type and CRC of a chunk
constexpr std::uint32_t kLengthMax = 0x7FFFFFFF;

bool is_letter(std::uint8_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_possible(const PngHeader& header) {
    const auto depth_is = [&](std::initializer_list<unsigned> depths) {
        return std::find(depths.begin(), depths.end(), header.depth) != depths.end();
    };
    if (header.width == 0 || header.height == 0 || header.width > kLengthMax ||
        header.height > kLengthMax) {
        return false;
    }
    switch (header.colour) {
        case 0: return depth_is({1, 2, 4, 8, 16});
        case 3: return depth_is({1, 2, 4, 8});
        case 2:
        case 4:
        case 6: return depth_is({8, 16});
        default: return false;
    }
}

// "" if it is one.
std::string take_header(const PngChunk& chunk, PngHeader& out) {
    if (chunk.type != "IHDR" || chunk.data.size() != 13) return "it does not begin with its header";
    const Numbers numbers(chunk.data, Numbers::Order::big);
    out.width = numbers.u32(0).value_or(0);
    out.height = numbers.u32(4).value_or(0);
    out.depth = chunk.data[8];
    out.colour = chunk.data[9];
    out.interlaced = chunk.data[12] == 1;
    const bool known = chunk.data[10] == 0 && chunk.data[11] == 0 && chunk.data[12] <= 1;
    return known && is_possible(out) ? "" : "its header is none that PNG allows";
}

}  // namespace

Png read_png(ByteView file) {
    Png out;
    const Numbers numbers(file, Numbers::Order::big);
    if (!begins_with(file, kPngSignature)) {
        out.damage = "it does not begin like a PNG";
        return out;
    }
    for (std::size_t at = kPngSignature.size();;) {
        const auto length = numbers.u32(at);
        if (!length || *length > kLengthMax || file.size() - at < kAround + *length) {
            out.damage = "it ends before its picture does";
            return out;
        }
        const ByteView checked = file.subspan(at + 4, 4 + *length);
        const bool is_named = std::all_of(checked.begin(), checked.begin() + 4, is_letter);
        static_assert(kPictureSizeMax < std::numeric_limits<uInt>::max());
        const auto crc = crc32(0, checked.data(), static_cast<uInt>(checked.size()));
        if (!is_named || numbers.u32(at + 8 + *length) != crc) {
            out.damage = "a chunk of it was changed or damaged";
            return out;
        }
        out.chunks.push_back({to_string(checked.first(4)), checked.subspan(4)});
        at += kAround + *length;
        if (out.chunks.size() == 1) out.damage = take_header(out.chunks.front(), out.header);
        if (out.chunks.size() > kPngChunksMax) out.damage = "it has more than 200,000 chunks";
        if (!out.damage.empty()) return out;
        if (out.chunks.back().type == "IEND") {
            out.trailing = file.subspan(at);
            return out;
        }
    }
}

}  // namespace custos::vault::exhibits
