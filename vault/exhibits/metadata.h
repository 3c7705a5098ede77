// SPDX-License-Identifier: GPL-3.0-or-later
// What a file says of itself beside what it shows: where, when, by whom and with what it was made,
// and what else lies in it. docs/formats/pictures.md has the list.
//
// Files come from strangers. Every reader below keeps its limits, and never trusts a length or an
// offset. Values are the file's own text: UTF-8, cut short, and not fit for a terminal as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault::exhibits {

inline constexpr std::size_t kPictureSizeMax = 128u * 1024 * 1024;  // read whole, in memory
inline constexpr std::size_t kItemsMax = 500;                       // of one file
inline constexpr std::size_t kValueMax = 200;                       // code points of a value

enum class Tells {
    place,
    person,
    content,  // more than is seen: an earlier or smaller picture, a film, a hidden part
    time,
    device,
    other,
};
[[nodiscard]] std::string_view text_of(Tells tells);
// "high", "medium" or "low".
[[nodiscard]] std::string_view severity_of(Tells tells);

struct MetadataItem {
    Tells tells = Tells::other;
    std::string where;  // "EXIF", "XMP", "comment", ...: which part of the file says so
    std::string what;   // "camera model", in plain words
    std::string value;  // as the file has it; may be empty
};

struct Metadata {
    std::string format;        // "JPEG", "PNG", "WebP", "PDF"; empty: none that is read here
    std::uint32_t width = 0;   // 0: unknown
    std::uint32_t height = 0;  // as stored, before it is turned
    unsigned orientation = 1;  // of EXIF, 1 to 8
    std::vector<MetadataItem> items;
    std::string damage;  // why there may be more than was found; empty: all of it was read
    std::string date;    // when it was taken, as it says: "2019-12-23"; empty: it does not
    std::string time;    // "21:30:05"
};

// Error{refused} if `file` is larger than kPictureSizeMax.
[[nodiscard]] Metadata read_metadata(ByteView file);

}  // namespace custos::vault::exhibits
