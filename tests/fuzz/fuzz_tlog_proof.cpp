// SPDX-License-Identifier: GPL-3.0-or-later
// Proof files: what is read is written back byte for byte, and proves nothing to a stranger.
#include <cstdint>

#include "crypto/secret.h"
#include "crypto/tlog_proof.h"

namespace {

using namespace custos::crypto;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const std::string_view input = custos::text_of({data, size});

    const auto proof = parse_tlog_proof(input);
    const ProofCheck check = verify_tlog_proof(input, Digest{}, {});
    if (proof) {
        require(write_tlog_proof(*proof) == input);
        require(check.verdict == ProofVerdict::not_signed);
        // Any numbers and hashes may meet in a proof.
        const auto checkpoint = peek_checkpoint(proof->checkpoint);
        require(checkpoint.has_value());
        (void)verify_inclusion(Digest{}, proof->index, checkpoint->size, proof->hashes,
                               checkpoint->root);
        (void)verify_consistency({proof->index, Digest{}}, checkpoint->head(), proof->hashes);
    } else {
        require(check.verdict == ProofVerdict::malformed);
    }
    return 0;
}
