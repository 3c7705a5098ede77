// SPDX-License-Identifier: GPL-3.0-or-later
// Proofs in a file (https://c2sp.org/tlog-proof, docs/formats/log-proofs.md): that an entry stands
// in a log at the time of a signed checkpoint, checkable offline with the log's public key alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/checkpoint.h"
#include "crypto/hash.h"
#include "crypto/note.h"

namespace custos::crypto {

inline constexpr std::size_t kTlogProofSizeMax = 2 * 1024 * 1024;
inline constexpr std::size_t kTlogProofExtraMax = 64 * 1024;

struct TlogProof {
    std::optional<Bytes> extra;  // not authenticated by anything
    std::uint64_t index = 0;
    std::vector<Digest> hashes;  // the leaf's sibling first
    std::string checkpoint;      // the signed note, verbatim
};

[[nodiscard]] std::string write_tlog_proof(const TlogProof& proof);
// Nothing if malformed or over a limit. Verifies nothing.
[[nodiscard]] std::optional<TlogProof> parse_tlog_proof(std::string_view file);

enum class ProofVerdict {
    included,      // the entry is in the log that the checkpoint states
    not_included,  // the checkpoint is genuine, but the proof does not lead from the leaf to its
                   // root
    not_signed,    // the checkpoint is not signed by a known key of that log
    malformed,     // not a proof file, or no checkpoint in it
};

struct ProofCheck {
    ProofVerdict verdict = ProofVerdict::malformed;
    Checkpoint checkpoint;  // only when included or not_included
    std::uint64_t index = 0;
};

// `leaf` is leaf_hash() of the entry that the reader holds.
[[nodiscard]] ProofCheck verify_tlog_proof(std::string_view file, const Digest& leaf,
                                           std::span<const NoteKey> known);

}  // namespace custos::crypto
