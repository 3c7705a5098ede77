// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "vault/exhibits/jpeg.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kExif = "Exif\0"sv;
constexpr std::string_view kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr std::string_view kMoreXmp = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr std::string_view kIcc = "ICC_PROFILE\0"sv;
constexpr std::string_view kPhotoshop = "Photoshop 3.0\0"sv;
constexpr std::size_t kMoreXmpHeader = 32 + 4 + 4;  // whose, how long, where

// What stands behind the end of a picture.
std::string_view kind_of(ByteView bytes) {
    const auto has = [&](std::string_view mark) {
        return std::search(bytes.begin(), bytes.end(), mark.begin(), mark.end()) != bytes.end();
    };
    if (has("ftyp")) return "a film, as telephones add to a picture";
    if (has("\xff\xd8\xff")) return "another picture";
    return "bytes behind the end of the picture";
}

class Reader {
public:
    explicit Reader(Metadata& out) : out_(out) {}

    void read(const Jpeg& file) {
        for (const JpegSegment& segment : file.segments) {
            if (jpeg::is_app(segment.marker)) take_app(segment);
            if (segment.marker == jpeg::kComment) {
                add_item(out_, Tells::other, "comment", "comment", value_text(segment.payload));
            }
        }
        if (!more_xmp_.empty()) read_xmp(more_xmp_, out_);
        if (!icc_.empty()) read_icc(icc_, out_);
        if (!file.trailing.empty()) {
            add_item(out_, Tells::content, "behind the end", kind_of(file.trailing),
                     bytes_text(file.trailing.size()));
        }
    }

private:
    void take_app(const JpegSegment& segment) {
        const ByteView payload = segment.payload;
        if (segment.marker == jpeg::kApp0 && begins_with(payload, "JFIF\0"sv)) {
            take_jfif(payload);
        } else if (segment.marker == jpeg::kApp0 && begins_with(payload, "JFXX\0"sv)) {
            say_copy("JFIF", payload.size());
        } else if (segment.marker == jpeg::kApp1 && begins_with(payload, kExif) &&
                   payload.size() > kExif.size()) {
            read_exif(payload.subspan(kExif.size() + 1), out_);
        } else if (segment.marker == jpeg::kApp1 && begins_with(payload, kXmp)) {
            read_xmp(payload.subspan(kXmp.size()), out_);
        } else if (segment.marker == jpeg::kApp1 && begins_with(payload, kMoreXmp) &&
                   payload.size() > kMoreXmp.size() + kMoreXmpHeader) {
            append(more_xmp_, payload.subspan(kMoreXmp.size() + kMoreXmpHeader));
        } else if (segment.marker == jpeg::kApp2 && begins_with(payload, kIcc) &&
                   payload.size() > kIcc.size() + 2) {
            append(icc_, payload.subspan(kIcc.size() + 2));
        } else if (segment.marker == jpeg::kApp2 && begins_with(payload, "MPF\0"sv)) {
            add_item(out_, Tells::content, "MPF", "list of further pictures in the file",
                     bytes_text(payload.size()));
        } else if (segment.marker == jpeg::kApp13 && begins_with(payload, kPhotoshop)) {
            take_photoshop(payload.subspan(kPhotoshop.size()));
        } else if (segment.marker == jpeg::kApp14 && begins_with(payload, "Adobe") &&
                   payload.size() == 12) {
            // How colours are coded; nothing else fits in.
        } else {
            take_unknown(segment);
        }
    }

    void take_jfif(ByteView payload) {
        if (payload.size() > 14) say_copy("JFIF", payload.size() - 14);
    }

    void say_copy(std::string_view where, std::size_t size) {
        add_item(out_, Tells::content, where,
                 "small copy of the picture, perhaps of how it was before it was changed",
                 bytes_text(size));
    }

    // Resources: "8BIM", a number, a name of even length, a size, the bytes, to even length.
    void take_photoshop(ByteView resources) {
        const Numbers numbers(resources, Numbers::Order::big);
        std::size_t further = 0;
        for (std::size_t at = 0; begins_with(numbers.part(at, 4), "8BIM");) {
            const unsigned number = numbers.u16(at + 4).value_or(0);
            const ByteView name = numbers.part(at + 6, 1);
            if (name.empty()) break;
            const std::size_t size_at = at + 6 + ((std::size_t{name[0]} + 2) & ~std::size_t{1});
            const std::size_t size = numbers.u32(size_at).value_or(0);
            const ByteView part = numbers.part(size_at + 4, size);
            if (size > 0 && part.empty()) {
                note_damage(out_, "its Photoshop resources are cut off");
                break;
            }
            switch (number) {
                case 0x0404: read_iptc(part, out_); break;
                case 0x0409:
                case 0x040C: say_copy("Photoshop", size); break;
                case 0x040F: read_icc(part, out_); break;
                case 0x0422: read_exif(part, out_); break;
                case 0x0424: read_xmp(part, out_); break;
                default: ++further;
            }
            at = size_at + 4 + ((size + 1) & ~std::size_t{1});
        }
        add_item(out_, Tells::device, "Photoshop", "further resources", std::to_string(further));
    }

    void take_unknown(const JpegSegment& segment) {
        const bool is_credentials = segment.marker == 0xEB && segment.payload.size() > 12 &&
                                    begins_with(segment.payload.subspan(0, 2), "JP");
        const std::string where = "APP" + std::to_string(segment.marker - jpeg::kApp0);
        if (is_credentials) {
            add_item(out_, Tells::person, where, "content credentials, which may name persons",
                     bytes_text(segment.payload.size()));
            return;
        }
        // The name that such segments begin with, as far as it is one.
        std::string name;
        for (const std::uint8_t byte :
             segment.payload.first(std::min<std::size_t>(segment.payload.size(), 32))) {
            if (byte < 0x20 || byte > 0x7E) break;
            name.push_back(static_cast<char>(byte));
        }
        add_item(out_, Tells::other, where, "block of " + bytes_text(segment.payload.size()),
                 std::move(name));
    }

    Metadata& out_;
    Bytes more_xmp_;
    Bytes icc_;
};

}  // namespace

void read_jpeg_metadata(ByteView file, Metadata& out) {
    const Jpeg jpeg = read_jpeg(file);
    out.format = "JPEG";
    out.width = jpeg.width;
    out.height = jpeg.height;
    if (!jpeg.damage.empty()) note_damage(out, jpeg.damage);
    Reader(out).read(jpeg);
}

}  // namespace custos::vault::exhibits
