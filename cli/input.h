// SPDX-License-Identifier: GPL-3.0-or-later
// Data that a command reads: from a file, or from stdin as "-".
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "cli/context.h"
#include "vault/records/id.h"

namespace custos::cli {

// At most `limit` bytes; more is Error{usage}, and so is stdin that is to give a passphrase as
// well.
[[nodiscard]] std::string read_input(const Context& context, const std::string& file,
                                     std::size_t limit);

// One JSON value, strictly (vault/records/json_input.h).
[[nodiscard]] nlohmann::json read_json_input(const Context& context, const std::string& file);

// Applies the FIELD=VALUE texts that need no open vault, so that a mistake is told before a
// passphrase is asked for. Gives back those about fields of the vault's own: assign them, by its
// schema, once it is open.
[[nodiscard]] std::vector<std::string> assign_before_opening(
    vault::Kind kind, nlohmann::json& fields, const std::vector<std::string>& assignments);

}  // namespace custos::cli
