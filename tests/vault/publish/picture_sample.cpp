// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_sample.h"

#include <zlib.h>

#include "../exhibits/pictures.h"
#include "../objects/scratch.h"
#include "sample.h"
#include "vault/exhibits/clean.h"

namespace custos::test {

namespace {

Bytes png_with(std::uint32_t width, std::uint8_t colour, ByteView palette, ByteView packed) {
    const Bytes header = joined({big32(width), big32(1), Bytes{8, colour, 0, 0, 0}});
    return joined({bytes_of("\x89PNG\r\n\x1a\n"), png_chunk("IHDR", header), palette,
                   png_chunk("IDAT", packed), png_chunk("IEND", {})});
}

}  // namespace

Bytes clean_jpeg() { return vault::exhibits::clean_picture(telling_jpeg()).bytes; }

Bytes palette_png(std::string_view palette) {
    Bytes colours = to_bytes(bytes_of(palette));
    while (colours.size() % 3 != 0) colours.push_back(' ');
    return png_with(4, 3, png_chunk("PLTE", colours), deflated(Bytes(5)));
}

Bytes noisy_png(std::size_t size) {
    Bytes line = pattern(size + 1);
    line[0] = 0;
    return png_with(static_cast<std::uint32_t>(size), 0, {}, deflated(line));
}

vault::publish::Material material_with_picture(const Bytes& picture,
                                               const std::string& media_type) {
    using vault::publish::Exhibit;
    vault::publish::Material material = sample_material(careful_body());
    Exhibit exhibit;
    exhibit.code = "E-JJJJJ";
    exhibit.file = Exhibit::File::cleaned;
    exhibit.media_type = media_type;
    exhibit.size = picture.size();
    exhibit.bytes = std::make_shared<const Bytes>(picture);
    material.exhibits["E-JJJJJ"] = exhibit;
    material.statement.exhibits = {{"E-JJJJJ", "A van by night", "The van that {P-AAAAA} saw"}};
    return material;
}

}  // namespace custos::test
