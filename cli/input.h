// SPDX-License-Identifier: GPL-3.0-or-later
// Data that a command reads: from a file, or from stdin as "-".
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/context.h"

namespace custos::cli {

// At most `limit` bytes; more is Error{usage}, and so is stdin that is to give a passphrase as
// well.
[[nodiscard]] std::string read_input(const Context& context, const std::string& file,
                                     std::size_t limit);

// One JSON value, strictly (vault/records/json_input.h).
[[nodiscard]] nlohmann::json read_json_input(const Context& context, const std::string& file);

}  // namespace custos::cli
