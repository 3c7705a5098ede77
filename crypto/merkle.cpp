// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/merkle.h"

#include <bit>
#include <utility>

#include "crypto/error.h"

namespace custos::crypto {
namespace {

constexpr std::array<std::uint8_t, 1> kLeafPrefix = {0x00};
constexpr std::array<std::uint8_t, 1> kNodePrefix = {0x01};

// The largest power of two below `size`, where RFC 9162 splits a tree of `size` > 1 leaves.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

bool is_odd(std::uint64_t number) { return (number & 1U) != 0; }

// A position on its way up from a leaf: which node of its level, and which is the last one there.
struct Climb {
    std::uint64_t node = 0;
    std::uint64_t last = 0;

    void up() {
        node >>= 1U;
        last >>= 1U;
    }
    // Whether the sibling that the proof gives next stands on the left.
    bool sibling_is_left() const { return is_odd(node) || node == last; }
    // The last node of a level may have no sibling for some levels: it is passed up as it is.
    void skip_levels_without_sibling() {
        while (!is_odd(node) && node != 0) up();
    }
};

// SUBPROOF(old_size, leaves, complete) of RFC 9162 section 2.1.4.1. `complete` says that the old
// tree is the whole of these leaves' left part since the start, so the verifier knows its root.
void add_subproof(std::span<const Digest> leaves, std::uint64_t old_size, bool complete,
                  std::vector<Digest>& proof) {
    if (old_size == leaves.size()) {
        if (!complete) proof.push_back(root_of(leaves));
        return;
    }
    const std::uint64_t split = split_of(leaves.size());
    if (old_size <= split) {
        add_subproof(leaves.first(split), old_size, complete, proof);
        proof.push_back(root_of(leaves.subspan(split)));
    } else {
        add_subproof(leaves.subspan(split), old_size - split, false, proof);
        proof.push_back(root_of(leaves.first(split)));
    }
}

}  // namespace

Digest leaf_hash(ByteView entry) { return Sha256{}.update(kLeafPrefix).update(entry).finish(); }

Digest node_hash(const Digest& left, const Digest& right) {
    return Sha256{}.update(kNodePrefix).update(left.bytes).update(right.bytes).finish();
}

Digest empty_root() { return sha256({}); }

MerkleFrontier::MerkleFrontier(std::uint64_t size, std::vector<Digest> subtrees)
    : size_(size), subtrees_(std::move(subtrees)) {
    if (static_cast<std::size_t>(std::popcount(size_)) != subtrees_.size()) {
        throw Error{ErrorCode::integrity,
                    "cannot continue the Merkle tree: its size and its saved hashes disagree"};
    }
}

void MerkleFrontier::append(const Digest& leaf) {
    Digest subtree = leaf;
    // Every one bit at the end of the size is a perfect subtree that gets its right half now.
    for (std::uint64_t rest = size_; is_odd(rest); rest >>= 1U) {
        subtree = node_hash(subtrees_.back(), subtree);
        subtrees_.pop_back();
    }
    subtrees_.push_back(subtree);
    ++size_;
}

Digest MerkleFrontier::root() const {
    if (subtrees_.empty()) return empty_root();
    Digest root = subtrees_.back();
    for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
        root = node_hash(*left, root);
    }
    return root;
}

Digest root_of(std::span<const Digest> leaves) {
    MerkleFrontier tree;
    for (const Digest& leaf : leaves) tree.append(leaf);
    return tree.root();
}

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
    if (index >= leaves.size()) {
        throw Error{ErrorCode::usage, "cannot prove entry " + std::to_string(index) +
                                          ": the log has " + std::to_string(leaves.size())};
    }
    std::vector<Digest> proof;  // from the root down, then turned round
    while (leaves.size() > 1) {
        const std::uint64_t split = split_of(leaves.size());
        if (index < split) {
            proof.push_back(root_of(leaves.subspan(split)));
            leaves = leaves.first(split);
        } else {
            proof.push_back(root_of(leaves.first(split)));
            leaves = leaves.subspan(split);
            index -= split;
        }
    }
    return {proof.rbegin(), proof.rend()};
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
    if (old_size == 0 || old_size > leaves.size()) {
        throw Error{ErrorCode::usage, "cannot prove that the log continues one of " +
                                          std::to_string(old_size) + " entries: it has " +
                                          std::to_string(leaves.size())};
    }
    std::vector<Digest> proof;
    add_subproof(leaves, old_size, true, proof);
    return proof;
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    Climb climb{index, size - 1};
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (climb.last == 0) return false;
        if (climb.sibling_is_left()) {
            hash = node_hash(sibling, hash);
            climb.skip_levels_without_sibling();
        } else {
            hash = node_hash(hash, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && hash == root;
}

bool verify_consistency(const TreeHead& old_head, const TreeHead& new_head,
                        std::span<const Digest> proof) {
    if (old_head.size == 0 || old_head.size > new_head.size) return false;
    if (old_head.size == new_head.size) return proof.empty() && old_head.root == new_head.root;
    if (proof.empty()) return false;

    Climb climb{old_head.size - 1, new_head.size - 1};
    while (is_odd(climb.node)) climb.up();
    // An old tree that is perfect is a node of the new one, and its root is not repeated.
    Digest start = old_head.root;
    if (!std::has_single_bit(old_head.size)) {
        start = proof.front();
        proof = proof.subspan(1);
    }
    Digest old_hash = start;
    Digest new_hash = start;
    for (const Digest& sibling : proof) {
        if (climb.last == 0) return false;
        if (climb.sibling_is_left()) {
            old_hash = node_hash(sibling, old_hash);
            new_hash = node_hash(sibling, new_hash);
            climb.skip_levels_without_sibling();
        } else {
            new_hash = node_hash(new_hash, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && old_hash == old_head.root && new_hash == new_head.root;
}

}  // namespace custos::crypto
