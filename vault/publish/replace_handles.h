// SPDX-License-Identifier: GPL-3.0-or-later
// A text of a statement as readers get it: the plan's words in place of handles.
#pragma once

#include <string>
#include <string_view>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

// `text` with every handle replaced; one that the plan does not know leaves nothing. With
// Escape::markdown the words cannot be taken for markup.
enum class Escape { none, markdown };
[[nodiscard]] std::string with_handles_replaced(std::string_view text, const Plan& plan,
                                                Escape escape);

}  // namespace custos::vault::publish
