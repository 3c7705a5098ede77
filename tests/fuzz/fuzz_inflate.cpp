// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed parts of any bytes: it ends, keeps its limits, and finds what was deflated.
#include <cstdint>
#include <string>

#include <zlib.h>

#include "vault/publish/inflate.h"

namespace {

namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 65536) return 0;
    const std::string input(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t kLimit = 1u << 20;
    publish::each_compressed(input, kLimit, [&](const publish::Inflated& part) {
        require(part.bytes.size() <= kLimit);
        require(part.at < input.size() && part.end <= input.size());
    });

    const std::string plain = "Vann Sorithea was here. " + input;
    std::string packed(compressBound(plain.size()), '\0');
    uLongf packed_size = packed.size();
    compress(reinterpret_cast<Bytef*>(packed.data()), &packed_size,
             reinterpret_cast<const Bytef*>(plain.data()), plain.size());
    packed.resize(packed_size);
    bool found = false;
    publish::each_compressed("stream\n" + packed, kLimit, [&](const publish::Inflated& part) {
        found = found || part.bytes == plain;
    });
    require(found);
    return 0;
}
