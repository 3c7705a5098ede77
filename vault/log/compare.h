// SPDX-License-Identifier: GPL-3.0-or-later
// A vault's log beside a checkpoint that somebody else kept: does it continue what was signed then?
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "crypto/checkpoint.h"
#include "vault/log/log.h"

namespace custos::vault {

enum class LogRelation {
    continues,    // everything up to the checkpoint is as it was
    rolled_back,  // the log is shorter than it was
    forked,       // what was signed then is not what is there now: rewritten, or another history
    foreign,      // a checkpoint of another log
    not_signed,   // by nobody who may sign this log
    malformed,    // neither a checkpoint nor a proof with one in it
};
[[nodiscard]] std::string_view name_of(LogRelation relation);

struct LogComparison {
    LogRelation relation = LogRelation::malformed;
    crypto::Checkpoint against;  // unless malformed
};

// `file` is a signed checkpoint or a .tlog-proof. Leaves are recomputed from the rows.
[[nodiscard]] LogComparison compare_log(const Log& log, std::string_view file,
                                        std::span<const crypto::NoteKey> signers);

// The .tlog-proof of an entry in the newest checkpoint, with the entry (not its body) as `extra`.
// Error{not_found} if there is no such entry.
[[nodiscard]] std::string prove_entry(const Log& log, std::uint64_t index);

}  // namespace custos::vault
