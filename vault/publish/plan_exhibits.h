// SPDX-License-Identifier: GPL-3.0-or-later
// What the plan asks of exhibits: which mentions are for readers at all, and what speaks against
// showing a picture.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/judge.h"
#include "vault/publish/plan.h"

namespace custos::vault::publish {

// What the statement says of an exhibit, by its code; null if nothing.
[[nodiscard]] const ExhibitWords* exhibit_words(const Material& material, std::string_view code);

// Handle::key() of each handle that readers meet: in the title, in words for exhibits, or in the
// body outside withheld passages.
[[nodiscard]] std::set<std::string> open_handles(const Statement& statement);

// Why readers may not see the picture, which `line` of the body mentions; empty: they may.
// `persons` is everybody in `material`, by code.
[[nodiscard]] std::vector<Problem> picture_problems(
    const Material& material, const std::map<std::string, const Person*>& persons,
    const Judge& judge, const Exhibit& exhibit, std::size_t line);

}  // namespace custos::vault::publish
