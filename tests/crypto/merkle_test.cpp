// SPDX-License-Identifier: GPL-3.0-or-later
// Every tree up to kTrees leaves: every leaf proved in it, every pair of trees proved to continue,
// and every hash of every proof flipped.
#include "crypto/merkle.h"

#include <cstdio>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::crypto {
namespace {

constexpr std::uint64_t kTrees = 100;

std::vector<Digest> some_leaves(std::uint64_t count) {
    std::vector<Digest> leaves;
    for (std::uint64_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash(bytes_of(std::to_string(i))));
    return leaves;
}

// The definition of RFC 9162 section 2.1.1, word for word.
Digest defined_root(std::span<const Digest> leaves) {
    if (leaves.empty()) return sha256({});
    if (leaves.size() == 1) return leaves.front();
    std::size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    return node_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

Digest changed(Digest digest) {
    digest.bytes[17] ^= 0x40;
    return digest;
}

// Whether `verifies` refuses `proof` with each of its hashes changed, removed and doubled.
template <class Verifies>
bool refuses_damaged(const std::vector<Digest>& proof, Verifies verifies) {
    bool refused = true;
    for (std::size_t i = 0; i < proof.size(); ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        auto damaged = proof;
        damaged[i] = changed(damaged[i]);
        refused = refused && !verifies(damaged);
        damaged = proof;
        damaged.erase(damaged.begin() + at);
        refused = refused && !verifies(damaged);
        damaged = proof;
        damaged.insert(damaged.begin() + at, proof[i]);
        refused = refused && !verifies(damaged);
    }
    auto longer = proof;
    longer.push_back(empty_root());
    return refused && !verifies(longer);
}

TEST_CASE("leaf_hash and node_hash put 0x00 and 0x01 in front", "[crypto][merkle]") {
    CHECK(hex(leaf_hash({}).bytes) ==
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    Bytes node = {0x01};
    append(node, leaf_hash({}).bytes);
    append(node, empty_root().bytes);
    CHECK(node_hash(leaf_hash({}), empty_root()) == sha256(node));
    CHECK(empty_root() == sha256({}));
}

TEST_CASE("a frontier has the defined root at every size, saved and restored at each",
          "[crypto][merkle]") {
    const auto leaves = some_leaves(kTrees);
    MerkleFrontier tree;
    CHECK(tree.root() == empty_root());
    for (std::uint64_t size = 1; size <= kTrees; ++size) {
        tree = MerkleFrontier(tree.size(), tree.subtrees());
        tree.append(leaves[size - 1]);

        const Digest wanted = defined_root(std::span(leaves).first(size));
        CHECK(tree.size() == size);
        CHECK(tree.root() == wanted);
        CHECK(root_of(std::span(leaves).first(size)) == wanted);
    }
}

TEST_CASE("a frontier is not restored from another number of hashes", "[crypto][merkle]") {
    for (std::uint64_t size = 0; size < 20; ++size) {
        for (std::size_t hashes = 0; hashes < 6; ++hashes) {
            const bool fits = static_cast<std::size_t>(__builtin_popcountll(size)) == hashes;
            if (fits) {
                CHECK_NOTHROW(MerkleFrontier(size, std::vector<Digest>(hashes)));
            } else {
                CHECK_THROWS_AS(MerkleFrontier(size, std::vector<Digest>(hashes)), Error);
            }
        }
    }
}

TEST_CASE("every leaf of every tree is proved, and no damaged proof of one is accepted",
          "[crypto][merkle]") {
    const auto leaves = some_leaves(kTrees);
    int proved = 0;
    int refused = 0;
    int total = 0;
    for (std::uint64_t size = 1; size <= kTrees; ++size) {
        const auto tree = std::span(leaves).first(size);
        const Digest root = root_of(tree);
        for (std::uint64_t index = 0; index < size; ++index, ++total) {
            const auto proof = inclusion_proof(tree, index);
            if (verify_inclusion(leaves[index], index, size, proof, root)) ++proved;
            const bool refuses =
                refuses_damaged(proof,
                                [&](const std::vector<Digest>& damaged) {
                                    return verify_inclusion(leaves[index], index, size, damaged,
                                                            root);
                                }) &&
                !verify_inclusion(changed(leaves[index]), index, size, proof, root) &&
                !verify_inclusion(leaves[index], index, size, proof, changed(root)) &&
                !verify_inclusion(leaves[index], index + size, size, proof, root);
            if (refuses) ++refused;
        }
    }
    std::printf("merkle inclusion: %d of %d proved, damaged ones refused for %d of %d\n", proved,
                total, refused, total);
    CHECK(proved == total);
    CHECK(refused == total);
}

TEST_CASE("a proof holds for its own index and tree size only", "[crypto][merkle]") {
    const auto leaves = some_leaves(33);
    const Digest root = root_of(leaves);
    for (std::uint64_t index = 0; index < leaves.size(); ++index) {
        const auto proof = inclusion_proof(leaves, index);
        for (std::uint64_t other = 0; other < 70; ++other) {
            const bool accepted =
                verify_inclusion(leaves[index], other, leaves.size(), proof, root);
            CHECK(accepted == (other == index));
        }
    }
}

TEST_CASE("every tree is proved to continue every smaller one, and no damaged proof is accepted",
          "[crypto][merkle]") {
    const auto leaves = some_leaves(kTrees);
    std::vector<Digest> roots;
    for (std::uint64_t size = 0; size <= kTrees; ++size) {
        roots.push_back(root_of(std::span(leaves).first(size)));
    }
    int proved = 0;
    int refused = 0;
    int total = 0;
    for (std::uint64_t size = 1; size <= kTrees; ++size) {
        for (std::uint64_t old = 1; old <= size; ++old, ++total) {
            const TreeHead old_head{old, roots[old]};
            const TreeHead head{size, roots[size]};
            const auto proof = consistency_proof(std::span(leaves).first(size), old);
            if (verify_consistency(old_head, head, proof)) ++proved;
            const bool refuses =
                refuses_damaged(proof,
                                [&](const std::vector<Digest>& damaged) {
                                    return verify_consistency(old_head, head, damaged);
                                }) &&
                !verify_consistency({old, changed(roots[old])}, head, proof) &&
                !verify_consistency(old_head, {size, changed(roots[size])}, proof) &&
                (old == size || !verify_consistency(head, old_head, proof));
            if (refuses) ++refused;
        }
    }
    std::printf("merkle consistency: %d of %d proved, damaged ones refused for %d of %d\n", proved,
                total, refused, total);
    CHECK(proved == total);
    CHECK(refused == total);
}

TEST_CASE("verify_consistency takes nothing for a proof from an empty tree", "[crypto][merkle]") {
    const auto leaves = some_leaves(3);
    const TreeHead empty{0, empty_root()};
    CHECK_FALSE(verify_consistency(empty, empty, {}));
    CHECK_FALSE(verify_consistency(empty, {3, root_of(leaves)}, {}));
    CHECK_FALSE(verify_consistency(empty, {3, root_of(leaves)}, leaves));
}

TEST_CASE("a consistency proof that stops below the new root is refused", "[crypto][merkle]") {
    const auto leaves = some_leaves(4);
    const auto proof = consistency_proof(leaves, 2);
    const TreeHead old_head{2, root_of(std::span(leaves).first(2))};
    REQUIRE(verify_consistency(old_head, {4, root_of(leaves)}, proof));
    CHECK_FALSE(verify_consistency(old_head, {5, root_of(leaves)}, proof));
    CHECK_FALSE(verify_consistency(old_head, {8, root_of(leaves)}, proof));
    CHECK_FALSE(verify_consistency(old_head, {3, root_of(leaves)}, {}));
}

TEST_CASE("proofs out of range are refused with Error usage", "[crypto][merkle]") {
    const auto leaves = some_leaves(3);
    CHECK_THROWS_AS(inclusion_proof(leaves, 3), Error);
    CHECK_THROWS_AS(inclusion_proof({}, 0), Error);
    CHECK_THROWS_AS(consistency_proof(leaves, 0), Error);
    CHECK_THROWS_AS(consistency_proof(leaves, 4), Error);
}

TEST_CASE("verifying looks at no more hashes than a tree can have", "[crypto][merkle]") {
    const std::vector<Digest> endless(kProofHashesMax + 1);
    CHECK_FALSE(verify_inclusion(Digest{}, 5, UINT64_MAX, endless, Digest{}));
    CHECK_FALSE(verify_consistency({5, {}}, {UINT64_MAX, {}}, endless));
    CHECK_FALSE(verify_inclusion(Digest{}, UINT64_MAX, 0, {}, Digest{}));
}

}  // namespace
}  // namespace custos::crypto
