// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that pictures hold, each as the whole input; the first byte says which.
#include <cstdint>

#include "vault/exhibits/reading.h"

namespace exhibits = custos::vault::exhibits;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const custos::ByteView part(data + 1, size - 1);
    exhibits::Metadata out;
    switch (data[0] % 5) {
        case 0: exhibits::read_exif(part, out); break;
        case 1: exhibits::read_xmp(part, out); break;
        case 2: exhibits::read_iptc(part, out); break;
        case 3: exhibits::read_icc(part, out); break;
        default: exhibits::read_pdf_metadata(part, out); break;
    }
    if (out.items.size() > exhibits::kItemsMax) __builtin_trap();
    for (const exhibits::MetadataItem& item : out.items) {
        if (item.value.size() > 4 * exhibits::kValueMax + 8) __builtin_trap();
    }
    return 0;
}
