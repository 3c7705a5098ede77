// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures.h"

#include <zlib.h>

namespace custos::test {
namespace {

using namespace std::string_view_literals;

// A TIFF on its way: values that do not fit into an entry go behind the directories.
class Tiff {
public:
    explicit Tiff(bool little) : little_(little) {}

    Bytes u16(unsigned value) const {
        const auto high = static_cast<std::uint8_t>(value >> 8U);
        const auto low = static_cast<std::uint8_t>(value & 0xFFU);
        return little_ ? Bytes{low, high} : Bytes{high, low};
    }
    Bytes u32(std::uint32_t value) const {
        const Bytes high = u16(value >> 16U);
        const Bytes low = u16(value & 0xFFFFU);
        return little_ ? joined({low, high}) : joined({high, low});
    }
    Bytes ratio(std::uint32_t above, std::uint32_t below) const {
        return joined({u32(above), u32(below)});
    }

    struct Entry {
        unsigned tag;
        unsigned type;
        std::uint32_t count;
        Bytes value;
    };
    static Entry text(unsigned tag, std::string_view words) {
        Bytes value = to_bytes(bytes_of(words));
        value.push_back(0);
        return {tag, 2, static_cast<std::uint32_t>(value.size()), value};
    }

    // A directory that is to stand at `at`, with its values behind it.
    Bytes directory(std::uint32_t at, const std::vector<Entry>& entries, std::uint32_t next) const {
        Bytes out = u16(static_cast<unsigned>(entries.size()));
        Bytes behind;
        const auto values = static_cast<std::uint32_t>(at + 2 + 12 * entries.size() + 4);
        for (const Entry& entry : entries) {
            append(out, joined({u16(entry.tag), u16(entry.type), u32(entry.count)}));
            if (entry.value.size() <= 4) {
                Bytes value = entry.value;
                value.resize(4);
                append(out, value);
            } else {
                append(out, u32(static_cast<std::uint32_t>(values + behind.size())));
                append(behind, entry.value);
                if (behind.size() % 2 != 0) behind.push_back(0);
            }
        }
        return joined({out, u32(next), behind});
    }

private:
    bool little_;
};

}  // namespace

Bytes joined(std::initializer_list<ByteView> parts) {
    Bytes out;
    for (const ByteView part : parts) append(out, part);
    return out;
}

Bytes big16(unsigned value) {
    return {static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value & 0xFFU)};
}
Bytes big32(std::uint32_t value) { return joined({big16(value >> 16U), big16(value & 0xFFFFU)}); }

Bytes jpeg_segment(std::uint8_t marker, ByteView payload) {
    return joined({Bytes{0xFF, marker}, big16(static_cast<unsigned>(payload.size() + 2)), payload});
}

Bytes jpeg_pixels() {
    Bytes quantisation(65, 1);
    quantisation[0] = 0;
    Bytes table(18, 0);  // one code, of one bit, for the symbol 0
    table[1] = 1;
    Bytes ac_table = table;
    ac_table[0] = 0x10;
    return joined({jpeg_segment(0xDB, quantisation),
                   jpeg_segment(0xC0, Bytes{8, 0, 8, 0, 8, 1, 1, 0x11, 0}),
                   jpeg_segment(0xC4, table), jpeg_segment(0xC4, ac_table),
                   jpeg_segment(0xDA, Bytes{1, 1, 0, 0, 63, 0}), Bytes{0x3F}});
}

Bytes jpeg(ByteView front, ByteView back) {
    return joined({Bytes{0xFF, 0xD8}, front, jpeg_pixels(), Bytes{0xFF, 0xD9}, back});
}

