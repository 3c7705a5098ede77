// SPDX-License-Identifier: GPL-3.0-or-later
// A statement as readers would get it in each of its languages, and what speaks against that before
// the final bytes are searched.
#pragma once

#include <vector>

#include "vault/publish/plan.h"
#include "vault/publish/render.h"
#include "vault/publish/statement.h"

namespace custos::vault::publish {

struct Preview {
    Plan plan;                      // of all languages together
    Edition edition;                // in the first; the others are its translations
    std::vector<Problem> problems;  // of plan and text
};
[[nodiscard]] Preview preview(const Material& material);

}  // namespace custos::vault::publish
