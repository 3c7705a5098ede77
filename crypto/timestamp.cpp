// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/timestamp.h"

#include <algorithm>
#include <array>
#include <climits>
#include <memory>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>

#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::crypto {
namespace {

template <class T, void (*Free)(T*)>
struct Freed {
    void operator()(T* it) const { Free(it); }
};
template <class T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, Free>>;

using Query = Owned<TS_REQ, TS_REQ_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using Integer = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using Reply = Owned<TS_RESP, TS_RESP_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Context = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Certificate = Owned<X509, X509_free>;
using Time = Owned<ASN1_TIME, ASN1_TIME_free>;
using Memory = Owned<BIO, BIO_free_all>;

void require(bool good) {
    if (!good) throw Error{ErrorCode::failed, "cannot make a time stamp query"};
}

// Whole or nothing: bytes behind it are no part of it.
Query read_query(ByteView bytes) {
    if (bytes.size() > kTimestampQueryMax) return nullptr;
    const unsigned char* at = bytes.data();
    Query query(d2i_TS_REQ(nullptr, &at, static_cast<long>(bytes.size())));
    if (query && at != bytes.data() + bytes.size()) query.reset();
    return query;
}

Reply read_reply(ByteView bytes) {
    if (bytes.size() > kTimestampReplyMax) return nullptr;
    const unsigned char* at = bytes.data();
    Reply reply(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
    if (reply && at != bytes.data() + bytes.size()) reply.reset();
    return reply;
}

Store read_certificates(ByteView pem) {
    if (pem.size() > kCertificatesMax) return nullptr;
    const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Store store(X509_STORE_new());
    if (!memory || !store) return nullptr;
    int read = 0;
    while (true) {
        const Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
        if (!certificate) break;
        if (X509_STORE_add_cert(store.get(), certificate.get()) != 1) return nullptr;
        ++read;
    }
    ERR_clear_error();  // the end of the file is one
    if (read == 0) store.reset();
    return store;
}

std::optional<std::int64_t> time_of(TS_TST_INFO* info) {
    const Time beginning(ASN1_TIME_set(nullptr, 0));
    int days = 0;
    int seconds = 0;
    if (!beginning ||
        ASN1_TIME_diff(&days, &seconds, beginning.get(), TS_TST_INFO_get_time(info)) != 1) {
        return std::nullopt;
    }
    return std::int64_t{86'400} * days + seconds;
}

std::string authority_of(TS_TST_INFO* info) {
    const GENERAL_NAME* name = TS_TST_INFO_get_tsa(info);
    if (name == nullptr || name->type != GEN_DIRNAME) return {};
    std::array<char, 512> text{};
    X509_NAME_oneline(name->d.directoryName, text.data(), static_cast<int>(text.size()));
    return text.data();
}

// Signed by a certificate that leads to a trusted one at that time, and the answer to this query.
bool is_answer(TS_REQ* query, TS_RESP* reply, Store store, std::int64_t seconds) {
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), seconds);
    const Context context(TS_REQ_to_TS_VERIFY_CTX(query, nullptr));
    if (!context) return false;
    TS_VERIFY_CTX_set_store(context.get(), store.release());  // the context frees it
    TS_VERIFY_CTX_add_flags(context.get(), TS_VFY_SIGNATURE);
    return TS_RESP_verify_response(context.get(), reply) == 1;
}

}  // namespace

Bytes make_timestamp_query(const Digest& digest) {
    const Query query(TS_REQ_new());
    const Imprint imprint(TS_MSG_IMPRINT_new());
    const Algorithm algorithm(X509_ALGOR_new());
    const Integer nonce(ASN1_INTEGER_new());
    require(query && imprint && algorithm && nonce);
    require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
    Bytes value = to_bytes(digest.view());
    require(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
            TS_MSG_IMPRINT_set_msg(imprint.get(), value.data(), static_cast<int>(value.size())) ==
                1);
    std::uint64_t random = 0;
    std::array<std::uint8_t, sizeof random> bytes = random_array<sizeof random>();
    std::memcpy(&random, bytes.data(), sizeof random);
    require(ASN1_INTEGER_set_uint64(nonce.get(), random | (std::uint64_t{1} << 62U)) == 1);
    require(TS_REQ_set_version(query.get(), 1) == 1 &&
            TS_REQ_set_msg_imprint(query.get(), imprint.get()) == 1 &&
            TS_REQ_set_nonce(query.get(), nonce.get()) == 1 &&
            TS_REQ_set_cert_req(query.get(), 1) == 1);
    unsigned char* out = nullptr;
    const int size = i2d_TS_REQ(query.get(), &out);
    require(size > 0);
    Bytes der(out, out + size);
    OPENSSL_free(out);
    return der;
}

std::optional<Digest> timestamp_query_digest(ByteView bytes) {
    const Query query = read_query(bytes);
    ERR_clear_error();
    if (!query) return std::nullopt;
    TS_MSG_IMPRINT* imprint = TS_REQ_get_msg_imprint(query.get());
    const ASN1_OBJECT* algorithm = nullptr;
    X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
    const ASN1_OCTET_STRING* value = TS_MSG_IMPRINT_get_msg(imprint);
    if (OBJ_obj2nid(algorithm) != NID_sha256 ||
        ASN1_STRING_length(value) != static_cast<int>(Digest::kSize)) {
        return std::nullopt;
    }
    return Digest::from({ASN1_STRING_get0_data(value), Digest::kSize});
}

std::optional<Timestamp> check_timestamp(ByteView query_der, ByteView reply_der,
                                         ByteView trusted_pem, std::string& why) {
    const Query query = read_query(query_der);
    const Reply reply = read_reply(reply_der);
    Store store = read_certificates(trusted_pem);
    std::optional<Timestamp> out;
    if (!query || !timestamp_query_digest(query_der)) {
        why = "the query is none of ours";
    } else if (TS_REQ_get_nonce(query.get()) == nullptr) {
        why = "the query has no nonce";
    } else if (!reply) {
        why = "the reply is none";
    } else if (TS_RESP_get_tst_info(reply.get()) == nullptr) {
        why = "the authority refused to stamp it";
    } else if (!store) {
        why = "there is no certificate to trust in that file";
    } else {
        TS_TST_INFO* info = TS_RESP_get_tst_info(reply.get());
        const auto seconds = time_of(info);
        if (seconds && is_answer(query.get(), reply.get(), std::move(store), *seconds)) {
            out = Timestamp{*seconds, authority_of(info)};
        } else {
            why =
                "it is not the answer to this query, or not signed by an authority that the "
                "certificates lead to";
        }
    }
    ERR_clear_error();
    return out;
}

}  // namespace custos::crypto
