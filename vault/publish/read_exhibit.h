// SPDX-License-Identifier: GPL-3.0-or-later
// An exhibit of the vault as a publication needs it: with the bytes of its picture, if it is one
// that may be shown.
#pragma once

#include <map>
#include <string>

#include "vault/publish/statement.h"
#include "vault/records/store.h"

namespace custos::vault::publish {

// `persons` are the codes of all persons by their full ids. Error{integrity} if the sealed file is
// not what was attached.
[[nodiscard]] Exhibit read_exhibit(const Vault& vault, const Record& record,
                                   const std::map<std::string, std::string>& persons);

}  // namespace custos::vault::publish