Bytes exif(const ExifOptions& options) {
    const Tiff tiff(options.little_endian);
    const auto make = [&](std::uint32_t exif_at, std::uint32_t gps_at, std::uint32_t thumbnail_at) {
        std::vector<Tiff::Entry> picture = {
            Tiff::text(0x010F, "Lumora"),
            Tiff::text(0x0110, "LX-7"),
            {0x0112, 3, 1, tiff.u16(options.orientation)},
            Tiff::text(0x0131, "LumoraOS 4.1"),
            Tiff::text(0x0132, "2019:12:23 21:30:05"),
            {0x8769, 4, 1, tiff.u32(exif_at)},
        };
        if (options.with_gps) picture.push_back({0x8825, 4, 1, tiff.u32(gps_at)});
        const std::vector<Tiff::Entry> details = {
            {0x829A, 5, 1, tiff.ratio(1, 60)},
            Tiff::text(0x9003, "2019:12:23 21:30:05"),
            {0x927C, 7, 24, to_bytes(bytes_of("LUMORA\0serial 0012345678"sv))},
            Tiff::text(0xA430, "Vann Sorithea"),
            Tiff::text(0xA431, "0012345678"),
        };
        const std::vector<Tiff::Entry> gps = {
            Tiff::text(1, "N"),
            {2, 5, 3, joined({tiff.ratio(13, 1), tiff.ratio(45, 1), tiff.ratio(2279, 100)})},
            Tiff::text(3, "E"),
            {4, 5, 3, joined({tiff.ratio(100, 1), tiff.ratio(30, 1), tiff.ratio(634, 100)})},
        };
        const std::vector<Tiff::Entry> thumbnail = {
            {0x0201, 4, 1, tiff.u32(8)},
            {0x0202, 4, 1, tiff.u32(321)},
        };
        struct Parts {
            Bytes picture, details, gps, thumbnail;
        };
        return Parts{tiff.directory(8, picture, options.with_thumbnail ? thumbnail_at : 0),
                     tiff.directory(exif_at, details, 0), tiff.directory(gps_at, gps, 0),
                     tiff.directory(thumbnail_at, thumbnail, 0)};
    };
    const auto sizes = make(0, 0, 0);
    const auto exif_at = static_cast<std::uint32_t>(8 + sizes.picture.size());
    const auto gps_at = static_cast<std::uint32_t>(exif_at + sizes.details.size());
    const auto thumbnail_at = static_cast<std::uint32_t>(gps_at + sizes.gps.size());
    const auto parts = make(exif_at, gps_at, thumbnail_at);
    const std::string_view begin = options.little_endian ? "II*\0"sv : "MM\0*"sv;
    return joined(
        {bytes_of(begin), tiff.u32(8), parts.picture, parts.details, parts.gps, parts.thumbnail});
}

Bytes app1(ByteView exif) { return jpeg_segment(0xE1, joined({bytes_of("Exif\0\0"sv), exif})); }

Bytes xmp_segment() {
    return jpeg_segment(
        0xE1, joined({bytes_of("http://ns.adobe.com/xap/1.0/\0"sv), bytes_of(kXmpPacket)}));
}

Bytes iptc_segment() {
    const auto dataset = [](std::uint8_t number, std::string_view text) {
        return joined(
            {Bytes{0x1C, 2, number}, big16(static_cast<unsigned>(text.size())), bytes_of(text)});
    };
    const Bytes records = joined({dataset(80, "Vann Sorithea"), dataset(90, "Testville")});
    return jpeg_segment(
        0xED, joined({bytes_of("Photoshop 3.0\0"sv), bytes_of("8BIM"), big16(0x0404), big16(0),
                      big32(static_cast<std::uint32_t>(records.size())), records}));
}

Bytes icc_profile() {
    Bytes profile(128 + 4 + 12, 0);
    profile[3] = 164;  // bytes of it
    profile[24] = 2017 >> 8;
    profile[25] = 2017 & 0xFF;
    profile[27] = 7;
    profile[29] = 7;
    for (std::size_t i = 0; i < 4; ++i) {
        profile[48 + i] = static_cast<std::uint8_t>("LUMO"[i]);
        profile[132 + i] = static_cast<std::uint8_t>("desc"[i]);
    }
    profile[131] = 1;    // one tag
    profile[139] = 144;  // where
    profile[143] = 20;   // how long
    return joined({profile, bytes_of("desc\0\0\0\0\0\0\0\x08Panel 7\0"sv)});
}

