// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps with `openssl ts` as the authority, with certificates made here.
#include <catch2/catch_test_macros.hpp>

#include "crypto/timestamp.h"
#include "tests/interop/program.h"

namespace custos::crypto {
namespace {

using test::program_or_skip;
using test::run;
using test::ScratchFolder;

constexpr std::string_view kConfiguration = R"([req]
distinguished_name = name
[name]
[authority]
extendedKeyUsage = critical,timeStamping
basicConstraints = critical,CA:true
[tsa]
default_tsa = here
[here]
serial = ./serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
tsa_name = yes
ess_cert_id_alg = sha256
)";

void make_authority(const ScratchFolder& scratch, const std::string& name) {
    scratch.write("tsa.cnf", kConfiguration);
    scratch.write("serial", "01\n");
    const auto made = run(scratch, {"openssl",
                                    "req",
                                    "-x509",
                                    "-newkey",
                                    "ec",
                                    "-pkeyopt",
                                    "ec_paramgen_curve:P-256",
                                    "-nodes",
                                    "-keyout",
                                    name + ".key",
                                    "-out",
                                    name + ".pem",
                                    "-days",
                                    "2",
                                    "-subj",
                                    "/CN=" + name,
                                    "-config",
                                    "tsa.cnf",
                                    "-extensions",
                                    "authority"});
    INFO(made.out);
    REQUIRE(made.succeeded());
}

Bytes stamped(const ScratchFolder& scratch, ByteView query, const std::string& authority) {
    scratch.write("query", text_of(query));
    const auto answered = run(
        scratch, {"openssl", "ts", "-reply", "-queryfile", "query", "-signer", authority + ".pem",
                  "-inkey", authority + ".key", "-config", "tsa.cnf", "-out", "reply"});
    INFO(answered.out);
    REQUIRE(answered.succeeded());
    return to_bytes(bytes_of(scratch.read("reply")));
}

}  // namespace

TEST_CASE("a peer's time stamp is accepted for its query, and for nothing else",
          "[interop][timestamp]") {
    program_or_skip("openssl");
    const ScratchFolder scratch;
    make_authority(scratch, "authority");
    make_authority(scratch, "stranger");
    const Digest digest = sha256(bytes_of("checkpoint"));
    const Bytes query = make_timestamp_query(digest);
    const Bytes reply = stamped(scratch, query, "authority");
    const std::string pem = scratch.read("authority.pem");
    const std::string stranger = scratch.read("stranger.pem");
    std::string why;
    const auto stamp = check_timestamp(query, reply, bytes_of(pem), why);
    REQUIRE(stamp);
    CHECK(stamp->seconds > 1'577'404'800);
    CHECK(stamp->authority.find("authority") != std::string::npos);
    // The peer agrees that it is a good answer to our query.
    scratch.write("query", text_of(query));
    CHECK(run(scratch, {"openssl", "ts", "-verify", "-queryfile", "query", "-in", "reply",
                        "-CAfile", "authority.pem"})
              .succeeded());

    CHECK_FALSE(check_timestamp(query, reply, bytes_of(stranger), why));
    CHECK_FALSE(check_timestamp(make_timestamp_query(digest), reply, bytes_of(pem), why));
    CHECK_FALSE(check_timestamp(make_timestamp_query(sha256({})), reply, bytes_of(pem), why));
    CHECK_FALSE(check_timestamp(query, stamped(scratch, query, "stranger"), bytes_of(pem), why));
    std::size_t noticed = 0;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        Bytes changed = reply;
        changed[i] ^= 1;
        const auto checked = check_timestamp(query, changed, bytes_of(pem), why);
        // Not all of a reply is signed (a certificate that is only carried along); what it says is.
        if (!checked) ++noticed;
        if (checked) CHECK(checked->seconds == stamp->seconds);
    }
    CHECK(noticed > reply.size() / 2);
}

}  // namespace custos::crypto
