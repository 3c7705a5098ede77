// SPDX-License-Identifier: GPL-3.0-or-later
// The one exception type. Thrown when the caller cannot go on; what a caller will normally see
// (absent, not verified, findings) is a return value instead.
//
// A message is for a person and has three parts: what was tried, on what, why. Lower case, no full
// stop. The hint says what to do next. Neither holds a secret, stored text, or more of a path than
// a file name.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace custos {

// What the caller can do about it. The values are the program's exit statuses (docs/design.md).
enum class ErrorCode : int {
    failed = 1,             // none of the others
    usage = 2,              // the call or the input was wrong; nothing was stored
    partly_done = 3,        // some of it was done, the report says which
    not_found = 4,          // no such record, revision, file
    integrity = 5,          // bytes are not what was written or signed
    conflict = 6,           // exists already, or two changes meet
    no_vault = 10,          // no vault there
    busy = 11,              // another process holds the vault
    wrong_passphrase = 12,  // no slot or identity opens it
    refused = 13,           // policy: consent, protection, leak check
    remote = 14,            // a transport failed; worth trying again
    no_space = 15,          // the disk is full
    interrupted = 130,
};

class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message, std::string hint = {})
        : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

    ErrorCode code() const noexcept { return code_; }
    const std::string& hint() const noexcept { return hint_; }

private:
    ErrorCode code_;
    std::string hint_;
};

// Stable English names for --json: "usage", "not_found", ...
std::string_view name_of(ErrorCode code);

}  // namespace custos
