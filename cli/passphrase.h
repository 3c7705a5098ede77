// SPDX-License-Identifier: GPL-3.0-or-later
// Passphrases: from /dev/tty with the echo off, from a descriptor, or from a file. Never from the
// command line, the environment, or data on stdin.
//
// A passphrase is one line of UTF-8 of 1 to 1024 bytes. One line end ("\n" or "\r\n") is cut off,
// and the text is brought into Unicode's NFC, so that the same word typed on two systems opens the
// vault.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/context.h"
#include "crypto/secret.h"

namespace custos::cli {

inline constexpr std::size_t kPassphraseSizeMax = 1024;
inline constexpr int kPassphraseTries = 3;

// The passphrase in `line`, as everyone writes it. Error{usage} if it is empty, too long, several
// lines, or no UTF-8; `what` names it in the message ("passphrase", "new passphrase").
[[nodiscard]] SecretBytes passphrase_from_line(const SecretBytes& line, const std::string& what);

// The passphrase of something that exists, for `--passphrase-fd`, `--passphrase-file`, or a person.
// `attempt` says whether it was right; on a terminal there are three tries, elsewhere one. Error:
// usage (none given and asking is off), wrong_passphrase, interrupted, and what `attempt` throws.
void unlock_with_passphrase(Context& context, const std::string& of_what,
                            const std::function<bool(const SecretBytes&)>& attempt);

// A new passphrase, asked for twice on a terminal. From --new-passphrase-*; if `fall_back`, also
// from
// --passphrase-* (init, which has no old one).
enum class FallBack { yes, no };
[[nodiscard]] SecretBytes new_passphrase(Context& context, const std::string& for_what,
                                         FallBack fall_back);

}  // namespace custos::cli
