// SPDX-License-Identifier: GPL-3.0-or-later
// Passages of a statement that are signed, but not published: a court can be shown them later. In
// the body they stand between two lines of their own:
//
//   {withheld}
//   The number plate of the car was ...
//   {/withheld}
//
// Readers see one short marker in their place, whatever their length.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

struct WithheldPassages {
    std::string open;                // the body with a marker for each passage; as many lines
    std::vector<std::string> texts;  // CommonMark, in order
    std::vector<Problem> problems;   // rule "withheld"
};

// What is opened and not closed is withheld up to the end.
[[nodiscard]] WithheldPassages take_out_withheld(std::string_view body, std::string_view marker);

}  // namespace custos::vault::publish
