// SPDX-License-Identifier: GPL-3.0-or-later
// The content of a draft as JSON, before it is sealed.
#pragma once

#include "vault/drafts/drafts.h"

namespace custos::vault {

// {"format":1,"kind":"person","record":"P-…","revision":0,"begun":"…Z","changed":"…Z",
//  "fields":{…},"at":"summary","open":{"path":"summary","text":"…"}}; `open` only when a text is
//  being written.
[[nodiscard]] nlohmann::json draft_json(const DraftContent& content);

}  // namespace custos::vault
