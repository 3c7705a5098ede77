// SPDX-License-Identifier: GPL-3.0-or-later
// Bech32 (BIP 173) as age uses it for keys: no limit on the length, and the last "1" separates.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::crypto::age {

// How long the text for `size` bytes under `prefix` is.
[[nodiscard]] std::size_t bech32_size(std::string_view prefix, std::size_t size) noexcept;

// Writes the text of `data` into `out`, which has exactly bech32_size() bytes. The text is all in
// the case of `prefix`. Nothing is left in other memory: `data` may be a secret.
void write_bech32(std::string_view prefix, ByteView data, MutableByteView out);

// Reads a text written so. False, with `out` wiped, unless the text is whole, in one case, its
// prefix is exactly `prefix` (case included), the checksum is right and it holds exactly as many
// bytes as `out`.
[[nodiscard]] bool read_bech32(std::string_view text, std::string_view prefix, MutableByteView out);

}  // namespace custos::crypto::age
