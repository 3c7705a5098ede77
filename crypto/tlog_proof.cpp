// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tlog_proof.h"

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::crypto {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

// Takes `prefix` off `rest` if it starts with it.
bool take(std::string_view& rest, std::string_view prefix) {
    if (rest.substr(0, prefix.size()) != prefix) return false;
    rest.remove_prefix(prefix.size());
    return true;
}

// Takes a line off `rest`, without its end; nothing if it has no end.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

// The lines up to the empty one.
std::optional<std::vector<Digest>> take_hashes(std::string_view& rest) {
    std::vector<Digest> hashes;
    for (;;) {
        const auto line = take_line(rest);
        if (!line) return std::nullopt;
        if (line->empty()) return hashes;
        const auto hash = from_base64(*line);
        if (!hash || hash->size() != Digest::kSize || hashes.size() == kProofHashesMax) {
            return std::nullopt;
        }
        hashes.push_back(Digest::from(*hash));
    }
}

}  // namespace

std::string write_tlog_proof(const TlogProof& proof) {
    std::string file(kFirstLine);
    if (proof.extra) file.append(kExtra).append(base64(*proof.extra)).append("\n");
    file.append(kIndex).append(std::to_string(proof.index)).append("\n");
    for (const Digest& hash : proof.hashes) file.append(base64(hash.bytes)).append("\n");
    file.append("\n").append(proof.checkpoint);
    return file;
}

std::optional<TlogProof> parse_tlog_proof(std::string_view file) {
    if (file.size() > kTlogProofSizeMax || !take(file, kFirstLine)) return std::nullopt;
    TlogProof proof;
    if (take(file, kExtra)) {
        const auto line = take_line(file);
        auto extra = line ? from_base64(*line) : std::nullopt;
        if (!extra || extra->size() > kTlogProofExtraMax) return std::nullopt;
        proof.extra = std::move(*extra);
    }
    if (!take(file, kIndex)) return std::nullopt;
    const auto line = take_line(file);
    const auto index = line ? from_decimal(*line) : std::nullopt;
    auto hashes = index ? take_hashes(file) : std::nullopt;
    if (!hashes || !peek_checkpoint(file)) return std::nullopt;
    proof.index = *index;
    proof.hashes = std::move(*hashes);
    proof.checkpoint = file;
    return proof;
}

ProofCheck verify_tlog_proof(std::string_view file, const Digest& leaf,
                             std::span<const NoteKey> known) {
    ProofCheck check;
    const auto proof = parse_tlog_proof(file);
    if (!proof) return check;

    check.index = proof->index;
    auto checkpoint = open_checkpoint(proof->checkpoint, known);
    if (!checkpoint) {
        check.verdict = ProofVerdict::not_signed;
        return check;
    }
    const bool included =
        verify_inclusion(leaf, proof->index, checkpoint->size, proof->hashes, checkpoint->root);
    check.verdict = included ? ProofVerdict::included : ProofVerdict::not_included;
    check.checkpoint = std::move(*checkpoint);
    return check;
}

}  // namespace custos::crypto
