// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of a draft. It comes out of a seal, but an older or newer custos may have written it.
#include <cstdint>

#include "crypto/bytes.h"
#include "vault/drafts/draft_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto draft = custos::vault::draft_from_json(custos::text_of({data, size}));
    if (!draft) return 0;
    const auto again = custos::vault::draft_from_json(custos::vault::draft_json(*draft).dump());
    if (!again || !(*again == *draft)) __builtin_trap();
    return 0;
}
