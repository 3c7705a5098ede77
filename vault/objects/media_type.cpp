// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/media_type.h"

#include <algorithm>
#include <array>

namespace custos::vault {
namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t offset;
    std::string_view bytes;
    std::size_t offset2;  // a second part; empty: none
    std::string_view bytes2;
    std::string_view media_type;
};

// The first row that fits counts: brands of ISO media files before their common form.
constexpr std::array<Signature, 34> kSignatures = {{
    {0, "\xff\xd8\xff"sv, 0, ""sv, "image/jpeg"},
    {0, "\x89PNG\r\n\x1a\n"sv, 0, ""sv, "image/png"},
    {0, "GIF87a"sv, 0, ""sv, "image/gif"},
    {0, "GIF89a"sv, 0, ""sv, "image/gif"},
    {0, "RIFF"sv, 8, "WEBP"sv, "image/webp"},
    {0, "II*\0"sv, 0, ""sv, "image/tiff"},
    {0, "MM\0*"sv, 0, ""sv, "image/tiff"},
    {0, "BM"sv, 6, "\0\0\0\0"sv, "image/bmp"},
    {4, "ftypheic"sv, 0, ""sv, "image/heic"},
    {4, "ftypheix"sv, 0, ""sv, "image/heic"},
    {4, "ftypmif1"sv, 0, ""sv, "image/heif"},
    {4, "ftypavif"sv, 0, ""sv, "image/avif"},
    {4, "ftypM4A "sv, 0, ""sv, "audio/mp4"},
    {4, "ftypqt  "sv, 0, ""sv, "video/quicktime"},
    {4, "ftyp3g"sv, 0, ""sv, "video/3gpp"},
    {4, "ftyp"sv, 0, ""sv, "video/mp4"},
    {0, "\x1a\x45\xdf\xa3"sv, 0, ""sv, "video/x-matroska"},
    {0, "RIFF"sv, 8, "AVI "sv, "video/x-msvideo"},
    {0, "\0\0\x01\xba"sv, 0, ""sv, "video/mpeg"},
    {0, "RIFF"sv, 8, "WAVE"sv, "audio/wav"},
    {0, "ID3"sv, 0, ""sv, "audio/mpeg"},
    {0, "\xff\xfb"sv, 0, ""sv, "audio/mpeg"},
    {0, "OggS"sv, 0, ""sv, "audio/ogg"},
    {0, "fLaC"sv, 0, ""sv, "audio/flac"},
    {0, "#!AMR"sv, 0, ""sv, "audio/amr"},
    {0, "%PDF-"sv, 0, ""sv, "application/pdf"},
    {0, "PK\x03\x04"sv, 0, ""sv, "application/zip"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, 0, ""sv, "application/x-ole-storage"},
    {0, "{\\rtf"sv, 0, ""sv, "application/rtf"},
    {0, "\x1f\x8b\x08"sv, 0, ""sv, "application/gzip"},
    {0, "7z\xbc\xaf\x27\x1c"sv, 0, ""sv, "application/x-7z-compressed"},
    {257, "ustar"sv, 0, ""sv, "application/x-tar"},
    {0, "age-encryption.org/v1\n"sv, 0, ""sv, "application/x-age"},
    {0, "SQLite format 3\0"sv, 0, ""sv, "application/vnd.sqlite3"},
}};

bool stands_at(ByteView bytes, std::size_t offset, std::string_view wanted) noexcept {
    return bytes.size() >= offset + wanted.size() &&
           text_of(bytes.subspan(offset, wanted.size())) == wanted;
}

// Says little of UTF-8 on purpose: the end of the beginning may cut a character in two.
bool looks_like_text(ByteView bytes) noexcept {
    return !bytes.empty() && std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
        return byte >= 0x20 ? byte < 0xf8 && byte != 0x7f && byte != 0xc0 && byte != 0xc1
                            : byte == '\n' || byte == '\r' || byte == '\t';
    });
}

}  // namespace

std::string_view media_type_of(ByteView beginning) noexcept {
    for (const Signature& row : kSignatures) {
        if (stands_at(beginning, row.offset, row.bytes) &&
            stands_at(beginning, row.offset2, row.bytes2)) {
            return row.media_type;
        }
    }
    return looks_like_text(beginning) ? "text/plain"sv : "application/octet-stream"sv;
}

}  // namespace custos::vault
