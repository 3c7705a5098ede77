// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "crypto/encoding.h"
#include "vault/exhibits/inflated.h"
#include "vault/exhibits/png.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kKeywordMax = 79;

struct Keyword {
    std::string_view name;
    Tells tells;
};

constexpr auto kKeywords = std::to_array<Keyword>({
    {"Author", Tells::person},
    {"Artist", Tells::person},
    {"Copyright", Tells::person},
    {"Creation Time", Tells::time},
    {"date:create", Tells::time},
    {"date:modify", Tells::time},
    {"date:timestamp", Tells::time},
    {"Software", Tells::device},
    {"Source", Tells::device},
    {"Location", Tells::place},
    {"Thumb::URI", Tells::person},
});

std::string two_digits(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

// "\nexif\n   120\n45786966…": how ImageMagick keeps what it found elsewhere.
void read_raw_profile(std::string_view name, std::string_view text, Metadata& out) {
    std::size_t lines = 0;
    std::string digits;
    for (const char c : text) {
        if (c == '\n') ++lines;
        const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (lines >= 3 && is_digit) digits.push_back(c);
    }
    const auto bytes = crypto::from_hex(digits);
    if (!bytes) {
        note_damage(out, "a raw profile of it cannot be read");
        return;
    }
    const ByteView profile = *bytes;
    if (begins_with(profile, "Exif\0\0"sv)) {
        read_exif(profile.subspan(6), out);
    } else if (name == "exif") {
        read_exif(profile, out);
    } else if (name == "xmp") {
        read_xmp(profile, out);
    } else if (name == "iptc") {
        add_item(out, Tells::other, "IPTC", "a raw profile", bytes_text(profile.size()));
    }
}

class Reader {
public:
    explicit Reader(Metadata& out) : out_(out) {}

    void take(const PngChunk& chunk) {
        const ByteView data = chunk.data;
        if (chunk.type == "tEXt") {
            const std::size_t name = keyword_end(data);
            take_text(name_in(data, name), behind(data, name + 1));
        } else if (chunk.type == "zTXt") {
            const std::size_t name = keyword_end(data);
            take_packed(name_in(data, name), behind(data, name + 2));
        } else if (chunk.type == "iTXt") {
            take_international(data);
        } else if (chunk.type == "eXIf") {
            read_exif(data, out_);
        } else if (chunk.type == "tIME") {
            take_time(data);
        } else if (chunk.type == "iCCP" && !std::exchange(has_profile_, true)) {
            const std::size_t name = keyword_end(data);
            const auto profile = inflated(behind(data, name + 2), 16 * kInflatedTextMax);
            if (profile) {
                read_icc(bytes_of(*profile), out_);
            } else {
                add_item(out_, Tells::device, "ICC", "colour profile", name_in(data, name));
                note_damage(out_, "its colour profile cannot be read");
            }
        } else if (chunk.type == "acTL") {
            add_item(out_, Tells::content, "acTL", "further pictures: it is an animation");
        } else if (chunk.type == "pHYs") {
            add_item(out_, Tells::device, "pHYs", "pixels for each metre", density(data));
        } else if (!is_of_pixels(chunk.type)) {
            add_item(out_, Tells::other, chunk.type, "block of " + bytes_text(data.size()));
        }
    }

private:
    static bool is_of_pixels(std::string_view type) {
        static constexpr std::array<std::string_view, 7> kTypes = {"IHDR", "PLTE", "IDAT", "IEND",
                                                                   "tRNS", "gAMA", "sRGB"};
        return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
    }

    static std::size_t keyword_end(ByteView data) {
        const auto end = data.begin() + static_cast<std::ptrdiff_t>(
                                            std::min<std::size_t>(data.size(), kKeywordMax + 1));
        return static_cast<std::size_t>(std::find(data.begin(), end, std::uint8_t{0}) -
                                        data.begin());
    }
    static std::string name_in(ByteView data, std::size_t end) {
        return value_text(data.first(std::min(end, data.size())));
    }
    static ByteView behind(ByteView data, std::size_t at) {
        return data.subspan(std::min(at, data.size()));
    }

    static std::string density(ByteView data) {
        const Numbers numbers(data, Numbers::Order::big);
        return std::to_string(numbers.u32(0).value_or(0)) + " x " +
               std::to_string(numbers.u32(4).value_or(0));
    }

    void take_text(const std::string& name, ByteView text) {
        constexpr std::string_view kRaw = "Raw profile type ";
        if (name == "XML:com.adobe.xmp") {
            read_xmp(text, out_);
            return;
        }
        if (name.substr(0, kRaw.size()) == kRaw) {
            read_raw_profile(std::string_view(name).substr(kRaw.size()), custos::text_of(text),
                             out_);
        }
        const auto known = std::find_if(kKeywords.begin(), kKeywords.end(),
                                        [&](const Keyword& each) { return each.name == name; });
        add_item(out_, known == kKeywords.end() ? Tells::other : known->tells, "text",
                 name.empty() ? "text without a name" : name, value_text(text));
    }

    void take_packed(const std::string& name, ByteView packed) {
        const auto text = inflated(packed, kInflatedTextMax);
        if (text) {
            take_text(name, bytes_of(*text));
            return;
        }
        add_item(out_, Tells::other, "text", name, "compressed");
        note_damage(out_, "a compressed text of it cannot be read, or is longer than 1 MiB");
    }

    // Name, whether it is compressed and how, language, translated name, text.
    void take_international(ByteView data) {
        const std::size_t name = keyword_end(data);
        const ByteView flags = behind(data, name + 1);
        if (flags.size() < 2) {
            note_damage(out_, "a text of it is cut off");
            return;
        }
        ByteView rest = flags.subspan(2);
        for (int i = 0; i < 2; ++i) {
            const auto zero = std::find(rest.begin(), rest.end(), std::uint8_t{0});
            rest = behind(rest, static_cast<std::size_t>(zero - rest.begin()) + 1);
        }
        if (flags[0] == 1) {
            take_packed(name_in(data, name), rest);
        } else {
            take_text(name_in(data, name), rest);
        }
    }

    void take_time(ByteView data) {
        const Numbers numbers(data, Numbers::Order::big);
        if (data.size() != 7) {
            note_damage(out_, "its time is not of the length that it has to be");
            return;
        }
        add_item(out_, Tells::time, "tIME", "last changed",
                 std::to_string(numbers.u16(0).value_or(0)) + "-" + two_digits(data[2]) + "-" +
                     two_digits(data[3]) + " " + two_digits(data[4]) + ":" + two_digits(data[5]) +
                     ":" + two_digits(data[6]));
    }

    Metadata& out_;
    bool has_profile_ = false;
};

}  // namespace

