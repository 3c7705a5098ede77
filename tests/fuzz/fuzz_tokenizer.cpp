// SPDX-License-Identifier: GPL-3.0-or-later
// The search tokenizer: any bytes as a document and as a query.
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/utf8.h"
#include "vault/search/tokenizer.h"

namespace {

using custos::vault::TextPurpose;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

bool is_utf8(std::string_view text) {
    return custos::crypto::all_code_points(text, [](char32_t) { return true; });
}

std::vector<std::string> cut(std::string_view text, TextPurpose purpose) {
    static custos::vault::Tokenizer tokenizer;
    std::vector<std::string> tokens;
    std::size_t last = 0;
    tokenizer.tokenize(
        text, purpose, [&](std::string_view token, std::size_t begin, std::size_t end) {
            require(!token.empty() && token.size() <= custos::vault::kTokenBytesMax &&
                    is_utf8(token));
            require(begin >= last && begin < end && end <= text.size());
            std::string_view from_begin = text.substr(begin);
            require(custos::crypto::take_code_point(from_begin).has_value());
            require(end == text.size() || (static_cast<std::uint8_t>(text[end]) & 0xc0U) != 0x80 ||
                    !is_utf8(text));
            last = begin;
            tokens.emplace_back(token);
            return true;
        });
    return tokens;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = custos::text_of(custos::ByteView(data, size));
    const auto document = cut(text, TextPurpose::document);
    const auto query = cut(text, TextPurpose::query);
    // A query for a whole document finds it: it has the document's tokens, or all but the last.
    require(query.size() == document.size() || query.size() + 1 == document.size());
    for (std::size_t place = 0; place < query.size(); ++place) {
        require(query[place] == document[place]);
        require(cut(query[place], TextPurpose::query) == std::vector<std::string>{query[place]});
    }
    return 0;
}
