// SPDX-License-Identifier: GPL-3.0-or-later
// Things that point at a person although nobody in the vault has them: telephone numbers, e-mail
// addresses, coordinates. Plain text only.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "vault/publish/forms.h"
#include "vault/publish/pieces.h"

namespace custos::vault::publish {

using Detected = std::function<void(Rule rule, std::size_t begin)>;
// What begins in the span of the text.
void detect(std::string_view text, Span span, const Detected& detected);

}  // namespace custos::vault::publish