Bytes icc_segment() {
    return jpeg_segment(0xE2, joined({bytes_of("ICC_PROFILE\0\x01\x01"sv), icc_profile()}));
}

Bytes telling_jpeg(std::uint16_t orientation) {
    const Bytes front =
        joined({jpeg_segment(0xE0, bytes_of("JFIF\0\1\1\1\0\x48\0\x48\0\0"sv)),
                app1(exif({.orientation = orientation})), xmp_segment(), icc_segment(),
                jpeg_segment(0xE2, bytes_of("MPF\0MM\0*\0\0\0\x08"sv)), iptc_segment(),
                jpeg_segment(0xFE, bytes_of("shot for Vann Sorithea"))});
    return jpeg(front, bytes_of("\0\0\0\x18"
                                "ftypmp42 and the rest of a film"sv));
}

Bytes png_chunk(std::string_view type, ByteView data) {
    const Bytes checked = joined({bytes_of(type), data});
    const auto crc = crc32(0, checked.data(), static_cast<uInt>(checked.size()));
    return joined({big32(static_cast<std::uint32_t>(data.size())), checked,
                   big32(static_cast<std::uint32_t>(crc))});
}

Bytes deflated(ByteView plain) {
    Bytes packed(compressBound(plain.size()));
    uLongf size = packed.size();
    compress(packed.data(), &size, plain.data(), plain.size());
    packed.resize(size);
    return packed;
}

namespace {

Bytes png_with(const Bytes& header, ByteView before, ByteView packed, ByteView back) {
    return joined({bytes_of("\x89PNG\r\n\x1a\n"), png_chunk("IHDR", header), before,
                   png_chunk("IDAT", packed), png_chunk("IEND", {}), back});
}

Bytes header_of(std::uint32_t width, std::uint32_t height, std::uint8_t depth, std::uint8_t colour,
                bool interlaced) {
    return joined({big32(width), big32(height),
                   Bytes{depth, colour, 0, 0, static_cast<std::uint8_t>(interlaced ? 1 : 0)}});
}

}  // namespace

Bytes png_of(std::uint32_t width, std::uint32_t height, std::uint8_t depth, std::uint8_t colour,
             ByteView lines, bool interlaced) {
    return png_with(header_of(width, height, depth, colour, interlaced), {}, deflated(lines), {});
}

Bytes png(ByteView before, ByteView back) {
    const Bytes lines(2 * (1 + 4 * 3), 0);
    return png_with(header_of(4, 2, 8, 2, false), before, deflated(lines), back);
}

Bytes telling_png() {
    const Bytes before = joined(
        {png_chunk("sRGB", Bytes{0}), png_chunk("gAMA", big32(45455)),
         png_chunk("pHYs", joined({big32(5669), big32(5669), Bytes{1}})),
         png_chunk("tEXt", bytes_of("Author\0Vann Sorithea"sv)),
         png_chunk("zTXt",
                   joined({bytes_of("Comment\0\0"sv), deflated(bytes_of("shot at the river"))})),
         png_chunk("iTXt",
                   joined({bytes_of("XML:com.adobe.xmp\0\0\0\0\0"sv), bytes_of(kXmpPacket)})),
         png_chunk("iCCP", joined({bytes_of("Panel 7\0\0"sv), deflated(icc_profile())})),
         png_chunk("eXIf", exif({.orientation = 8})),
         png_chunk("tIME", Bytes{2019 >> 8, 2019 & 0xFF, 12, 23, 21, 30, 5})});
    return png(before, bytes_of("what was cut away"));
}

}  // namespace custos::test
