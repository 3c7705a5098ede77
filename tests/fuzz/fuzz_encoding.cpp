// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text: every value has one text, and every text that is read is that one.
#include <cstdint>

#include "crypto/encoding.h"
#include "crypto/secret.h"
#include "crypto/utf8.h"

namespace {

using namespace custos::crypto;
using custos::Bytes;
using custos::ByteView;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void decode(std::string_view text) {
    if (const auto bytes = from_hex(text)) require(hex(*bytes) == text);
    for (const Padding padding : {Padding::yes, Padding::no}) {
        if (const auto bytes = from_base64(text, padding)) require(base64(*bytes, padding) == text);
    }
    if (const auto bytes = from_base64url(text)) require(base64url(*bytes) == text);
    if (const auto number = from_decimal(text)) require(std::to_string(*number) == text);
    if (const auto digits = canonical_crockford(text)) {
        require(canonical_crockford(*digits) == digits);
    }
    (void)all_code_points(text, [](char32_t point) {
        require(point <= 0x10FFFF);
        return true;
    });
}

void encode(ByteView view) {
    const Bytes bytes = custos::to_bytes(view);
    require(from_hex(hex(bytes)) == bytes);
    require(from_base64(base64(bytes)) == bytes);
    require(from_base64(base64(bytes, Padding::no), Padding::no) == bytes);
    require(from_base64url(base64url(bytes)) == bytes);
    require(canonical_crockford(crockford(bytes)) == crockford(bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    decode(custos::text_of({data, size}));
    encode({data, size});
    return 0;
}
