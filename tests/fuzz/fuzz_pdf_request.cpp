// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as what custos-pdf is told to draw.
#include <cstdint>

#include "cli/pdf/document.h"
#include "crypto/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto document =
            custos::pdf::read_document({reinterpret_cast<const char*>(data), size});
        if (document.qr.rows.size() != document.qr.size) __builtin_trap();
    } catch (const custos::Error& error) {
        // Refused is a picture that cannot be drawn.
        if (error.code() != custos::ErrorCode::usage && error.code() != custos::ErrorCode::refused)
            __builtin_trap();
    }
    return 0;
}
