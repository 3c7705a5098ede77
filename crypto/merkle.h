// SPDX-License-Identifier: GPL-3.0-or-later
// Merkle trees over a log (RFC 9162 section 2.1, the same as RFC 6962): roots, and proofs that a
// leaf is in a tree and that one tree continues another. SHA-256; leaves and nodes are hashed
// apart (0x00 and 0x01 in front), so neither can pass for the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/hash.h"

namespace custos::crypto {

// A tree of 2^63 leaves has 63 hashes in a proof; a verifier never looks at more.
inline constexpr std::size_t kProofHashesMax = 64;

[[nodiscard]] Digest leaf_hash(ByteView entry);
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);
// SHA-256 of nothing.
[[nodiscard]] Digest empty_root();

// A tree that only grows, in logarithmic memory: the roots of its perfect subtrees, the largest
// (leftmost) first. As many as `size` has one bits.
class MerkleFrontier {
public:
    MerkleFrontier() = default;
    // As it was saved: size() and subtrees(). Throws Error{integrity} if their numbers disagree.
    MerkleFrontier(std::uint64_t size, std::vector<Digest> subtrees);

    void append(const Digest& leaf);  // a leaf_hash()
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] Digest root() const;
    [[nodiscard]] const std::vector<Digest>& subtrees() const noexcept { return subtrees_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> subtrees_;
};

// Everything below takes leaf hashes, in order, not entries.
[[nodiscard]] Digest root_of(std::span<const Digest> leaves);

// The proof that leaf `index` is in the tree of these leaves, the leaf's sibling first.
// `index` must be below leaves.size(), else Error{usage}.
[[nodiscard]] std::vector<Digest> inclusion_proof(std::span<const Digest> leaves,
                                                  std::uint64_t index);

// The proof that the tree of these leaves continues the tree of the first `old_size` of them.
// 1 <= old_size <= leaves.size(), else Error{usage}; empty for equal sizes.
[[nodiscard]] std::vector<Digest> consistency_proof(std::span<const Digest> leaves,
                                                    std::uint64_t old_size);

// RFC 9162 section 2.1.3.2. False for anything that does not fit, whatever its form.
[[nodiscard]] bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                    std::span<const Digest> proof, const Digest& root);

struct TreeHead {
    std::uint64_t size = 0;
    Digest root;
    bool operator==(const TreeHead&) const = default;
};

// RFC 9162 section 2.1.4.2, with two rules of the transparency logs in use: an empty old tree
// proves nothing (false), and equal sizes need equal roots and an empty proof.
[[nodiscard]] bool verify_consistency(const TreeHead& old_head, const TreeHead& new_head,
                                      std::span<const Digest> proof);

}  // namespace custos::crypto
