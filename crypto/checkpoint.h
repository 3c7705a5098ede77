// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints (https://c2sp.org/tlog-checkpoint, docs/formats/log-proofs.md): signed notes that say
// how large a log is and what its root is. The key that signs has the log's origin as its name.
//
// A log must never sign two checkpoints of which one does not continue the other: that is for the
// caller to see to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/merkle.h"
#include "crypto/note.h"

namespace custos::crypto {

struct Checkpoint {
    std::string origin;  // which log: here "custos/<vault id>"
    std::uint64_t size = 0;
    Digest root;

    TreeHead head() const { return {size, root}; }
    bool operator==(const Checkpoint&) const = default;
};

// The text that is signed: three lines.
[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
// Nothing if malformed. Extension lines of other programs' checkpoints are read over.
[[nodiscard]] std::optional<Checkpoint> parse_checkpoint_text(std::string_view text);

// The whole note. The origin must be a note name, else Error{usage}.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningSeed& seed);

// The checkpoint in a note that one of the `known` keys signed under the name of its origin;
// nothing if it is malformed, not signed by them, or any known key's line is wrong.
[[nodiscard]] std::optional<Checkpoint> open_checkpoint(std::string_view note,
                                                        std::span<const NoteKey> known);

// What a checkpoint says without looking at who signed it: for messages and look-ups only.
[[nodiscard]] std::optional<Checkpoint> peek_checkpoint(std::string_view note);

}  // namespace custos::crypto
