// SPDX-License-Identifier: GPL-3.0-or-later
// What the readers of this folder share. Each takes the bytes of its part and adds what they say.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "vault/exhibits/metadata.h"

namespace custos::vault::exhibits {

inline constexpr std::size_t kInflatedTextMax = 1024u * 1024;  // of one compressed text

// Numbers at places that may lie outside.
class Numbers {
public:
    enum class Order { big, little };
    Numbers(ByteView bytes, Order order) : bytes_(bytes), order_(order) {}

    [[nodiscard]] std::optional<std::uint16_t> u16(std::size_t at) const;
    [[nodiscard]] std::optional<std::uint32_t> u32(std::size_t at) const;
    // Empty if it does not lie inside as a whole.
    [[nodiscard]] ByteView part(std::size_t at, std::size_t size) const;

private:
    ByteView bytes_;
    Order order_;
};

void add_item(Metadata& out, Tells tells, std::string_view where, std::string_view what,
              std::string value = {});
// The first reason counts.
void note_damage(Metadata& out, std::string_view why);

// Text of unknown encoding as UTF-8: cut at kValueMax and at a zero, blanks around it removed.
[[nodiscard]] std::string value_text(ByteView bytes);
[[nodiscard]] std::string utf16_value(ByteView bytes, Numbers::Order order);
[[nodiscard]] std::string bytes_text(std::size_t size);  // "12,345 bytes"

[[nodiscard]] bool begins_with(ByteView bytes, std::string_view text);

// The formats. `file` begins with the format's signature.
void read_jpeg_metadata(ByteView file, Metadata& out);
void read_png_metadata(ByteView file, Metadata& out);
void read_webp_metadata(ByteView file, Metadata& out);
void read_pdf_metadata(ByteView file, Metadata& out);

// The parts that several formats hold.
void read_exif(ByteView tiff, Metadata& out);
void read_xmp(ByteView packet, Metadata& out);
void read_iptc(ByteView records, Metadata& out);
void read_icc(ByteView profile, Metadata& out);

}  // namespace custos::vault::exhibits
