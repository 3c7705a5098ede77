// SPDX-License-Identifier: GPL-3.0-or-later
// Digits of all scripts (vault/publish/decode.h).
#include <algorithm>

#include <unicode/uchar.h>

#include "vault/publish/decode.h"

namespace custos::vault::publish {

std::optional<View> with_ascii_digits(std::string_view text, Range span) {
    View view;
    view.origin = span.first;
    std::size_t copied = span.first;
    const std::string_view upto = text.substr(0, span.last);
    for (std::size_t at = end_of_ascii(upto, span.first); at < span.last;
         at = end_of_ascii(upto, at)) {
        const std::size_t begin = at;
        const char32_t c = next_character(text, at);
        const int digit = c == kNoCharacter ? -1 : u_charDigitValue(static_cast<UChar32>(c));
        if (digit < 0) continue;
        view.text.append(text, copied, begin - copied);
        view.map.emplace_back(view.text.size(), begin);
        view.text.push_back(static_cast<char>('0' + digit));
        view.map.emplace_back(view.text.size(), at);
        copied = at;
    }
    if (view.map.empty()) return std::nullopt;
    view.text.append(text, copied, span.last - copied);
    return view;
}

}  // namespace custos::vault::publish
