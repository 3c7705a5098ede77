// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/inflated.h"

#include <array>
#include <limits>

#include <zlib.h>

namespace custos::vault::exhibits {

std::optional<std::string> inflated(ByteView packed, std::size_t limit) {
    if (packed.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
    z_stream z{};
    if (inflateInit(&z) != Z_OK) return std::nullopt;
    Bytes input = to_bytes(packed);
    z.next_in = input.data();
    z.avail_in = static_cast<uInt>(input.size());
    std::string out;
    std::array<Bytef, 16384> buffer{};
    int state = Z_OK;
    while (state == Z_OK && out.size() <= limit) {
        z.next_out = buffer.data();
        z.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&z, Z_NO_FLUSH);
        out.append(reinterpret_cast<const char*>(buffer.data()), buffer.size() - z.avail_out);
    }
    inflateEnd(&z);
    if (state != Z_STREAM_END || out.size() > limit) return std::nullopt;
    return out;
}

}  // namespace custos::vault::exhibits
