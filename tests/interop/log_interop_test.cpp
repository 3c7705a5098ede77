// SPDX-License-Identifier: GPL-3.0-or-later
// Notes, checkpoints and proof files against an implementation of their specifications in Node, by
// node:crypto alone (log_peer.mjs): there is no packaged program for them.
#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/tlog_proof.h"
#include "tests/interop/program.h"

namespace custos::crypto {
namespace {

using test::program_or_skip;
using test::run;
using test::ScratchFolder;

const std::string kPeer = CUSTOS_INTEROP_DIR "/log_peer.mjs";
const std::string kOrigin = "custos/000102030405060708090a0b0c0d0e0f";

SigningSeed seed() { return SigningSeed(Bytes(32, 3)); }
NoteKey key() { return {kOrigin, verify_key_of(seed())}; }

TEST_CASE("a peer opens our notes and checkpoints, and refuses changed ones", "[interop][note]") {
    program_or_skip("node");
    const ScratchFolder scratch;
    const Checkpoint checkpoint = {kOrigin, 42, leaf_hash({})};
    const std::string note = sign_checkpoint(checkpoint, seed());
    scratch.write("note", note);
    const std::vector<std::string> open = {"node", kPeer, "open", write_vkey(key()), "note"};

    CHECK(run(scratch, open).out == checkpoint_text(checkpoint));
    std::string changed = note;
    changed[changed.find("42")] = '5';
    scratch.write("note", changed);
    CHECK_FALSE(run(scratch, open).succeeded());
}

TEST_CASE("we open what a peer signs", "[interop][note]") {
    program_or_skip("node");
    const ScratchFolder scratch;
    const Checkpoint checkpoint = {"example.org/peer", 7, leaf_hash({})};
    scratch.write("text", checkpoint_text(checkpoint));
    const auto answer =
        run(scratch, {"node", kPeer, "sign", checkpoint.origin, hex(Bytes(32, 0x42)), "text"});
    REQUIRE(answer.succeeded());
    const std::size_t end = answer.out.find('\n');
    const NoteKey theirs = read_vkey(answer.out.substr(0, end));
    std::string note = answer.out.substr(end + 1);

    CHECK(theirs.key == verify_key_of(SigningSeed(Bytes(32, 0x42))));
    CHECK(open_checkpoint(note, {{theirs}}) == checkpoint);
    note[note.find("7\n")] = '8';
    CHECK_FALSE(open_checkpoint(note, {{theirs}}));
}

TEST_CASE("a peer accepts our proof files for their entry and no other", "[interop][tlog_proof]") {
    program_or_skip("node");
    const ScratchFolder scratch;
    scratch.write("other", "entry 99");
    int accepted = 0;
    int refused = 0;
    int total = 0;
    for (const std::uint64_t size : {1U, 2U, 7U, 13U}) {
        std::vector<Digest> leaves;
        for (std::uint64_t i = 0; i < size; ++i) {
            leaves.push_back(leaf_hash(bytes_of("entry " + std::to_string(i))));
        }
        const std::string checkpoint = sign_checkpoint({kOrigin, size, root_of(leaves)}, seed());
        for (std::uint64_t index = 0; index < size; index += 3, ++total) {
            TlogProof proof{std::nullopt, index, inclusion_proof(leaves, index), checkpoint};
            if (index % 2 == 0) proof.extra = Bytes{1, 2, 3};
            scratch.write("proof", write_tlog_proof(proof));
            scratch.write("entry", "entry " + std::to_string(index));
            const auto ask = [&](const char* entry) {
                return run(scratch, {"node", kPeer, "prove", write_vkey(key()), "proof", entry});
            };
            if (ask("entry").out == "included\n") ++accepted;
            if (!ask("other").succeeded()) ++refused;
        }
    }
    CHECK(accepted == total);
    CHECK(refused == total);
}

}  // namespace
}  // namespace custos::crypto
