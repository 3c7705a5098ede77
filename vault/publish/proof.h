// SPDX-License-Identifier: GPL-3.0-or-later
// statement.tlog-proof: that a package stood in the log of its publisher's vault when it left
// (docs/formats/package.md). A c2sp.org/tlog-proof of one entry, which it brings with it together
// with that entry's body: the line of the register.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/hash.h"
#include "crypto/note.h"
#include "vault/log/entry.h"
#include "vault/publish/register.h"

namespace custos::vault::publish {

struct ProvenEntry {
    Bytes entry;
    Bytes salt;
    Bytes body;
    std::uint64_t index = 0;
    std::vector<crypto::Digest> hashes;  // the sibling first
    std::string checkpoint;              // the signed note
};
[[nodiscard]] std::string write_publication_proof(const ProvenEntry& proven);

struct ProofFacts {
    RegisterLine line;
    Milliseconds time = 0;  // of the entry, by the publisher's clock
    crypto::Checkpoint checkpoint;
};
// What a proof proves, if all of it holds: the entry is in the log that `log_key` signs, and is the
// publication of exactly this package. Nothing otherwise, or unless the file is exactly what
// write_publication_proof() writes.
[[nodiscard]] std::optional<ProofFacts> check_publication_proof(std::string_view file,
                                                                const crypto::NoteKey& log_key,
                                                                const crypto::Digest& package);

}  // namespace custos::vault::publish
