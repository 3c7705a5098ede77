// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG and PNG: reading ends within its limits, and what cleaning leaves is clean.
#include <cstdint>

#include "vault/exhibits/clean.h"
#include "vault/exhibits/metadata.h"

namespace {

namespace exhibits = custos::vault::exhibits;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const custos::ByteView file(data, size);
    const exhibits::Metadata metadata = exhibits::read_metadata(file);
    require(metadata.items.size() <= exhibits::kItemsMax);
    require(metadata.orientation >= 1 && metadata.orientation <= 8);
    const exhibits::Cleaned cleaned = exhibits::clean_picture(file);
    require(cleaned.refused.empty() || cleaned.bytes.empty());
    if (!cleaned.refused.empty()) {
        // Our own check of what we made must never have to step in.
        require(cleaned.refused.find("read again") == std::string::npos);
        return 0;
    }
    require(cleaned.bytes.size() <= size + 64);
    require(exhibits::is_clean_picture(cleaned.bytes));
    require(exhibits::read_metadata(cleaned.bytes).items.empty());
    return 0;
}
