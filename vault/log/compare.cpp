// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/log/compare.h"

#include <array>

#include "crypto/error.h"
#include "crypto/merkle.h"
#include "crypto/tlog_proof.h"

namespace custos::vault {

std::string_view name_of(LogRelation relation) {
    static constexpr std::array<std::string_view, 6> kNames = {
        "continues", "rolled_back", "forked", "foreign", "not_signed", "malformed"};
    return kNames.at(static_cast<std::size_t>(relation));
}

LogComparison compare_log(const Log& log, std::string_view file,
                          std::span<const crypto::NoteKey> signers) {
    const auto proof = crypto::parse_tlog_proof(file);
    const std::string_view note = proof ? std::string_view(proof->checkpoint) : file;
    const auto claimed = crypto::peek_checkpoint(note);
    if (!claimed) return {};
    LogComparison out{LogRelation::foreign, *claimed};
    if (claimed->origin != log.origin()) return out;
    const auto checkpoint = crypto::open_checkpoint(note, signers);
    if (!checkpoint) {
        out.relation = LogRelation::not_signed;
    } else if (checkpoint->size > log.head().size) {
        out.relation = LogRelation::rolled_back;
    } else if (crypto::root_of(log.leaves(checkpoint->size)) != checkpoint->root) {
        out.relation = LogRelation::forked;
    } else {
        out.relation = LogRelation::continues;
    }
    return out;
}

std::string prove_entry(const Log& log, std::uint64_t index) {
    const Head head = log.head();
    if (index >= head.size) {
        throw Error{ErrorCode::not_found,
                    "cannot prove log entry " + std::to_string(index) + ": there is none",
                    "see them with: custos log show"};
    }
    const std::vector<crypto::Digest> leaves = log.leaves(head.size);
    return crypto::write_tlog_proof({log.at(index).entry, index,
                                     crypto::inclusion_proof(leaves, index),
                                     log.newest_checkpoint().value()});
}

}  // namespace custos::vault
