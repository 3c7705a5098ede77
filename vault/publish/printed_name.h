// SPDX-License-Identifier: GPL-3.0-or-later
// Of the names that a person has: the one to print, and whether a pseudonym gives one away.
#pragma once

#include <string>
#include <string_view>

#include "vault/publish/protected.h"

namespace custos::vault::publish {

// The name to print: in the statement's language first, then in Latin letters, then the usual one.
// `language` is a tag, "" is English. Empty if there is no name but aliases and other spellings.
[[nodiscard]] std::string printed_name(const Person& person, std::string_view language);

// Whether the pseudonym holds a part of a name of three letters or more, or is nothing but
// initials. Letters are compared as they are folded for the leak scan.
[[nodiscard]] bool is_made_from_name(const Person& person);

}  // namespace custos::vault::publish