void read_png_metadata(ByteView file, Metadata& out) {
    const Png png = read_png(file);
    out.format = "PNG";
    out.width = png.header.width;
    out.height = png.header.height;
    if (!png.damage.empty()) note_damage(out, png.damage);
    Reader reader(out);
    for (const PngChunk& chunk : png.chunks) {
        if (out.items.size() >= kItemsMax) break;  // each may have to be inflated
        reader.take(chunk);
    }
    if (png.trailing.empty()) return;
    add_item(out, Tells::content, "behind the end",
             "bytes behind the end of the picture, perhaps of how it was before it was cut",
             bytes_text(png.trailing.size()));
}

void read_webp_metadata(ByteView file, Metadata& out) {
    const Numbers numbers(file, Numbers::Order::little);
    out.format = "WebP";
    std::size_t at = 12;
    while (file.size() - at >= 8) {
        const ByteView type = file.subspan(at, 4);
        const std::size_t size = numbers.u32(at + 4).value_or(0);
        const ByteView data = numbers.part(at + 8, size);
        if (size > 0 && data.empty()) {
            note_damage(out, "it ends before its picture does");
            return;
        }
        if (begins_with(type, "EXIF")) {
            read_exif(begins_with(data, "Exif\0\0"sv) ? data.subspan(6) : data, out);
        } else if (begins_with(type, "XMP ")) {
            read_xmp(data, out);
        } else if (begins_with(type, "ICCP")) {
            read_icc(data, out);
        } else if (begins_with(type, "ANIM")) {
            add_item(out, Tells::content, "ANIM", "further pictures: it is an animation");
        } else if (begins_with(type, "VP8X") && data.size() >= 10) {
            out.width = 1 + (numbers.u32(at + 12).value_or(0) & 0xFFFFFFU);
            out.height = 1 + (numbers.u32(at + 14).value_or(0) >> 8U);
        }
        at += 8 + size + (size & 1U);
        if (at > file.size()) at = file.size();
    }
}

}  // namespace custos::vault::exhibits
