// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/metadata.h"

#include <algorithm>

#include "crypto/error.h"
#include "crypto/utf8.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

// Cut behind so many code points, and without blanks around it.
std::string tidy(std::string text) {
    std::size_t points = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
        if (!continues && ++points > kValueMax) {
            text.resize(at);
            text += "…";
            break;
        }
    }
    constexpr std::string_view kBlanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

std::string_view text_of(Tells tells) {
    switch (tells) {
        case Tells::place: return "place";
        case Tells::person: return "person";
        case Tells::content: return "content";
        case Tells::time: return "time";
        case Tells::device: return "device";
        case Tells::other: return "other";
    }
    return "other";
}

std::string_view severity_of(Tells tells) {
    switch (tells) {
        case Tells::place:
        case Tells::person:
        case Tells::content: return "high";
        case Tells::time:
        case Tells::device: return "medium";
        case Tells::other: return "low";
    }
    return "low";
}

std::optional<std::uint16_t> Numbers::u16(std::size_t at) const {
    if (at > bytes_.size() || bytes_.size() - at < 2) return std::nullopt;
    const unsigned first = bytes_[at];
    const unsigned second = bytes_[at + 1];
    const unsigned value = order_ == Order::big ? (first << 8U) | second : (second << 8U) | first;
    return static_cast<std::uint16_t>(value);
}

std::optional<std::uint32_t> Numbers::u32(std::size_t at) const {
    const auto first = u16(at);
    const auto second = first ? u16(at + 2) : std::nullopt;
    if (!second) return std::nullopt;
    const std::uint32_t high = order_ == Order::big ? *first : *second;
    const std::uint32_t low = order_ == Order::big ? *second : *first;
    return (high << 16U) | low;
}

ByteView Numbers::part(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return {};
    return bytes_.subspan(at, size);
}

void add_item(Metadata& out, Tells tells, std::string_view where, std::string_view what,
              std::string value) {
    if (out.items.size() >= kItemsMax) {
        note_damage(out, "it says more than can be listed");
        return;
    }
    out.items.push_back({tells, std::string(where), std::string(what), std::move(value)});
}

void note_damage(Metadata& out, std::string_view why) {
    if (out.damage.empty()) out.damage = why;
}

std::string value_text(ByteView bytes) {
    const auto zero = std::find(bytes.begin(), bytes.end(), std::uint8_t{0});
    bytes = bytes.first(static_cast<std::size_t>(zero - bytes.begin()));
    constexpr std::size_t kBytesMax = 16 * kValueMax;
    // A cut may go through a character, which goes with it.
    const std::size_t cuts = bytes.size() > kBytesMax ? 4 : 1;
    const std::string text = to_string(bytes.first(std::min(bytes.size(), kBytesMax)));
    for (std::size_t cut = 0; cut < cuts; ++cut) {
        const std::string_view shorter = std::string_view(text).substr(0, text.size() - cut);
        if (crypto::all_code_points(shorter, [](char32_t) { return true; }))
            return tidy(std::string(shorter));
    }
    std::string latin1;
    for (const char byte : text) crypto::append_utf8(latin1, static_cast<unsigned char>(byte));
    return tidy(std::move(latin1));
}

std::string utf16_value(ByteView bytes, Numbers::Order order) {
    const Numbers units(bytes, order);
    std::string text;
    for (std::size_t at = 0; at < 8 * kValueMax; at += 2) {
        const auto unit = units.u16(at);
        if (!unit || *unit == 0) break;
        char32_t c = *unit;
        const auto next = units.u16(at + 2);
        if (c >= 0xD800 && c < 0xDC00 && next && *next >= 0xDC00 && *next < 0xE000) {
            c = 0x10000 + ((c - 0xD800U) << 10U) + (*next - 0xDC00U);
            at += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 0xFFFD;
        }
        crypto::append_utf8(text, c);
    }
    return tidy(std::move(text));
}

std::string bytes_text(std::size_t size) {
    std::string digits = std::to_string(size);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits + (size == 1 ? " byte" : " bytes");
}

bool begins_with(ByteView bytes, std::string_view text) {
    return bytes.size() >= text.size() && custos::text_of(bytes.first(text.size())) == text;
}

Metadata read_metadata(ByteView file) {
    if (file.size() > kPictureSizeMax) {
        throw Error{ErrorCode::refused, "cannot read the metadata: the file is larger than 128 MiB",
                    "extract it and look at it with another program"};
    }
    Metadata out;
    if (begins_with(file, "\xff\xd8\xff")) {
        read_jpeg_metadata(file, out);
    } else if (begins_with(file, "\x89PNG\r\n\x1a\n")) {
        read_png_metadata(file, out);
    } else if (begins_with(file, "RIFF") && file.size() >= 12 &&
               begins_with(file.subspan(8), "WEBP")) {
        read_webp_metadata(file, out);
    } else if (begins_with(file, "%PDF-")) {
        read_pdf_metadata(file, out);
    }
    std::stable_sort(
        out.items.begin(), out.items.end(),
        [](const MetadataItem& a, const MetadataItem& b) { return a.tells < b.tells; });
    return out;
}

}  // namespace custos::vault::exhibits
