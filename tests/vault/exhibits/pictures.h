// SPDX-License-Identifier: GPL-3.0-or-later
// Tiny pictures that are valid, and what cameras and telephones put around them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::test {

[[nodiscard]] Bytes joined(std::initializer_list<ByteView> parts);
[[nodiscard]] Bytes big16(unsigned value);
[[nodiscard]] Bytes big32(std::uint32_t value);

// ---- JPEG --------------------------------------------------------------------------------------

[[nodiscard]] Bytes jpeg_segment(std::uint8_t marker, ByteView payload);
// 8 x 8 grey pixels. `front` stands behind the start, `back` behind the end.
[[nodiscard]] Bytes jpeg(ByteView front = {}, ByteView back = {});
// The tables and the scan of it, without start and end.
[[nodiscard]] Bytes jpeg_pixels();

struct ExifOptions {
    std::uint16_t orientation = 1;
    bool with_gps = true;
    bool with_thumbnail = true;
    bool little_endian = false;
};
// A TIFF: a camera of invented make, taken on 2019-12-23 at 21:30:05 at 13.756331, 100.501762, with
// an owner, a serial number and notes of the maker.
[[nodiscard]] Bytes exif(const ExifOptions& options = {});
[[nodiscard]] Bytes app1(ByteView exif);

inline constexpr std::string_view kXmpPacket =
    "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description rdf:about='' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' "
    "photoshop:City=\"Testville\" xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
    "xmp:CreatorTool='PaintFree 9'><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<rdf:Seq><rdf:li>Vann Sorithea</rdf:li></rdf:Seq></dc:creator>"
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";
[[nodiscard]] Bytes xmp_segment();
[[nodiscard]] Bytes iptc_segment();  // Photoshop resources with a city and a photographer
[[nodiscard]] Bytes icc_profile();   // "Panel 7", of 2017-07-07
[[nodiscard]] Bytes icc_segment();

// All of the above, a comment, a list of further pictures and a film behind the end.
[[nodiscard]] Bytes telling_jpeg(std::uint16_t orientation = 6);

// ---- PNG ---------------------------------------------------------------------------------------

[[nodiscard]] Bytes png_chunk(std::string_view type, ByteView data);
[[nodiscard]] Bytes deflated(ByteView plain);
// 4 x 2 pixels of three colours. `before` stands before the pixels, `back` behind the end.
[[nodiscard]] Bytes png(ByteView before = {}, ByteView back = {});
// PNG of these raw scan lines, with their filter bytes.
[[nodiscard]] Bytes png_of(std::uint32_t width, std::uint32_t height, std::uint8_t depth,
                           std::uint8_t colour, ByteView lines, bool interlaced = false);
[[nodiscard]] Bytes telling_png();

}  // namespace custos::test
