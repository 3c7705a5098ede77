// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tlog_proof.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "tests/crypto/damage.h"

namespace custos::crypto {
namespace {

const std::string kOrigin = "custos/000102030405060708090a0b0c0d0e0f";

SigningSeed seed() { return SigningSeed(Bytes(32, 1)); }
std::vector<NoteKey> known() { return {{kOrigin, verify_key_of(seed())}}; }

std::vector<Digest> leaves_of(std::uint64_t count) {
    std::vector<Digest> leaves;
    for (std::uint64_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash(bytes_of(std::to_string(i))));
    return leaves;
}

TlogProof proof_of(std::uint64_t index, std::uint64_t size) {
    const auto leaves = leaves_of(size);
    return {std::nullopt, index, inclusion_proof(leaves, index),
            sign_checkpoint({kOrigin, size, root_of(leaves)}, seed())};
}

TEST_CASE("a proof file is written as the specification shows it", "[crypto][tlog_proof]") {
    TlogProof proof = proof_of(2, 3);
    proof.extra = to_bytes(bytes_of("more"));
    const std::string file = write_tlog_proof(proof);

    CHECK(file == "c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 2\n" +
                      base64(proof.hashes[0].bytes) + "\n\n" + proof.checkpoint);
    const auto read = parse_tlog_proof(file);
    REQUIRE(read);
    CHECK(read->extra == proof.extra);
    CHECK(read->index == 2);
    CHECK(read->hashes == proof.hashes);
    CHECK(read->checkpoint == proof.checkpoint);
}

TEST_CASE("every entry of every small log is proved by its file", "[crypto][tlog_proof]") {
    for (std::uint64_t size = 1; size <= 20; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const std::string file = write_tlog_proof(proof_of(index, size));
            const Digest leaf = leaf_hash(bytes_of(std::to_string(index)));
            const ProofCheck check = verify_tlog_proof(file, leaf, known());
            CHECK(check.verdict == ProofVerdict::included);
            CHECK(check.index == index);
            CHECK(check.checkpoint.size == size);
            CHECK(verify_tlog_proof(file, leaf_hash(bytes_of("other")), known()).verdict ==
                  ProofVerdict::not_included);
        }
    }
}

TEST_CASE("no changed bit of a proof file is accepted", "[crypto][tlog_proof]") {
    const std::string file = write_tlog_proof(proof_of(5, 11));
    const Digest leaf = leaf_hash(bytes_of("5"));
    const auto keys = known();

    REQUIRE(verify_tlog_proof(file, leaf, keys).verdict == ProofVerdict::included);
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        CHECK(verify_tlog_proof(test::flipped(file, bit), leaf, keys).verdict !=
              ProofVerdict::included);
    }
    for (std::size_t size = 0; size < file.size(); ++size) {
        CHECK(verify_tlog_proof(std::string_view(file).substr(0, size), leaf, keys).verdict ==
              ProofVerdict::malformed);
    }
}

TEST_CASE("a proof whose checkpoint is not the log's is told apart", "[crypto][tlog_proof]") {
    const std::string file = write_tlog_proof(proof_of(5, 11));
    const Digest leaf = leaf_hash(bytes_of("5"));
    const ProofCheck check = verify_tlog_proof(file, leaf, {});
    CHECK(check.verdict == ProofVerdict::not_signed);
    CHECK(check.checkpoint.origin.empty());

    TlogProof other = proof_of(5, 11);
    other.checkpoint = sign_checkpoint({kOrigin, 11, Digest{}}, seed());
    CHECK(verify_tlog_proof(write_tlog_proof(other), leaf, known()).verdict ==
          ProofVerdict::not_included);
}

TEST_CASE("extra data is carried but proves nothing", "[crypto][tlog_proof]") {
    TlogProof proof = proof_of(0, 1);
    const Digest leaf = leaf_hash(bytes_of("0"));
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kTlogProofExtraMax}) {
        proof.extra = Bytes(size, 'x');
        const std::string file = write_tlog_proof(proof);
        CHECK(parse_tlog_proof(file)->extra == proof.extra);
        CHECK(verify_tlog_proof(file, leaf, known()).verdict == ProofVerdict::included);
    }
    proof.extra = Bytes(kTlogProofExtraMax + 1, 'x');
    CHECK_FALSE(parse_tlog_proof(write_tlog_proof(proof)));
}

TEST_CASE("a proof has at most 64 hashes and a file has a limit", "[crypto][tlog_proof]") {
    TlogProof proof = proof_of(0, 1);
    proof.hashes.assign(kProofHashesMax, Digest{});
    CHECK(parse_tlog_proof(write_tlog_proof(proof)));
    proof.hashes.emplace_back();
    CHECK_FALSE(parse_tlog_proof(write_tlog_proof(proof)));

    std::string file = write_tlog_proof(proof_of(0, 1));
    file.append(kTlogProofSizeMax, 'x');
    CHECK_FALSE(parse_tlog_proof(file));
}

TEST_CASE("parse_tlog_proof refuses every other form", "[crypto][tlog_proof]") {
    const std::string note = proof_of(0, 1).checkpoint;
    const std::string first = "c2sp.org/tlog-proof@v1\n";
    const std::string hash = base64(Digest{}.bytes) + "\n";
    CHECK(parse_tlog_proof(first + "index 0\n\n" + note));
    for (const std::string& file :
         {std::string(), first, "c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, first + "\n" + note,
          first + "index 00\n\n" + note, first + "index -1\n\n" + note, first + "index \n\n" + note,
          first + "index 0\n" + note, first + "index 0\n" + hash + note,
          first + "index 0\n \n" + note, first + "index 0\nAAAA\n\n" + note,
          first + "index 0\r\n\r\n" + note, first + "index 0\n\n",
          first + "index 0\n\nnot a note\n", first + "index 0\n\n\n" + note,
          first + "extra %\nindex 0\n\n" + note, first + "extra bW9yZQ\nindex 0\n\n" + note,
          first + "index 0\nextra bW9yZQ==\n\n" + note,
          first + "extra AAAA\nextra AAAA\nindex 0\n\n" + note}) {
        INFO(file);
        CHECK_FALSE(parse_tlog_proof(file));
    }
}

}  // namespace
}  // namespace custos::crypto
