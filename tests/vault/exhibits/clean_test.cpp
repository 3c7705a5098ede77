// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/clean.h"

#include <algorithm>
#include <array>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "pictures.h"
#include "vault/exhibits/metadata.h"
#include "vault/exhibits/png.h"

namespace custos::vault::exhibits {
namespace {

using namespace std::string_view_literals;
using test::joined;

Bytes cleaned(ByteView file) {
    Cleaned out = clean_picture(file);
    CHECK(out.refused.empty());
    return std::move(out.bytes);
}

std::string refusal(ByteView file) {
    Cleaned out = clean_picture(file);
    CHECK(out.bytes.empty());
    return std::move(out.refused);
}

bool holds(ByteView bytes, ByteView part) {
    return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

}  // namespace

TEST_CASE("cleaning a JPEG leaves the coded pixels, bit for bit, and nothing that tells",
          "[exhibits][clean]") {
    const Bytes out = cleaned(test::telling_jpeg());

    CHECK(holds(out, test::jpeg_pixels()));
    for (const std::string_view word :
         {"Sorithea", "Testville", "Lumora", "ftyp", "PaintFree", "Panel", "MPF", "2019"}) {
        CHECK_FALSE(holds(out, bytes_of(word)));
    }
    const Metadata left = read_metadata(out);
    CHECK(left.items.empty());
    CHECK(left.orientation == 6);
    CHECK(left.width == 8);
    CHECK(is_clean_picture(out));
    CHECK_FALSE(is_clean_picture(test::telling_jpeg()));
}

TEST_CASE("a JPEG that is upright keeps no EXIF at all", "[exhibits][clean]") {
    const Bytes out = cleaned(test::telling_jpeg(1));
    CHECK_FALSE(holds(out, bytes_of("Exif")));
    CHECK(out == joined({Bytes{0xFF, 0xD8},
                         test::jpeg_segment(0xE0, bytes_of("JFIF\0\1\1\0\0\1\0\1\0\0"sv)),
                         test::jpeg_pixels(), Bytes{0xFF, 0xD9}}));
    CHECK(cleaned(test::jpeg()) == test::jpeg());
}

TEST_CASE("how a JPEG's colours are coded is kept, and nothing beside it", "[exhibits][clean]") {
    const Bytes adobe = test::jpeg_segment(0xEE, bytes_of("Adobe\1\2\3\4\5\6\2hidden"sv));
    const Bytes out = cleaned(test::jpeg(adobe));
    CHECK(out == test::jpeg(test::jpeg_segment(0xEE, bytes_of("Adobe\0\x64\0\0\0\0\2"sv))));
}

TEST_CASE("a JPEG that is cut off anywhere is refused", "[exhibits][clean]") {
    const Bytes whole = test::jpeg(test::app1(test::exif()));
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(refusal(ByteView(whole).first(size)).empty());
}

TEST_CASE("bytes behind a table of a JPEG are refused, not kept", "[exhibits][clean]") {
    Bytes table(65 + 1, 1);
    table[0] = 0;
    CHECK_FALSE(refusal(test::jpeg(test::jpeg_segment(0xDB, table))).empty());
    Bytes codes(18 + 1, 0);
    codes[1] = 1;
    codes[18] = 1;  // begins a table that is not there
    CHECK_FALSE(refusal(test::jpeg(test::jpeg_segment(0xC4, codes))).empty());
    CHECK_FALSE(refusal(test::jpeg(test::jpeg_segment(0xDD, bytes_of("abc")))).empty());
}

TEST_CASE("a JPEG coded in another way, or with two pictures, is refused", "[exhibits][clean]") {
    CHECK_FALSE(refusal(test::jpeg(test::jpeg_segment(0xCC, Bytes{0, 0}))).empty());
    CHECK_FALSE(refusal(test::jpeg(test::jpeg_segment(0xC3, Bytes(9, 1)))).empty());
    CHECK_FALSE(
        refusal(test::jpeg(test::jpeg_segment(0xC0, Bytes{8, 0, 8, 0, 8, 1, 1, 0x11, 0}))).empty());
}

TEST_CASE("what stands behind the coded pixels of a JPEG goes, and nothing of them",
          "[exhibits][clean]") {
    Bytes more = test::jpeg();
    more.resize(more.size() - 2);
    CHECK(cleaned(joined({more, bytes_of("hidden behind"), Bytes{0xFF, 0xD9}})) == test::jpeg());
    // Pixels that are not all there.
    more.pop_back();
    CHECK_FALSE(refusal(joined({more, Bytes{0xFF, 0xD9}})).empty());
}

TEST_CASE("a JPEG whose pixels are coded twice is refused: the first ones would be hidden",
          "[exhibits][clean]") {
    const Bytes scan = joined({test::jpeg_segment(0xDA, Bytes{1, 1, 0, 0, 63, 0}), Bytes{0x3F}});
    Bytes twice = test::jpeg();
    twice.resize(twice.size() - 2);
    CHECK_FALSE(refusal(joined({twice, scan, Bytes{0xFF, 0xD9}})).empty());
}

namespace {

// 8 x 8 grey pixels, progressive, in these scans: first and last coefficient, bits.
Bytes progressive(const std::vector<std::array<std::uint8_t, 3>>& scans, std::uint8_t coded) {
    Bytes pixels = test::jpeg_pixels();
    const Bytes frame = test::jpeg_segment(0xC0, Bytes{8, 0, 8, 0, 8, 1, 1, 0x11, 0});
    const auto found = std::search(pixels.begin(), pixels.end(), frame.begin(), frame.end());
    *(found + 1) = 0xC2;
    pixels.resize(pixels.size() - 11);  // the scan and its byte
    for (const auto& [first, last, bits] : scans) {
        append(pixels, test::jpeg_segment(0xDA, Bytes{1, 1, 0, first, last, bits}));
        pixels.push_back(coded);
    }
    return joined({Bytes{0xFF, 0xD8}, pixels, Bytes{0xFF, 0xD9}});
}

}  // namespace

TEST_CASE("a progressive JPEG has each bit of each coefficient once", "[exhibits][clean]") {
    const std::vector<std::array<std::uint8_t, 3>> good = {
        {0, 0, 0x01}, {1, 63, 0x01}, {0, 0, 0x10}, {1, 63, 0x10}};
    const Bytes whole = progressive(good, 0x7F);
    CHECK(cleaned(whole) == whole);
    CHECK_FALSE(refusal(progressive({{1, 63, 0x00}}, 0x7F)).empty());            // no DC
    CHECK_FALSE(refusal(progressive({{0, 0, 0x10}}, 0x7F)).empty());             // no first bit
    CHECK_FALSE(refusal(progressive({{0, 0, 0}, {0, 0, 0}}, 0x7F)).empty());     // twice
    CHECK_FALSE(refusal(progressive({{0, 0, 2}, {0, 0, 0x10}}, 0x7F)).empty());  // a bit is missing
    CHECK_FALSE(refusal(progressive({{0, 63, 0}}, 0x3F)).empty());               // DC and AC
    CHECK_FALSE(refusal(progressive({{0, 0, 0}, {1, 64, 0}}, 0x7F)).empty());
    CHECK_FALSE(refusal(progressive({{0, 0, 0}, {1, 63, 0}}, 0xFE)).empty());  // no such code
}

TEST_CASE("one segment past the limit of a JPEG is refused", "[exhibits][clean]") {
    const Bytes comment = test::jpeg_segment(0xFE, bytes_of("x"));
    const auto with = [&](std::size_t count) {
        Bytes comments;
        for (std::size_t i = 0; i < count; ++i) append(comments, comment);
        return test::jpeg(comments);
    };
    CHECK(clean_picture(with(4096 - 5)).refused.empty());
    CHECK_FALSE(refusal(with(4096 - 4)).empty());
}

TEST_CASE("cleaning a PNG leaves the packed pixels and what shows them right",
          "[exhibits][clean]") {
    const Bytes out = cleaned(test::telling_png());

    CHECK(out ==
          test::png(joined(
              {test::png_chunk("gAMA", test::big32(45455)), test::png_chunk("sRGB", Bytes{0}),
               test::png_chunk("eXIf", bytes_of("MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\x08\0\0"
                                                "\0\0\0\0"sv))})));
    CHECK(read_metadata(out).items.empty());
    CHECK(read_metadata(out).orientation == 8);
    CHECK(is_clean_picture(out));
    CHECK_FALSE(is_clean_picture(test::telling_png()));
    CHECK(cleaned(test::png()) == test::png());
}

TEST_CASE("pixels of a PNG in several parts become one", "[exhibits][clean]") {
    const Bytes whole = test::png();
    const Png png = read_png(whole);
    const ByteView packed = png.chunks.at(1).data;
    const Bytes parts =
        joined({ByteView(whole).first(33), test::png_chunk("IDAT", packed.first(3)),
                test::png_chunk("IDAT", packed.subspan(3)), test::png_chunk("IEND", {})});
    CHECK(cleaned(parts) == whole);
}

TEST_CASE("a PNG with more packed into it than its pixels is refused", "[exhibits][clean]") {
    const Bytes lines(2 * (1 + 4 * 3), 0);
    CHECK(clean_picture(test::png_of(4, 2, 8, 2, lines)).refused.empty());
    // Behind the pixels, unpacked and packed.
    CHECK_FALSE(refusal(test::png_of(4, 2, 8, 2, Bytes(lines.size() + 1))).empty());
    CHECK_FALSE(refusal(test::png_of(4, 2, 8, 2, ByteView(lines).first(lines.size() - 1))).empty());
    const Bytes header = joined({test::big32(4), test::big32(2), Bytes{8, 2, 0, 0, 0}});
    const Bytes hidden = joined(
        {bytes_of(kPngSignature), test::png_chunk("IHDR", header),
         test::png_chunk("IDAT", joined({test::deflated(lines), bytes_of("what was cut away")})),
         test::png_chunk("IEND", {})});
    CHECK_FALSE(refusal(hidden).empty());
}

TEST_CASE("interlaced PNGs of every small size have the pixels that they need",
          "[exhibits][clean]") {
    // One byte for the filter of each line of each pass, and the pixels of the pass.
    constexpr std::size_t kPasses[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                           {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    for (std::size_t width = 1; width <= 9; ++width) {
        for (std::size_t height = 1; height <= 9; ++height) {
            std::size_t size = 0;
            for (const auto& pass : kPasses) {
                std::size_t columns = 0;
                std::size_t rows = 0;
                for (std::size_t x = pass[0]; x < width; x += pass[2]) ++columns;
                for (std::size_t y = pass[1]; y < height; y += pass[3]) ++rows;
                if (columns > 0) size += rows * (1 + columns);
            }
            const auto picture = [&](std::size_t bytes) {
                return test::png_of(static_cast<std::uint32_t>(width),
                                    static_cast<std::uint32_t>(height), 8, 0, Bytes(bytes), true);
            };
            CHECK(clean_picture(picture(size)).refused.empty());
            CHECK_FALSE(clean_picture(picture(size + 1)).refused.empty());
        }
    }
}

TEST_CASE("a PNG that was changed anywhere, is cut off or moves is refused", "[exhibits][clean]") {
    const Bytes whole = test::png();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes changed = whole;
        changed[at] ^= 1U;
        CHECK_FALSE(refusal(changed).empty());
        CHECK_FALSE(refusal(ByteView(whole).first(at)).empty());
    }
    CHECK_FALSE(refusal(test::png(test::png_chunk("acTL", Bytes(8)))).empty());
    CHECK_FALSE(refusal(test::png(test::png_chunk("CgBI", Bytes(4)))).empty());
    CHECK_FALSE(refusal(test::png_of(70'000, 70'000, 8, 2, Bytes(8))).empty());
}

TEST_CASE("other files are refused", "[exhibits][clean]") {
    CHECK_FALSE(refusal(bytes_of("%PDF-1.5")).empty());
    CHECK_FALSE(refusal({}).empty());
    CHECK_FALSE(refusal(bytes_of("GIF89a")).empty());
}

}  // namespace custos::vault::exhibits
