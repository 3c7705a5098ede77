// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/clean.h"

#include "vault/exhibits/cleaning.h"
#include "vault/exhibits/png.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

Cleaned clean_once(ByteView file) {
    if (file.size() > kPictureSizeMax) return {{}, "it is larger than 128 MiB"};
    if (begins_with(file, "\xff\xd8\xff")) return clean_jpeg(file);
    if (begins_with(file, kPngSignature)) return clean_png(file);
    return {{}, "it is neither JPEG nor PNG"};
}

}  // namespace

std::array<std::uint8_t, 26> orientation_alone(unsigned orientation) {
    const auto turned = static_cast<std::uint8_t>(orientation);
    return {'M', 'M', 0, 42, 0, 0, 0, 8,                   // the first directory follows
            0,   1,                                        // it has one entry:
            1,   18,  0, 3,  0, 0, 0, 1, 0, turned, 0, 0,  // Orientation, one SHORT
            0,   0,   0, 0};                               // and is the last one
}

unsigned orientation_in(ByteView tiff) {
    Metadata read;
    read_exif(tiff, read);
    return read.orientation;
}

Cleaned clean_picture(ByteView file) {
    Cleaned out = clean_once(file);
    if (!out.refused.empty()) return out;
    const Metadata left = read_metadata(out.bytes);
    if (!left.items.empty() || !left.damage.empty() || clean_once(out.bytes).bytes != out.bytes)
        return {{}, "something was left in it when it was read again"};
    return out;
}

bool is_clean_picture(ByteView file) {
    const Cleaned cleaned = clean_picture(file);
    return cleaned.refused.empty() &&
           std::equal(file.begin(), file.end(), cleaned.bytes.begin(), cleaned.bytes.end());
}

}  // namespace custos::vault::exhibits
