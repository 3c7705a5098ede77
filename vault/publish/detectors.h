// SPDX-License-Identifier: GPL-3.0-or-later
// Things that point at a person although nobody in the vault has them: telephone numbers, e-mail
// addresses, coordinates, numbers that prove themselves by check digits, addresses of devices,
// links that say who followed or shared them. Plain text, digits in ASCII.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "vault/publish/forms.h"
#include "vault/publish/utf8.h"

namespace custos::vault::publish {

using Detected = std::function<void(Rule rule, std::size_t begin, std::size_t end)>;
// What begins in the span of the text.
void detect(std::string_view text, Range span, const Detected& detected);

}  // namespace custos::vault::publish
