// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>

#include <zlib.h>

#include "vault/exhibits/cleaning.h"
#include "vault/exhibits/png.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

void append_big(Bytes& out, std::uint32_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<std::uint8_t>((value >> shift) & 0xFFU));
}

void write_chunk(Bytes& out, std::string_view type, ByteView data) {
    append_big(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = out.size();
    append(out, type);
    append(out, data);
    const auto crc = crc32(0, out.data() + begin, static_cast<uInt>(out.size() - begin));
    append_big(out, static_cast<std::uint32_t>(crc));
}

// Bytes of the scan lines of a picture, or of one pass over it.
std::uint64_t lines_size(const PngHeader& header, std::uint64_t width, std::uint64_t height) {
    static constexpr std::array<unsigned, 7> kChannels = {1, 0, 3, 1, 2, 0, 4};
    if (width == 0 || height == 0) return 0;
    return height * (1 + (width * kChannels.at(header.colour) * header.depth + 7) / 8);
}

std::uint64_t unpacked_size(const PngHeader& header) {
    if (!header.interlaced) return lines_size(header, header.width, header.height);
    struct Pass {
        std::uint32_t x, y, dx, dy;
    };
    static constexpr std::array<Pass, 7> kPasses = {{{0, 0, 8, 8},
                                                     {4, 0, 8, 8},
                                                     {0, 4, 4, 8},
                                                     {2, 0, 4, 4},
                                                     {0, 2, 2, 4},
                                                     {1, 0, 2, 2},
                                                     {0, 1, 1, 2}}};
    std::uint64_t sum = 0;
    for (const Pass& pass : kPasses) {
        const auto steps = [](std::uint64_t size, std::uint32_t first, std::uint32_t step) {
            return size > first ? (size - first + step - 1) / step : 0;
        };
        sum += lines_size(header, steps(header.width, pass.x, pass.dx),
                          steps(header.height, pass.y, pass.dy));
    }
    return sum;
}

// "" if the bytes unpack to these pixels, all of them, and nothing stands behind them.
std::string pixels_refusal(const PngHeader& header, Bytes& packed) {
    if (std::uint64_t{header.width} * header.height > kPixelBytesMax ||
        unpacked_size(header) > kPixelBytesMax)
        return "it has more than 2 GiB of pixels";
    const std::uint64_t wanted = unpacked_size(header);
    z_stream z{};
    if (inflateInit(&z) != Z_OK) return "its pixels cannot be unpacked";
    z.next_in = packed.data();
    z.avail_in = static_cast<uInt>(packed.size());
    std::array<Bytef, 65536> buffer{};
    int state = Z_OK;
    std::uint64_t got = 0;
    while (state == Z_OK && got <= wanted) {
        z.next_out = buffer.data();
        z.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&z, Z_NO_FLUSH);
        got += buffer.size() - z.avail_out;
    }
    const bool is_all_read = z.avail_in == 0;
    inflateEnd(&z);
    if (state != Z_STREAM_END && got <= wanted) return "its pixels are damaged or cut off";
    if (got < wanted) return "it has fewer pixels than it says";
    if (got > wanted || !is_all_read) return "more is packed into it than its pixels";
    return {};
}

class Cleaner {
public:
    explicit Cleaner(const Png& png) : png_(png) {}

    Cleaned clean() {
        if (!png_.damage.empty()) return {{}, png_.damage};
        for (const PngChunk& chunk : png_.chunks) {
            if (std::string why = take(chunk); !why.empty()) return {{}, why};
        }
        if (png_.header.colour == 3 && palette_.empty()) return {{}, "it has no palette"};
        if (std::string why = pixels_refusal(png_.header, packed_); !why.empty()) return {{}, why};
        return {written(), {}};
    }

private:
    // "" or why the file is refused.
    std::string take(const PngChunk& chunk) {
        const bool is_pixels = chunk.type == "IDAT";
        if (is_pixels && !packed_.empty() && !in_pixels_) return "its pixels are in two places";
        in_pixels_ = is_pixels;
        if (is_pixels) {
            append(packed_, chunk.data);
        } else if (chunk.type == "acTL" || chunk.type == "fcTL" || chunk.type == "fdAT") {
            return "it is an animation";
        } else if (chunk.type == "PLTE") {
            const std::size_t colours = chunk.data.size() / 3;
            const std::size_t most =
                png_.header.colour == 3 ? std::size_t{1} << png_.header.depth : 256;
            if (colours == 0 || chunk.data.size() % 3 != 0 || colours > most)
                return "its palette is not what it has to be";
            if (palette_.empty() && packed_.empty()) palette_ = chunk.data;
        } else if (chunk.type == "tRNS") {
            if (transparent_.empty() && packed_.empty()) transparent_ = chunk.data;
        } else if (chunk.type == "gAMA") {
            if (gamma_.empty() && chunk.data.size() == 4) gamma_ = chunk.data;
        } else if (chunk.type == "sRGB") {
            if (srgb_.empty() && chunk.data.size() == 1 && chunk.data[0] <= 3) srgb_ = chunk.data;
        } else if (chunk.type == "eXIf") {
            if (!orientation_) orientation_ = orientation_in(chunk.data);
        } else if (chunk.type.front() < 'a' && chunk.type != "IHDR" && chunk.type != "IEND") {
            return "it holds a part that custos does not know, and that its pixels need";
        }
        return {};
    }

    bool is_transparency() const {
        switch (png_.header.colour) {
            case 0: return transparent_.size() == 2;
            case 2: return transparent_.size() == 6;
            case 3: return !transparent_.empty() && transparent_.size() <= palette_.size() / 3;
            default: return false;
        }
    }

    Bytes written() const {
        Bytes out = to_bytes(bytes_of(kPngSignature));
        write_chunk(out, "IHDR", png_.chunks.front().data);
        if (!gamma_.empty()) write_chunk(out, "gAMA", gamma_);
        if (!srgb_.empty()) write_chunk(out, "sRGB", srgb_);
        if (png_.header.colour == 3) write_chunk(out, "PLTE", palette_);
        if (is_transparency()) write_chunk(out, "tRNS", transparent_);
        if (orientation_.value_or(1) != 1)
            write_chunk(out, "eXIf", orientation_alone(*orientation_));
        write_chunk(out, "IDAT", packed_);
        write_chunk(out, "IEND", {});
        return out;
    }

    const Png& png_;
    Bytes packed_;
    bool in_pixels_ = false;
    ByteView palette_;
    ByteView transparent_;
    ByteView gamma_;
    ByteView srgb_;
    std::optional<unsigned> orientation_;
};

}  // namespace

Cleaned clean_png(ByteView file) {
    const Png png = read_png(file);
    return Cleaner(png).clean();
}

}  // namespace custos::vault::exhibits
