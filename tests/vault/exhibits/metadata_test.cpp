// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/metadata.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "pictures.h"

namespace custos::vault::exhibits {
namespace {

using namespace std::string_view_literals;
using test::joined;

bool says(const Metadata& metadata, Tells tells, std::string_view where, std::string_view value) {
    return std::any_of(metadata.items.begin(), metadata.items.end(), [&](const MetadataItem& item) {
        return item.tells == tells && item.where == where && item.value == value;
    });
}

bool mentions(const Metadata& metadata, Tells tells, std::string_view words) {
    return std::any_of(metadata.items.begin(), metadata.items.end(), [&](const MetadataItem& item) {
        return item.tells == tells && (item.what + item.value).find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("a picture of pixels alone says nothing", "[exhibits][metadata]") {
    const Metadata jpeg = read_metadata(test::jpeg());
    CHECK(jpeg.format == "JPEG");
    CHECK(jpeg.width == 8);
    CHECK(jpeg.height == 8);
    CHECK(jpeg.items.empty());
    CHECK(jpeg.damage.empty());

    const Metadata png = read_metadata(test::png());
    CHECK(png.format == "PNG");
    CHECK(png.width == 4);
    CHECK(png.height == 2);
    CHECK(png.items.empty());
    CHECK(png.damage.empty());
}

TEST_CASE("EXIF says where, when, by whom and with what, in either byte order",
          "[exhibits][metadata]") {
    for (const bool little : {false, true}) {
        const Metadata read = read_metadata(
            test::jpeg(test::app1(test::exif({.orientation = 6, .little_endian = little}))));
        CHECK(read.damage.empty());
        CHECK(says(read, Tells::place, "GPS", "13.756331, 100.501761"));
        CHECK(says(read, Tells::person, "EXIF", "Vann Sorithea"));
        CHECK(says(read, Tells::device, "EXIF", "Lumora"));
        CHECK(says(read, Tells::device, "EXIF", "0012345678"));
        CHECK(says(read, Tells::device, "EXIF", "24 bytes"));
        CHECK(says(read, Tells::time, "EXIF", "2019-12-23 21:30:05"));
        CHECK(says(read, Tells::content, "EXIF", "321 bytes"));
        CHECK(read.orientation == 6);
        CHECK(read.date == "2019-12-23");
        CHECK(read.time == "21:30:05");
    }
}

TEST_CASE("what else lies in a JPEG is said", "[exhibits][metadata]") {
    const Metadata read = read_metadata(test::telling_jpeg());
    CHECK(says(read, Tells::place, "XMP", "Testville"));
    CHECK(says(read, Tells::person, "XMP", "Vann Sorithea"));
    CHECK(says(read, Tells::device, "XMP", "PaintFree 9"));
    CHECK(says(read, Tells::place, "IPTC", "Testville"));
    CHECK(says(read, Tells::person, "IPTC", "Vann Sorithea"));
    CHECK(says(read, Tells::device, "ICC", "Panel 7"));
    CHECK(says(read, Tells::time, "ICC", "2017-07-07"));
    CHECK(says(read, Tells::other, "comment", "shot for Vann Sorithea"));
    CHECK(mentions(read, Tells::content, "further pictures"));
    CHECK(mentions(read, Tells::content, "film"));
    CHECK(read.damage.empty());
    // What matters most comes first.
    CHECK(read.items.front().tells == Tells::place);
    CHECK(read.items.back().tells == Tells::other);
}

TEST_CASE("what lies in a PNG is said", "[exhibits][metadata]") {
    const Metadata read = read_metadata(test::telling_png());
    CHECK(read.damage.empty());
    CHECK(says(read, Tells::person, "text", "Vann Sorithea"));
    CHECK(says(read, Tells::other, "text", "shot at the river"));
    CHECK(says(read, Tells::place, "XMP", "Testville"));
    CHECK(says(read, Tells::device, "ICC", "Panel 7"));
    CHECK(says(read, Tells::place, "GPS", "13.756331, 100.501761"));
    CHECK(says(read, Tells::time, "tIME", "2019-12-23 21:30:05"));
    CHECK(says(read, Tells::device, "pHYs", "5669 x 5669"));
    CHECK(says(read, Tells::content, "behind the end", "17 bytes"));
    CHECK(read.orientation == 8);
}

TEST_CASE("EXIF that ImageMagick wrote into a text of a PNG is read", "[exhibits][metadata]") {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "\nexif\n     1\n";
    for (const std::uint8_t byte : joined({bytes_of("Exif\0\0"sv), test::exif()})) {
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    const Bytes chunk =
        test::png_chunk("tEXt", joined({bytes_of("Raw profile type exif\0"sv), bytes_of(text)}));
    CHECK(says(read_metadata(test::png(chunk)), Tells::place, "GPS", "13.756331, 100.501761"));
}

TEST_CASE("a WebP's EXIF and XMP are read", "[exhibits][metadata]") {
    const auto chunk = [](std::string_view type, ByteView data) {
        Bytes size = test::big32(static_cast<std::uint32_t>(data.size()));
        std::reverse(size.begin(), size.end());
        Bytes out = joined({bytes_of(type), size, data});
        if (data.size() % 2 != 0) out.push_back(0);
        return out;
    };
    const Bytes file =
        joined({bytes_of("RIFF\0\0\0\0WEBP"sv), chunk("VP8X", Bytes{0, 0, 0, 0, 9, 0, 0, 4, 0, 0}),
                chunk("EXIF", test::exif()), chunk("XMP ", bytes_of(test::kXmpPacket))});
    const Metadata read = read_metadata(file);
    CHECK(read.format == "WebP");
    CHECK(read.width == 10);
    CHECK(read.height == 5);
    CHECK(says(read, Tells::place, "GPS", "13.756331, 100.501761"));
    CHECK(says(read, Tells::place, "XMP", "Testville"));
}

TEST_CASE("a PDF's information, earlier versions and pictures are said", "[exhibits][metadata]") {
    const Bytes objects = test::deflated(bytes_of(
        "7 0 8 60 <</Author(Vann \\(S\\) Sorithea)/Producer<FEFF005700720069>>> <</Type/Page>>"));
    const Bytes file = joined(
        {bytes_of("%PDF-1.5\n1 0 obj\n<</CreationDate (D:20191223213005+07'00')/Creator (Writer) "
                  "/Title (A \\050report\\051)>>\nendobj\nstartxref\n9\n%%EOF\n"),
         bytes_of("2 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n"), objects,
         bytes_of("\nendstream\nendobj\n3 0 obj <</Filter/DCTDecode>> stream\n"),
         test::jpeg(test::app1(test::exif())),
         bytes_of("\nendstream\n4 0 obj <</Type/Annot/T(Dara)/Contents(look)>> endobj\n"
                  "5 0 obj <</Type /Metadata>> stream\n"),
         bytes_of(test::kXmpPacket), bytes_of("\nendstream\nstartxref\n99\n%%EOF\n")});
    const Metadata read = read_metadata(file);
    CHECK(read.format == "PDF");
    CHECK(says(read, Tells::person, "PDF", "Vann (S) Sorithea"));
    CHECK(says(read, Tells::device, "PDF", "Wri"));
    CHECK(says(read, Tells::device, "PDF", "Writer"));
    CHECK(says(read, Tells::time, "PDF", "2019-12-23 21:30:05 +07'00'"));
    CHECK(says(read, Tells::other, "PDF", "A (report)"));
    CHECK(says(read, Tells::person, "PDF", "Dara"));
    CHECK(says(read, Tells::place, "XMP", "Testville"));
    CHECK(says(read, Tells::place, "picture inside, GPS", "13.756331, 100.501761"));
    CHECK(mentions(read, Tells::content, "earlier versions"));
}

TEST_CASE("a file of another kind has no format, and is not called clean", "[exhibits][metadata]") {
    CHECK(read_metadata(bytes_of("\0\0\0\x18"
                                 "ftypmp42"sv))
              .format.empty());
    CHECK(read_metadata({}).format.empty());
}

TEST_CASE("a picture that is cut off anywhere is damaged, and what was read is said",
          "[exhibits][metadata]") {
    for (const Bytes& whole :
         {test::jpeg(test::app1(test::exif())), test::png(test::png_chunk("eXIf", test::exif()))}) {
        REQUIRE(read_metadata(whole).damage.empty());
        for (std::size_t size = 8; size < whole.size(); ++size)
            CHECK_FALSE(read_metadata(ByteView(whole).first(size)).damage.empty());
    }
}

TEST_CASE("EXIF whose directories point at each other ends", "[exhibits][metadata]") {
    Bytes tiff = test::exif();
    // The directory of the camera's details begins again at the first one.
    for (std::size_t at = 10; at + 12 <= tiff.size(); at += 12) {
        if (tiff[at] != 0x87 || tiff[at + 1] != 0x69) continue;
        tiff[at + 8] = tiff[at + 9] = tiff[at + 10] = 0;
        tiff[at + 11] = 8;
        break;
    }
    const Metadata read = read_metadata(test::jpeg(test::app1(tiff)));
    CHECK_FALSE(read.damage.empty());
}

TEST_CASE("more than can be listed is said to be more", "[exhibits][metadata]") {
    Bytes comments;
    for (std::size_t i = 0; i < kItemsMax; ++i)
        append(comments, test::jpeg_segment(0xFE, bytes_of("x")));
    CHECK(read_metadata(test::jpeg(comments)).damage.empty());
    append(comments, test::jpeg_segment(0xFE, bytes_of("x")));
    const Metadata read = read_metadata(test::jpeg(comments));
    CHECK(read.items.size() == kItemsMax);
    CHECK_FALSE(read.damage.empty());
}

TEST_CASE("values are text of bounded length, whatever their bytes", "[exhibits][metadata]") {
    const Bytes latin = test::jpeg(test::jpeg_segment(0xFE, bytes_of("caf\xe9")));
    CHECK(says(read_metadata(latin), Tells::other, "comment", "café"));
    const Bytes longer = test::jpeg(test::jpeg_segment(0xFE, Bytes(5000, 'a')));
    CHECK(read_metadata(longer).items.at(0).value == std::string(kValueMax, 'a') + "…");
}

TEST_CASE("a file above the limit is refused", "[exhibits][metadata]") {
    const Bytes large(kPictureSizeMax + 1);
    CHECK_THROWS_AS(read_metadata(large), Error);
}

}  // namespace custos::vault::exhibits
