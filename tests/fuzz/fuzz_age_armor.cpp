// SPDX-License-Identifier: GPL-3.0-or-later
// ASCII armor: any text.
#include <cstdint>

#include "crypto/age/armor.h"

namespace {

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace age = custos::crypto::age;
    const custos::ByteView input(data, size);

    if (const auto file = age::dearmor(custos::text_of(input))) {
        require(age::looks_armored(input));
        require(age::dearmor(age::armor(*file)) == file);
    }
    require(age::dearmor(age::armor(input)) == custos::to_bytes(input));
    return 0;
}
