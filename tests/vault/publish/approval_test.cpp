// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/approval.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/note.h"
#include "crypto/secret.h"
#include "sample.h"
#include "vault/publish/verify.h"

namespace custos::vault::publish {
namespace {

crypto::SigningSeed seed(std::uint8_t fill = 41) {
    start_crypto();
    return crypto::SigningSeed(Bytes(32, fill));
}

Approval sample() {
    return {"KEP 1/2019", crypto::sha256(bytes_of("sums")), "custos.leak-scan/1",
            crypto::sha256(bytes_of("passed"))};
}

}  // namespace

TEST_CASE("an approval is read back by the key that signed it, and by no other",
          "[publish][approval]") {
    const std::string note = sign_approval(sample(), seed());
    CHECK(open_approval(note, crypto::verify_key_of(seed())) == sample());
    CHECK_FALSE(open_approval(note, crypto::verify_key_of(seed(42))));
    const auto key = crypto::verify_key_of(seed());
    CHECK(read_approver(approver_text(key)) == key);
    CHECK_FALSE(read_approver(crypto::write_vkey({"someone-else", key})));
    CHECK_FALSE(read_approver("no key"));
}

TEST_CASE("every changed byte of an approval is noticed", "[publish][approval]") {
    const std::string note = sign_approval(sample(), seed());
    const auto key = crypto::verify_key_of(seed());
    for (std::size_t i = 0; i < note.size(); ++i) {
        std::string changed = note;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        CAPTURE(i);
        CHECK_FALSE(open_approval(changed, key));
    }
    CHECK_FALSE(open_approval(note + " ", key));
    CHECK_FALSE(open_approval(note + std::string(kApprovalSizeMax, '\n'), key));
    // A signed note that says something else.
    const std::string other = "custos.approval/2\nindex KEP 1/2019\n";
    CHECK_FALSE(open_approval(
        crypto::write_note({other, {crypto::sign_text(other, kApproverName, seed())}}), key));
}

TEST_CASE("an approval of other files makes a package altered", "[publish][approval][verify]") {
    const Material material = test::sample_material(test::careful_body());
    const Edition edition = edition_of(material, make_plan(material));
    PackageParts parts;
    parts.approver = approver_text(crypto::verify_key_of(seed()));
    Approval approval = sample();
    approval.index = edition.index;
    approval.sums = sums_digest(make_package(edition, test::sample_key()));
    const auto result = [&] {
        return verify_package(MemoryReader(make_package(edition, test::sample_key(), parts)),
                              crypto::minisign::public_key_of(test::sample_key()));
    };
    parts.approval = sign_approval(approval, seed());
    CHECK(result().result == Result::authentic);
    CHECK(result().approver == crypto::verify_key_of(seed()));

    approval.sums = crypto::sha256({});
    parts.approval = sign_approval(approval, seed());
    CHECK(result().result == Result::altered);
    approval.sums = sums_digest(make_package(edition, test::sample_key()));
    approval.index = "KEP 2";
    parts.approval = sign_approval(approval, seed());
    CHECK(result().result == Result::altered);
    approval.index = edition.index;
    parts.approval = sign_approval(approval, seed(42));  // by another than the manifest says
    CHECK(result().result == Result::altered);
}

}  // namespace custos::vault::publish
