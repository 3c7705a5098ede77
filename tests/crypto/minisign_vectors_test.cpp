// SPDX-License-Identifier: GPL-3.0-or-later
// The keys and signatures in aead/minisign, made by minisign itself.
#include <catch2/catch_test_macros.hpp>

#include "crypto/minisign.h"
#include "tests/crypto/vectors.h"

namespace custos::crypto::minisign {
namespace {

TEST_CASE("the signatures of aead/minisign are read as minisign reads them", "[vectors]") {
    const std::string folder = test::vectors_or_skip("minisign-aead");
    const std::string data = folder + "/internal/testdata/";
    const PublicKey key = read_public_key(test::read_text(data + "minisign.pub"));
    const PublicKey other = read_public_key(test::read_text(folder + "/minisign.pub"));
    const std::string message = test::read_text(data + "message.txt");
    const std::string signature = test::read_text(data + "message.txt.minisig");
    const std::string robtest = test::read_text(data + "robtest.ps1.minisig");

    test::Tally tally("minisign vectors");
    const auto expect = [&tally](const char* what, bool good) {
        tally.add(test::passed_if(good), what);
    };
    expect("key ids", key_id_text(key.id) == "C373193807678450" &&
                          key_id_text(other.id) == "D7E531EE76B2FC6F");
    const Verification verified = verify_legacy(key, signature, bytes_of(message));
    expect("message", verified.verdict == Verdict::authentic &&
                          verified.trusted_comment == "timestamp:1614549543\tfile:message.txt");
    expect("changed message",
           verify_legacy(key, signature, bytes_of(message + " ")).verdict == Verdict::altered);
    expect("old form", verify(key, signature, {}).verdict == Verdict::malformed);
    expect("other key",
           verify_legacy(other, signature, bytes_of(message)).verdict == Verdict::wrong_key);
    const auto claimed = claimed_key_id(robtest);
    expect("another's signature", claimed && key_id_text(*claimed) == "E9D0E93D482F9737");
    tally.finish(6);
}

}  // namespace
}  // namespace custos::crypto::minisign
